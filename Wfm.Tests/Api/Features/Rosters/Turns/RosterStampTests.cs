using System.Net;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Rosters.Turns;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Tests.Api.Features.People.Swaps;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters.Turns;

/// <summary>What a roster is checked against has changed: also where a row has gone and another of the same version has come.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class RosterStampTests(StoreKind kind)
{
    private SwapBench _bench = null!;
    private string[] _people = [];
    private Guid _roster;

    [OneTimeSetUp]
    public async Task Start()
    {
        _bench = await SwapBench.Start(kind, "stamp");
        _people = await _bench.People(2);
        _roster = await _bench.Roster(_people, [(_people[0], 1, 9), (_people[1], 2, 9)]);
    }

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task Edit_OntoLeaveThatCameWhereOtherWent_IsRefused()
    {
        var leave = $"/api/v1/agents/{_people[0]}/time-off";
        var first = (await _bench.Client.Post(leave, Day(4))).Is(HttpStatusCode.Created);
        (await Check(5)).Is(HttpStatusCode.OK).Json["allowed"]!.GetValue<bool>().Should().BeTrue("the roster is open now, with leave on the fourth day");
        (await _bench.Client.Delete($"{leave}/{first.Json["id"]}")).Is(HttpStatusCode.NoContent);
        (await _bench.Client.Post(leave, Day(5))).Is(HttpStatusCode.Created);

        var answer = (await Check(5)).Is(HttpStatusCode.OK).Json;

        answer["allowed"]!.GetValue<bool>().Should().BeFalse();
        answer["broken"]!.AsArray().Select(b => (string)b!["rule"]!).Should().Contain("leave");
    }

    [Test]
    public async Task Of_RowThatGoesWhileAnotherComes_IsAnother() => await Changes(
        db => Exchange(db.TimeOff, t => new TimeOffEntry { AgentId = t.AgentId, Start = t.Start, End = t.End, Type = t.Type, GrantedAt = t.GrantedAt }, db),
        db => Exchange(
            db.WorkedShifts,
            w => new WorkedShift { AgentId = w.AgentId, HubId = w.HubId, Date = w.Date, Start = w.Start, End = w.End, PaidMinutes = w.PaidMinutes }, db),
        db => Exchange(db.Events, e => new OperationEvent { Code = "other", Kind = e.Kind, Name = e.Name, Start = e.Start, End = e.End }, db));

    [Test]
    public async Task Import_WorkedShiftThatChanges_IsAnother()
    {
        var before = await Stamp();
        (await Worked(450)).Is(HttpStatusCode.OK);
        var stored = await Stamp();
        stored.Should().NotBe(before);
        (await Worked(420)).Is(HttpStatusCode.OK);
        var changed = await Stamp();
        changed.Should().NotBe(stored);
        (await Worked(420)).Is(HttpStatusCode.OK);
        (await Stamp()).Should().Be(changed, "nothing has changed");
    }

    private static object Day(int day) =>
        new { type = "unpaid", localStart = $"{SwapBench.Day(day)}T00:00", localEnd = $"{SwapBench.Day(day)}T23:59" };

    private Task<ApiAnswer> Check(int day) => _bench.Client.Call(
        HttpMethod.Post, $"/api/v1/rosters/{_roster}/edits?check=true",
        new
        {
            reason = "As it happens.",
            operations = new[]
            {
                new
                {
                    kind = "assign",
                    agent = _people[0],
                    date = SwapBench.Day(day),
                    shift = new { template = $"{_bench.Operation.Hub}-early", start = "08:30:00" },
                },
            },
        }, "*");

    private Task<ApiAnswer> Worked(int minutes) => _bench.Client.Post(
        "/api/v1/worked-shifts:import",
        new[] { new { agent = _people[1], start = SwapBench.At(-7, 9).ToString(), end = SwapBench.At(-7, 17).ToString(), paidMinutes = minutes } });

    private async Task Changes(params Func<WfmDbContext, Task>[] exchanges)
    {
        (await _bench.Client.Post($"/api/v1/agents/{_people[1]}/time-off", Day(9))).Is(HttpStatusCode.Created);
        (await Worked(400)).Is(HttpStatusCode.OK);
        await _bench.Client.Create(
            "events", new { code = "some", kind = "holiday", name = "Some", localStart = "2030-01-01T00:00", localEnd = "2030-01-02T00:00" });
        foreach (var exchange in exchanges)
        {
            var before = await Stamp();
            await _bench.WithDb(exchange);
            (await Stamp()).Should().NotBe(before);
        }
    }

    private static async Task Exchange<T>(DbSet<T> rows, Func<T, T> other, WfmDbContext db)
        where T : class, IVersioned
    {
        var last = await rows.OrderByDescending(r => r.Id).FirstAsync();
        rows.Remove(last);
        await db.SaveChangesAsync();
        rows.Add(other(last));
        await db.SaveChangesAsync();
    }

    private async Task<RosterStamp> Stamp()
    {
        RosterStamp? stamp = null;
        await _bench.WithDb(async db =>
        {
            var roster = await db.Rosters.AsNoTracking().SingleAsync(r => r.Id == _roster);
            stamp = await RosterStamp.Of(db, roster, await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == roster.HubId), CancellationToken.None);
        });
        return stamp!;
    }
}
