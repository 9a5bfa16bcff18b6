using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters.Runs;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class RosterJobTests(StoreKind kind) : ApiFixture(kind)
{
    private const string Week = """{"days":7}""";

    [Test]
    public async Task Create_HubWithoutLabourPolicy_Is422SayingWhatToSet()
    {
        var operation = await SmallOperation.SetUp(Client, "ro-lawless", withPolicy: false);

        (await Client.Post("/api/v1/rosters", new { hub = operation.Hub })).Is(HttpStatusCode.UnprocessableEntity).ErrorOf("/hub").Should()
            .Contain("labourPolicy");
    }

    [Test]
    public async Task Create_NoAgents_SucceedsWithEverythingUncoveredAndExplained()
    {
        var operation = await SmallOperation.SetUp(Client, "ro-nobody");
        var roster = await Plan(operation);

        ((int)roster["summary"]!["shifts"]!).Should().Be(0);
        ((double)roster["summary"]!["coverage"]!).Should().Be(0);
        var gaps = (await Client.Get($"/api/v1/rosters/{roster["id"]}/explanation")).Json.AsArray();
        gaps.Where(g => g!["minimumPresence"] == null).Sum(g => (double)g!["headHours"]!).Should()
            .BeApproximately((double)roster["summary"]!["requiredHours"]!, 1e-6);
    }

    [Test]
    public async Task Create_RestOfADay_IsLegalAndNamesTheRuleBehindTheGaps()
    {
        var operation = await SmallOperation.SetUp(Client, "ro-rest", new SmallOperation(Client, "ro-rest").Law(restHours: 24) with { Name = "Long rest" });
        await operation.AddPeople(2);
        var roster = await Plan(operation);

        (await Client.Get($"/api/v1/rosters/{roster["id"]}/violations")).Json.AsArray().Should().NotContain(v => (bool)v!["hard"]!);
        var shifts = (await Client.Get($"/api/v1/rosters/{roster["id"]}/shifts")).Json["items"]!.AsArray();
        shifts.Should().NotBeEmpty();
        foreach (var mine in shifts.GroupBy(s => (string?)s!["agent"]))
        {
            var times = mine.OrderBy(s => (string?)s!["start"]).ToList();
            times.Zip(times.Skip(1), (a, b) => Time(b!["start"]!) - Time(a!["end"]!)).Should().OnlyContain(rest => rest >= TimeSpan.FromHours(24));
        }

        var gaps = (await Client.Get($"/api/v1/rosters/{roster["id"]}/explanation")).Json.AsArray();
        gaps.SelectMany(g => g!["reasons"]!.AsArray()).Select(r => (string?)r!["rule"]).Should().Contain("minimumDailyRest");
    }

    [Test]
    public async Task Create_PolicyNotYetInForce_FailsNamingPolicyAndDate()
    {
        var operation = await SmallOperation.SetUp(
            Client, "ro-later", new SmallOperation(Client, "ro-later").Law() with
            {
                ValidFrom = new LocalDate(2026, 1, 1),
            });
        await operation.AddPeople(1);
        await Prepare(operation);

        var job = await Client.Finish(await Client.Post("/api/v1/rosters", Request(operation)));

        ((string?)job["state"]).Should().Be("failed");
        ((string?)job["error"]).Should().Contain(operation.Policy).And.Contain("2025-07-28");
    }

    [Test]
    public async Task Create_TemplateLongerThanTheDailyMaximum_IsNeverUsed()
    {
        var law = new SmallOperation(Client, "ro-long").Law();
        law.Rules.Add(
            new("maximumDailyHours", new Dictionary<string, double> { ["hours"] = 8 }, "At most eight hours a day.", "House", new LocalDate(2025, 1, 1)));
        var operation = await SmallOperation.SetUp(Client, "ro-long", law);
        (await Client.Post("/api/v1/shift-templates", operation.Template("marathon", new LocalTime(8, 0), new LocalTime(8, 0), 720))).Is(
            HttpStatusCode.Created);
        await operation.AddPeople(2);
        var roster = await Plan(operation);

        var shifts = (await Client.Get($"/api/v1/rosters/{roster["id"]}/shifts")).Json["items"]!.AsArray();
        shifts.Should().NotBeEmpty().And.NotContain(s => (string?)s!["template"] == "ro-long-marathon");
    }

    [Test]
    public async Task Create_SameSeedAndMoves_IsTheSameRoster()
    {
        var planned = await PlannedOperations.Get(Kind, Client);

        (await Print(await planned.Operation.Roster(new { replan = true }))).Should().Be(await Print(planned.Roster));
    }

    /// <summary>Shifts as agent, template and times, without ids.</summary>
    private async Task<string> Print(JsonNode roster) =>
        string.Join(
            '\n', (await Client.Get($"/api/v1/rosters/{roster["id"]}/shifts?limit=1000")).Json["items"]!.AsArray()
                .Select(s => $"{s!["agent"]} {s["template"]} {s["start"]} {s["activities"]!.ToJsonString()}").Order(StringComparer.Ordinal));

    private static async Task Prepare(SmallOperation operation)
    {
        await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await operation.Forecast(new { horizonDays = 8 });
        await operation.Requirement(new { paths = 20 });
    }

    private static async Task<JsonNode> Plan(SmallOperation operation)
    {
        await Prepare(operation);
        return await operation.Roster(JsonNode.Parse(Week));
    }

    private static string Request(SmallOperation operation) =>
        SmallOperation.Merge(new JsonObject { ["hub"] = operation.Hub, ["start"] = "2025-07-28", ["maximumMoves"] = 1000 }, JsonNode.Parse(Week));

    private static DateTimeOffset Time(JsonNode time) => DateTimeOffset.Parse((string)time!, null);
}
