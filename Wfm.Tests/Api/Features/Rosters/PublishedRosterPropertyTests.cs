using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Persistence;
using Wfm.Tests.Scheduling.Properties;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters;

/// <summary>
/// Over HTTP: policies of two versions, people who change contract and go on leave, rosters published over one another. The auditor reads the store and judges
/// what each roster reports and what is in force.
/// </summary>
public sealed class PublishedRosterPropertyTests
{
    private const int Cases = 10; // each makes and publishes two rosters
    private const int People = 4;

    [Test]
    public async Task Publish_RandomRosters_AreAsTheAuditorSays()
    {
        await using var server = await WfmServer.Start(StoreKind.Sqlite);
        var operation = await SmallOperation.SetUp(server.Client, "prop");
        await operation.AddPeople(People);
        await operation.ImportHistory();
        await operation.Forecast(new { horizonDays = 42 });
        await operation.Requirement();
        await server.Client.Create(
            "contracts", new ContractRequest
            {
                Code = "prop-half",
                Name = "Half time",
                MinimumWeeklyHours = 16,
                MaximumWeeklyHours = 24,
                WorkingDays = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Friday],
            });

        var complaints = new List<string>();
        for (var seed = 1; seed <= Cases; seed++)
        {
            var random = new Random(seed);
            await ChangeLaw(operation, random, seed);
            await ChangePeople(operation, random);
            var start = SmallOperation.CutOffDate.PlusDays(random.Next(10));
            foreach (var first in new[] { start, start.PlusDays(random.Next(1, 10)) })
            {
                complaints.AddRange((await Publish(server, operation, random, first)).Select(c => $"case {seed}, roster from {first:uuuu-MM-dd}: {c}"));
            }
        }

        complaints.Should().BeEmpty(string.Join('\n', complaints));
    }

    private static async Task<IEnumerable<string>> Publish(WfmServer server, SmallOperation operation, Random random, LocalDate start)
    {
        var roster = await operation.Roster(
            new
            {
                start = LocalDatePattern.Iso.Format(start),
                days = random.Next(5, 15),
                maximumMoves = 2_000,
                seed = random.Next(100),
                replan = true,
            });
        var id = (Guid)roster["id"]!;
        using var scope = server.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var stored = await RosterAuditorReader.ReadWithSurroundings(db, id);
        var said = stored.Row.Violations.Select(v => new Reported(v.Agent, v.Rule, v.From ?? start, v.To ?? stored.Audited.End, v.Message)).ToList();
        var findings = RosterComplaints.About(stored.Audited, new HashSet<(string, LocalDate)>(), said);

        var answer = await operation.Client.Post($"/api/v1/rosters/{id}:publish", new { });
        answer.Status.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.Conflict);
        var isBroken = RosterAuditor.Audit(stored.Audited).Count > 0;
        string[] published = answer.Status == HttpStatusCode.OK && isBroken ? ["published although a rule is broken"] : [];
        return
        [
            .. findings, .. published, .. RosterAuditorLayers.Check(await RosterAuditorStore.InForce(db)).Select(f => f.ToString()),
            .. await Shown(db, operation),
        ];
    }

    /// <summary>What an agent is shown against what is in force.</summary>
    private static async Task<IEnumerable<string>> Shown(WfmDbContext db, SmallOperation operation)
    {
        var inForce = await RosterAuditorStore.InForce(db);
        var wrong = new List<string>();
        foreach (var agent in Enumerable.Range(1, People).Select(operation.Agent))
        {
            var shown = (await operation.Client.Get($"/api/v1/agents/{agent}/shifts")).Is(HttpStatusCode.OK).Json.AsArray()
                .Where(s => (string)s!["state"]! != "draft").Select(s => (string)s!["start"]!).Order(StringComparer.Ordinal);
            var due = inForce.Where(s => s.Agent == agent).Select(s => InstantPattern.ExtendedIso.Format(s.Start)).Order(StringComparer.Ordinal);
            if (!shown.SequenceEqual(due)) wrong.Add($"{agent} is shown {string.Join(' ', shown)}, in force are {string.Join(' ', due)}");
        }

        return wrong;
    }

    private static async Task ChangeLaw(SmallOperation operation, Random random, int seed)
    {
        var law = new LabourPolicyRequest { Code = $"prop-law-{seed}", Name = "Random law", ValidFrom = new LocalDate(2020, 1, 1), Rules = Rules(random) };
        await operation.Client.Create("labour-policies", law);
        await operation.Client.Create("labour-policies", law with { ValidFrom = SmallOperation.CutOffDate.PlusDays(random.Next(14)), Rules = Rules(random) });
        await Change(operation.Client, $"/api/v1/hubs/{operation.Hub}", hub => hub["labourPolicy"] = law.Code);
    }

    private static List<LabourRuleData> Rules(Random random) =>
    [
        .. RandomPolicy.Rules(random, SmallOperation.CutOffDate, 14).Where(r => !r.Kind.Contains("xposure", StringComparison.Ordinal))
            .Select(r => new LabourRuleData(r.Kind, new Dictionary<string, double>(r.Parameters), r.Kind, "property", new LocalDate(2026, 1, 1), r.From, r.To)),
    ];

    private static async Task ChangePeople(SmallOperation operation, Random random)
    {
        foreach (var agent in Enumerable.Range(1, People).Select(operation.Agent).Where(_ => random.Next(2) == 0))
        {
            var from = SmallOperation.CutOffDate.PlusDays(random.Next(14));
            await Change(
                operation.Client, $"/api/v1/agents/{agent}",
                person =>
                {
                    person["contracts"] =
                        random.Next(2) == 0
                            ? new JsonArray(new JsonObject { ["contract"] = "prop-half", ["from"] = LocalDatePattern.Iso.Format(from) })
                            : new JsonArray();
                    person["employedFrom"] = random.Next(3) == 0 ? LocalDatePattern.Iso.Format(SmallOperation.CutOffDate.PlusDays(random.Next(7))) : null;
                });
            var answer = await operation.Client.Post($"/api/v1/agents/{agent}/time-off", new
            {
                kind = random.Next(2) == 0 ? "annual" : "unpaid",
                localStart = LocalDateTimePattern.ExtendedIso.Format(from.AtMidnight()),
                localEnd = LocalDateTimePattern.ExtendedIso.Format(from.PlusDays(random.Next(1, 4)).AtMidnight()),
            });
            // It may overlap leave that is there.
            answer.Status.Should().BeOneOf(HttpStatusCode.Created, HttpStatusCode.BadRequest, HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity);
        }
    }

    private static async Task Change(HttpClient client, string path, Action<JsonNode> change)
    {
        var found = (await client.Get(path)).Is(HttpStatusCode.OK);
        var body = found.Json;
        change(body);
        foreach (var name in new[] { "etag", "version", "updatedAt" })
        {
            body.AsObject().Remove(name);
        }

        (await client.Put(path, body.ToJsonString(), found.ETag)).Is(HttpStatusCode.OK);
    }
}
