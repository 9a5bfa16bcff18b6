using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Persistence;
using Wfm.Tests.Scheduling.Properties;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters;

/// <summary>
/// Over HTTP: policies of two versions, people who change contract, go on leave and move between two hubs half a day apart, rosters of both published over one
/// another. The auditor reads the store and judges what each roster reports, what publishing refuses and what is in force.
/// </summary>
public sealed class PublishedRosterPropertyTests
{
    private const int Cases = 4; // each makes and publishes three rosters
    private const int People = 3; // of each hub at first

    private static readonly DateTimeZone Auckland = DateTimeZoneProviders.Tzdb["Pacific/Auckland"];

    [Test]
    public async Task Publish_RandomRostersOfTwoHubs_AreAsTheAuditorSays()
    {
        await using var server = await WfmServer.Start(StoreKind.Sqlite);
        SmallOperation[] hubs = [await SetUp(server.Client, "near", SmallOperation.Zone), await SetUp(server.Client, "far", Auckland)];
        await server.Client.Create(
            "contracts", new ContractRequest
            {
                Code = "half",
                Name = "Half time",
                MinimumWeeklyHours = 16,
                MaximumWeeklyHours = 24,
                WorkingDays = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Friday],
            });

        var complaints = new List<string>();
        for (var seed = 1; seed <= Cases; seed++)
        {
            complaints.AddRange((await Run(server, hubs, seed)).Select(c => $"case {seed}, {c}"));
        }

