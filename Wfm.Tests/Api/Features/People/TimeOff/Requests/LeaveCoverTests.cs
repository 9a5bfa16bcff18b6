using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using NodaTime.Text;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.People.TimeOff.Requests;

/// <summary>Leave over published shifts and over days of which only the requirement is known.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class LeaveCoverTests(StoreKind kind)
{
    private const int People = 5;
    private const string Type = "lc-day";
    private static readonly Instant Now = SmallOperation.Zone.AtStartOfDay(SmallOperation.CutOffDate).ToInstant();

    private WfmServer _server = null!;
    private SmallOperation _operation = null!;
    private JsonNode _roster = null!;

    private HttpClient Client => _server.Client;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await WfmServer.Start(kind, services: services => services.AddSingleton<IClock>(new FakeClock(Now)));
        (_operation, _roster) = await Published("lc");
        await Client.Create("leave-types", new LeaveTypeRequest { Code = Type, Name = "A day", Treatment = LeaveKind.Annual });
    }

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Ask_PublishedShift_PassesExactlyWhereNoGroupFallsFurtherBelow()
    {
        var coverage = (await Client.Get($"/api/v1/rosters/{_roster["id"]}/coverage")).Is(HttpStatusCode.OK).Json.AsArray();
        var seen = new HashSet<string>();
        foreach (var shift in await Shifts())
        {
            if ((string)shift["date"]! == "2025-07-28") continue; // it has begun
            var (isShort, alone) = (false, false);
            foreach (var group in coverage)
            {
                var (start, minutes) = (At(group!["start"]!), (int)group["intervalMinutes"]!);
                var (required, scheduled) = (Numbers(group["required"]!), Numbers(group["scheduled"]!));
                for (var i = 0; i < required.Length; i++)
                {
                    var own = Share(shift, (string)group["group"]!, start + Duration.FromMinutes(minutes * i), Duration.FromMinutes(minutes));
                    if (own <= 0) continue;
                    isShort |= Math.Max(0, required[i] - scheduled[i] + own) > Math.Max(0, required[i] - scheduled[i]) + 1e-6;
                    alone |= (string)group["group"]! == "live" && required[i] > 0 && scheduled[i] - own < 1 - 1e-6;
                }
            }

            var answer = await Ask((string)shift["agent"]!, (string)shift["date"]!);

            var expected = isShort ? "coverage" : alone ? "minimumPresence" : null;
            ((string?)answer["decidedBy"]).Should().Be(expected, answer.ToJsonString());
            ((double)answer["hours"]!).Should().Be((int)shift["paidMinutes"]! / 60.0, "the paid time of the shift");
            seen.Add(expected ?? "granted");
            if (expected is null)
            {
                (await Client.Post($"/api/v1/time-off-requests/{answer["id"]}:cancel", new { })).Is(HttpStatusCode.OK);
            }
        }

        seen.Should().Contain("coverage");
    }

    [Test]
    public async Task Approve_OverAPublishedShift_FreesItOpensARepairAndCancelPutsItBack()
    {
        var shift = (await Shifts()).Find(s => string.CompareOrdinal((string)s["date"]!, "2025-07-30") > 0)!;
        var (agent, before) = ((string)shift["agent"]!, await InForce((string)shift["agent"]!));
        var request = await Granted(agent, (string)shift["date"]!);

        (await InForce(agent)).Should().HaveCount(before.Count - 1);
        var off = (await Client.Get((string)request["timeOff"]!)).Is(HttpStatusCode.OK).Json;
        off["repairs"]!.AsArray().Should().ContainSingle();
        await Client.Finish((string)off["repairs"]![0]!);

        (await Client.Post($"/api/v1/time-off-requests/{request["id"]}:cancel", new { })).Is(HttpStatusCode.OK);

        (await InForce(agent)).Should().Equal(before);
    }

    [Test]
    public async Task TimeOff_OverTheStartOfAPublishedShift_CutsItByAnEditAndIsGivenBackByAnother()
    {
        var shift = (await Shifts()).Find(s => string.CompareOrdinal((string)s["date"]!, "2025-07-30") > 0)!;
        var (agent, start) = ((string)shift["agent"]!, At(shift["start"]!));
        var (from, to) = (Text(start), Text(start + Duration.FromHours(1))); // before the first break, which would go with it
        var before = await InForce(agent);

        var leave = (await Client.Post($"/api/v1/agents/{agent}/time-off", new { type = "sick", start = from, end = to })).Is(HttpStatusCode.Created);

        (await InForce(agent)).Should().Equal(before.Select(s => s.Replace($" {from} ", $" {to} ", StringComparison.Ordinal))).And.NotEqual(before);
        var number = (int)leave.Json["edits"]!.AsArray().Single()!["number"]!;
        var edits = (await Client.Get($"/api/v1/rosters/{_roster["id"]}/edits")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        ((string?)edits.Single(e => (int)e!["number"]! == number)!["cause"]).Should().Be("leave");

        (await Client.Delete(leave.Headers.Location!.ToString())).Is(HttpStatusCode.NoContent);

        (await InForce(agent)).Should().Equal(before);
        edits = (await Client.Get($"/api/v1/rosters/{_roster["id"]}/edits")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        edits.Should().ContainSingle(e => (int?)e!["undoes"] == number);
    }

    [Test]
    public async Task Cancel_AfterANewerRosterDecides_LeavesTheDayAndSaysSo()
    {
        var (_, roster) = await Published("lcn");
        var shift = (await ShiftsOf(roster)).Find(s => string.CompareOrdinal((string)s["date"]!, "2025-07-30") > 0)!;
        var agent = (string)shift["agent"]!;
        var request = await Granted(agent, (string)shift["date"]!);
        var off = (await Client.Get((string)request["timeOff"]!)).Is(HttpStatusCode.OK).Json;
        var job = await Client.Finish((string)off["repairs"]!.AsArray().Single()!);
        (await Client.Call(HttpMethod.Post, $"{job["result"]}:publish")).Is(HttpStatusCode.OK);
        var repaired = await InForce(agent);

        var cancelled = (await Client.Post($"/api/v1/time-off-requests/{request["id"]}:cancel", new { })).Is(HttpStatusCode.OK).Json;

        (await InForce(agent)).Should().Equal(repaired);
        ((string?)cancelled["state"], (string?)cancelled["history"]!.AsArray()[^1]!["reason"]).Should().Be(
            ("cancelled", "Shifts that the leave had taken have not come back: A newer roster decides about all days of this one; edit that one."));
    }

    [Test]
    public async Task Ask_DayOffInTheRoster_CostsNothing()
    {
        var shifts = await Shifts();
        var agent = _operation.Agent(1);
        var free = Enumerable.Range(1, 6).Select(SmallOperation.CutOffDate.PlusDays).Select(LocalDatePattern.Iso.Format)
            .First(day => !shifts.Exists(s => (string?)s["agent"] == agent && (string?)s["date"] == day));

        var request = await Ask(agent, free);

        ((string?)request["state"], (double)request["hours"]!).Should().Be(("approved", 0.0));
        (await Client.Post($"/api/v1/time-off-requests/{request["id"]}:cancel", new { })).Is(HttpStatusCode.OK);
    }

    [Test]
    public async Task Ask_DayWithoutARoster_IsHeldAgainstTheRequirement()
    {
        var request = await Ask(_operation.Agent(2), "2025-08-05"); // the second week is required, and not rostered

        var finding = request["findings"]!.AsArray().Single(f => (string?)f!["rule"] == "coverage")!;
        ((string?)finding["code"]).Should().BeOneOf("kept", "missing");
        if ((string?)finding["code"] == "missing")
        {
            ((string?)finding["parameters"]!["basis"]).Should().Be("requirement");
        }

        var far = await Ask(_operation.Agent(2), "2026-08-04");
        ((string?)far["findings"]!.AsArray().Single(f => (string?)f!["rule"] == "coverage")!["code"]).Should().Be("unknown");
        ((string?)far["state"]).Should().Be("approved");
    }

    private async Task<JsonNode> Ask(string agent, string date) =>
        (await Client.Post($"/api/v1/agents/{agent}/time-off-requests", new { type = Type, from = date, wait = false })).Is(HttpStatusCode.Created).Json;

    private async Task<JsonNode> Granted(string agent, string date)
    {
        var request = await Ask(agent, date);
        var decision = new { @override = true, reason = "A wedding." };
        return (string?)request["state"] == "approved" ? request
            : (await Client.Post($"/api/v1/time-off-requests/{request["id"]}:approve", decision)).Is(HttpStatusCode.OK).Json;
    }

    private async Task<(SmallOperation Operation, JsonNode Roster)> Published(string code)
    {
        var operation = await SmallOperation.SetUp(Client, code);
        await operation.AddPeople(People);
        await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await operation.Forecast(new { horizonDays = 15 });
        await operation.Requirement(new { paths = 20 });
        var roster = await operation.Roster(new { days = 7 });
        (await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{roster["id"]}:publish")).Is(HttpStatusCode.OK);
        return (operation, roster);
    }

    private Task<List<JsonNode>> Shifts() => ShiftsOf(_roster);

    private async Task<List<JsonNode>> ShiftsOf(JsonNode roster) =>
        [.. (await Client.Get($"/api/v1/rosters/{roster["id"]}/shifts?limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(s => s!)];

    private async Task<List<string>> InForce(string agent) => [.. (await Client.Get($"/api/v1/agents/{agent}/shifts")).Is(HttpStatusCode.OK).Json.AsArray()
        .Select(s => $"{s!["date"]} {s["start"]} {s["end"]}")];

    private static double Share(JsonNode shift, string group, Instant start, Duration length) => shift["activities"]!.AsArray()
        .Where(a => (string?)a!["group"] == group)
        .Sum(a => Math.Max(0, (Instant.Min(At(a!["end"]!), start + length) - Instant.Max(At(a["start"]!), start)) / length));

    private static string Text(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    private static Instant At(JsonNode text) => InstantPattern.ExtendedIso.Parse((string)text!).Value;

    private static double[] Numbers(JsonNode values) => [.. values.AsArray().Select(v => (double)v!)];
}
