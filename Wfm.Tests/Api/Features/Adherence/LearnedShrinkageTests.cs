using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Adherence;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class LearnedShrinkageTests(StoreKind kind)
{
    private const int People = 6;
    private const string Path = "/api/v1/adherence/shrinkage";

    private AdherenceBench _bench = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _bench = await AdherenceBench.Start(kind, "adl", People);
        await _bench.Roster( // the sixth is ill on Friday: the shift went out of the roster by an edit
            [
                .. Enumerable.Range(0, 5).SelectMany(day => Enumerable.Range(1, People).Where(p => (day, p) != (4, 6))
                    .Select(p => (day, _bench.Agent(p), "09:00 work, 12:00 training, 13:00 work, 17:00"))),
            ]);
    }

    [SetUp]
    public Task Forget() => _bench.Forget();

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task Shrinkage_OfAWeek_IsLearnedOfferedAndTakenOver()
    {
        // Everybody trains for an hour of eight, and comes an hour late on Tuesday; one is ill for the eight hours of Friday.
        await Week();
        await Sickness();

        var proposal = (await _bench.Client.Get(Query())).Is(HttpStatusCode.OK).Json;

        // paid 5·6·8 = 240 h; planned 29 h of training; unplanned 6 h late and 8 h ill of the other 211 h
        Figure(proposal["learned"]!["planned"]!).Should().Be((29 * 3_600, 240 * 3_600));
        Figure(proposal["learned"]!["unplanned"]!).Should().Be((14 * 3_600, 211 * 3_600));
        ((int)proposal["learned"]!["days"]!, (int)proposal["learned"]!["people"]!).Should().Be((5, People));
        // Monday to Thursday 6 of 48 h, Friday 5 of 48 h: mean 29/240, squares 4·(1/240)² + (4/240)² = 20/57,600, ÷ 4, root
        ((double)proposal["learned"]!["plannedSpread"]!).Should().BeApproximately(Math.Sqrt(20 / 57_600.0 / 4), 1e-9);
        proposal["reasons"]!.AsArray().Select(r => ((string)r!["loss"]!, (string)r["reason"]!, (double)r["figure"]!["numeratorSeconds"]! / 3_600)).Should()
            .Equal(("planned", "training", 29), ("unplanned", "absence", 8), ("unplanned", "off", 6));
        var hours = proposal["byHour"]!.AsArray();
        var tuesday = hours.Single(h => (string)h!["weekday"]! == "tuesday" && (int)h["hour"]! == 9)!["sample"]!;
        Figure(tuesday["unplanned"]!).Should().Be((6 * 3_600, 6 * 3_600));
        hours.Sum(h => (double)h!["sample"]!["planned"]!["denominatorSeconds"]!).Should().Be(240 * 3_600);
        proposal["whyNot"].Should().BeNull();

        var adopted = (await _bench.Client.Call(
            HttpMethod.Post, $"{Path}:adopt", new { hub = _bench.Hub, from = AdherenceBench.Day(0), to = AdherenceBench.Day(4) }, (string)proposal["hubEtag"]!))
            .Is(HttpStatusCode.OK).Json;

        var hub = (await _bench.Client.Get($"/api/v1/hubs/{_bench.Hub}")).Is(HttpStatusCode.OK);
        ((double)hub.Json["plannedShrinkage"]!, (double)hub.Json["unplannedShrinkage"]!).Should().Be((0.1208, 0.0664));
        ((string)adopted["hubEtag"]!).Should().Be(hub.ETag);
        (await _bench.Client.Call(
            HttpMethod.Post, $"{Path}:adopt", new { hub = _bench.Hub, from = AdherenceBench.Day(0), to = AdherenceBench.Day(4) }, (string)proposal["hubEtag"]!))
            .Is(HttpStatusCode.PreconditionFailed);
    }

    [Test]
    public async Task Shrinkage_OfTooLittle_IsNotTakenOver()
    {
        await _bench.Send(AdherenceBench.Rows(_bench.Agent(1), 0, "00:00 off, 09:00 available, 17:00 off"));

        var proposal = (await _bench.Client.Get(Query())).Is(HttpStatusCode.OK).Json;

        proposal["learned"].Should().BeNull("it would tell of one person");
        ((string)proposal["whyNot"]!).Should().Contain("1 people");
        (await _bench.Client.Call(
            HttpMethod.Post, $"{Path}:adopt", new { hub = _bench.Hub, from = AdherenceBench.Day(0), to = AdherenceBench.Day(4) }, "*"))
            .Is(HttpStatusCode.UnprocessableEntity);
    }

    private string Query() => $"{Path}?hub={_bench.Hub}&from={AdherenceBench.Day(0)}&to={AdherenceBench.Day(4)}";

    private Task Week() => _bench.Send(
        Enumerable.Range(0, 5).SelectMany(day => Enumerable.Range(1, People).SelectMany(p => AdherenceBench.Rows(
            _bench.Agent(p), day, (day, p) == (4, 6) ? "00:00 off"
                : $"00:00 off, {(day == 1 ? "10:00" : "09:00")} available, 12:00 training, 13:00 handling, 17:00 off"))));

    /// <summary>Leave and the edit that took its shift, as granting leave makes them.</summary>
    private async Task Sickness()
    {
        await using var scope = _bench.Server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var agent = await db.Agents.SingleAsync(a => a.Code == _bench.Agent(6));
        var (start, end) = (AdherenceBench.At(4, "00:00"), AdherenceBench.At(5, "00:00"));
        db.TimeOff.Add(new TimeOffEntry { AgentId = agent.Id, Start = start, End = end, Type = "sick", Kind = LeaveKind.Sick, GrantedAt = start });
        var roster = await db.Rosters.SingleAsync();
        db.RosterEdits.Add(new RosterEdit
        {
            RosterId = roster.Id,
            Number = 1,
            RosterVersion = 2,
            At = start,
            By = "leave",
            Reason = "Leave was granted.",
            Cause = EditCause.Leave,
            InForce = true,
            Days =
            [
                new RosterEditDay
                {
                    AgentId = agent.Id,
                    Date = AdherenceBench.Monday.PlusDays(4),
                    Before = new EditedShift(
                        $"{_bench.Hub}-early", AdherenceBench.At(4, "09:00"), AdherenceBench.At(4, "17:00"), 480,
                        [new ShiftActivityData("work", "live", AdherenceBench.At(4, "09:00"), AdherenceBench.At(4, "17:00"))]),
                },
            ],
        });
        await db.SaveChangesAsync();
    }

    private static (double, double) Figure(JsonNode figure) => ((double)figure["numeratorSeconds"]!, (double)figure["denominatorSeconds"]!);
}