        complaints.Should().BeEmpty(string.Join('\n', complaints));
    }

    private static async Task<SmallOperation> SetUp(HttpClient client, string hub, DateTimeZone zone)
    {
        var operation = await SmallOperation.SetUp(client, hub, zone: zone);
        await operation.AddPeople(People);
        await operation.Import(operation.Volumes(operation.Chat, 6, 11, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await operation.Forecast(new { horizonDays = 42 });
        await operation.Requirement(new { paths = 20 });
        return operation;
    }

    private static async Task<List<string>> Run(WfmServer server, SmallOperation[] hubs, int seed)
    {
        var random = new Random(seed);
        await ChangeLaw(hubs[0], random, seed);
        await ChangeLaw(hubs[1], random, seed);
        await ChangePeople(hubs, random);
        var (complaints, waiting) = (new List<string>(), new List<(SmallOperation Operation, Guid Roster)>());
        var start = SmallOperation.CutOffDate.PlusDays(random.Next(10));
        for (var i = 0; i < 3; i++)
        {
            await Move(hubs, random);
            var operation = hubs[random.Next(2)];
            var roster = await Make(operation, random, start);
            if (waiting.Count == 0) complaints.AddRange(await AboutReport(server, operation, roster)); // a draft that waits counts for it, and is not in force
            waiting.Add((operation, roster));
            if (random.Next(3) > 0 || i == 2) // else it is published over one that was made without knowing of it
            {
                foreach (var (at, draft) in waiting.AsEnumerable().Reverse()) complaints.AddRange(await Publish(server, at, draft));
                complaints.AddRange(await AboutInForce(server, hubs));
                await ForgetDrafts(server);
                waiting.Clear();
            }

            start = start.PlusDays(random.Next(-3, 8));
        }

        return complaints;
    }

    /// <summary>A draft that was refused counts for those made after it where nothing else is known, as one that waits does.</summary>
    private static async Task ForgetDrafts(WfmServer server)
    {
        using var scope = server.Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<WfmDbContext>().Rosters.Where(r => r.State == PublicationState.Draft).ExecuteDeleteAsync();
    }

    private static async Task<Guid> Make(SmallOperation operation, Random random, LocalDate start) => (Guid)(await operation.Roster(
        new
        {
            start = LocalDatePattern.Iso.Format(start),
            days = random.Next(5, 15),
            maximumMoves = 2_000,
            seed = random.Next(100),
            replan = true,
        }))["id"]!;

    private static async Task<IEnumerable<string>> AboutReport(WfmServer server, SmallOperation operation, Guid id)
    {
        using var scope = server.Services.CreateScope();
        var stored = await RosterAuditorReader.ReadWithSurroundings(scope.ServiceProvider.GetRequiredService<WfmDbContext>(), id);
        return RosterComplaints.About(stored.Audited, new HashSet<(string, LocalDate)>(), Said(stored)).Select(c => $"{operation.Hub} {stored.Row.Start}: {c}");
    }

    private static List<Reported> Said(StoredRoster stored) =>
        stored.Row.Violations.ConvertAll(v => new Reported(v.Agent, v.Rule, v.From ?? stored.Row.Start, v.To ?? stored.Audited.End, v.Message));

    /// <summary>Publishes a roster, which is refused when it would break a rule that nobody has been told of and that is not broken already, and only
    /// then.</summary>
    private static async Task<IEnumerable<string>> Publish(WfmServer server, SmallOperation operation, Guid id)
    {
        using var scope = server.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var stored = await RosterAuditorReader.ReadWithSurroundings(db, id);
        var before = RosterAuditor.AuditWidely(stored.Audited with { Shifts = await RosterAuditorStore.Replaced(db, id) });
        var broken = RosterAuditor.AuditWidely(stored.Audited);
        var answer = await operation.Client.Post($"/api/v1/rosters/{id}:publish", new { });
        var what = $"{operation.Hub} {stored.Row.Start}";
        if (answer.Status == HttpStatusCode.OK)
        {
            var known = Said(stored).Select(v => (v.Agent, Rule: RosterComplaints.WordsFor(v.Rule))).Concat(before.Select(f => (f.Agent, f.Rule))).ToHashSet();
            return broken.Where(f => f.IsCertain && f.Rule != "active agent of the hub" && !known.Contains((f.Agent, f.Rule)))
                .Select(f => $"{what}: published although {f}");
        }

        answer.Status.Should().Be(HttpStatusCode.Conflict, answer.Text);
        var violations = answer.Json["violations"]!.AsArray();
        violations.Should().NotBeEmpty();
        return violations.Where(v => !broken.Exists(f => f.Agent == (string)v!["agent"]! && f.Rule == RosterComplaints.WordsFor((string)v["rule"]!)))
            .Select(v => $"{what}: refused although nobody broke {v!.ToJsonString()}");
    }

    /// <summary>What is in force, and what an agent is shown of it.</summary>
    private static async Task<IEnumerable<string>> AboutInForce(WfmServer server, SmallOperation[] hubs)
    {
        using var scope = server.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var (inForce, wrong) = (
            await RosterAuditorStore.InForce(db), RosterAuditorLayers.Check(await RosterAuditorStore.Layers(db)).Select(f => f.ToString()).ToList());
        foreach (var agent in Agents(hubs))
        {
            var shown = (await hubs[0].Client.Get($"/api/v1/agents/{agent}/shifts")).Is(HttpStatusCode.OK).Json.AsArray()
                .Where(s => (string)s!["state"]! != "draft").Select(s => (string)s!["start"]!).Order(StringComparer.Ordinal);
            var due = inForce.Where(s => s.Agent == agent).Select(s => InstantPattern.ExtendedIso.Format(s.Start)).Order(StringComparer.Ordinal);
            if (!shown.SequenceEqual(due)) wrong.Add($"{agent} is shown {string.Join(' ', shown)}, in force are {string.Join(' ', due)}");
        }

        return wrong;
    }

    private static IEnumerable<string> Agents(SmallOperation[] hubs) => hubs.SelectMany(hub => Enumerable.Range(1, People).Select(hub.Agent));

    private static async Task Move(SmallOperation[] hubs, Random random)
    {
        foreach (var agent in Agents(hubs).Where(_ => random.Next(3) == 0))
        {
            await Change(hubs[0].Client, $"/api/v1/agents/{agent}", person => person["hub"] = hubs[random.Next(2)].Hub);
        }
    }

    private static async Task ChangeLaw(SmallOperation operation, Random random, int seed)
    {
        var law = new LabourPolicyRequest
        {
            Code = $"{operation.Hub}-law-{seed}",
            Name = "Random law",
            ValidFrom = new LocalDate(2020, 1, 1),
            Rules = Rules(random),
        };
        await operation.Client.Create("labour-policies", law);
        await operation.Client.Create("labour-policies", law with { ValidFrom = SmallOperation.CutOffDate.PlusDays(random.Next(14)), Rules = Rules(random) });
        await Change(operation.Client, $"/api/v1/hubs/{operation.Hub}", hub => hub["labourPolicy"] = law.Code);
    }

    private static List<LabourRuleData> Rules(Random random) =>
    [
        .. RandomPolicy.Rules(random, SmallOperation.CutOffDate, 14).Where(r => !r.Kind.Contains("xposure", StringComparison.Ordinal))
            .Select(r => new LabourRuleData(r.Kind, new Dictionary<string, double>(r.Parameters), r.Kind, "property", new LocalDate(2026, 1, 1), r.From, r.To)),
    ];

    private static async Task ChangePeople(SmallOperation[] hubs, Random random)
    {
        foreach (var agent in Agents(hubs).Where(_ => random.Next(2) == 0))
        {
            var from = SmallOperation.CutOffDate.PlusDays(random.Next(14));
            await Change(
                hubs[0].Client, $"/api/v1/agents/{agent}",
                person =>
                {
                    person["contracts"] =
                        random.Next(2) == 0 ? new JsonArray(new JsonObject { ["contract"] = "half", ["from"] = LocalDatePattern.Iso.Format(from) })
                            : new JsonArray();
                    person["employedFrom"] = random.Next(3) == 0 ? LocalDatePattern.Iso.Format(SmallOperation.CutOffDate.PlusDays(random.Next(7))) : null;
                });
            var answer = await hubs[0].Client.Post($"/api/v1/agents/{agent}/time-off", new
            {
                type = random.Next(2) == 0 ? "annual" : "unpaid",
                overdraw = true, // nobody has a balance here
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
