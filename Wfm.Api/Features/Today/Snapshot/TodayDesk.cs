using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Today.Inputs;
using Wfm.Api.Pipeline;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Floor;
using Wfm.Scheduling.Simulation;

namespace Wfm.Api.Features.Today.Snapshot;

/// <summary>Makes the snapshot of the running day of a hub.</summary>
/// <remarks>A projection is kept by all it hangs on but the people: after an edit or an absence within the same minute only queues that are touched are
/// simulated again.</remarks>
internal sealed class TodayDesk(TodayReader reader, TodayMemory memory, ComputeSlots slots)
{
    private const int Seed = 1;
    private const int SimulatedMinutes = 5;
    private const string LastProjection = "last"; // one a hub: it holds the paths of all queues

    /// <param name="at">The moment.</param>
    /// <param name="riskLevel">Probability with which the required heads are enough, in (0, 1).</param>
    public Task<TodayResponse> Snapshot(Hub hub, Instant at, double riskLevel, CancellationToken cancellationToken) =>
        Look(hub, at, riskLevel, view => Tell(view, riskLevel), cancellationToken);

    /// <summary>Looks at the day as it is known, projected and staffed; what is made of it is computed where long computations are.</summary>
    public async Task<T> Look<T>(Hub hub, Instant at, double riskLevel, Func<TodayView, T> look, CancellationToken cancellationToken)
    {
        var minute = Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds() / 60 * 60);
        var day = await reader.Read(hub, minute, cancellationToken);
        return await slots.Run(() => look(View(day, riskLevel, cancellationToken)), Environment.ProcessorCount, cancellationToken);
    }

    private TodayView View(TodayFacts day, double riskLevel, CancellationToken cancellationToken)
    {
        var queues = day.Queues.Select(q => new QueueDay(day, q)).ToList();
        var projected = queues.FindAll(q => q.IsProjected);
        var window = projected.Count == 0 ? null : Window(day, projected);
        var kept = window is null ? null : Project(day, window, projected, DayShape.Of(queues.ConvertAll(q => q.Forecasted)), cancellationToken);
        var projection = kept?.Projection;
        var floor = projected.Zip(kept?.Floor ?? [], (q, f) => (Day: q, Floor: f)).ToList();
        var (groups, faults) = new GroupHeads(day, riskLevel, cancellationToken).Tell(floor, window);
        return new TodayView(day, queues, window, floor, projection, groups, faults);
    }

    private static TodayResponse Tell(TodayView view, double riskLevel) => new(
        view.Day.Hub.Code, view.Day.At, view.Day.Date, view.Day.Start, view.Day.End, view.Day.Stamp.Id, view.Day.Forecast?.Id, Inputs(view.Day, view.Queues),
        view.Window?.Start, view.Projection?.Contacts ?? 0, Seed, riskLevel, view.Day.Interval.Grid.Minutes,
        [.. view.Queues.Select(q => Tell(view.Day, q, view.Floor.FindIndex(f => f.Day == q), view.Floor, view.Projection, view.Window, view.Faults))],
        view.Groups, PeopleNow.Of(view.Day));

    private static TodayQueue Tell(
        TodayFacts day, QueueDay queue, int place, List<(QueueDay Day, FloorQueue Floor)> floor, Projection? projection, GridSpan? window,
        IReadOnlyDictionary<string, string> faults)
    {
        var told = new QueueTelling(day, queue).Tell(place < 0 ? null : floor[place].Floor, place < 0 ? null : projection?.Queues[place], window);
        return faults.TryGetValue(queue.Queue.Code, out var fault)
            ? told with { Notes = [.. told.Notes, new TodayNote("cannotBeStaffed", $"No heads are required for it: {fault}")] }
            : told;
    }

    /// <summary>From the earliest moment up to which a queue is known to the end of the day.</summary>
    private static GridSpan Window(TodayFacts day, List<QueueDay> queues)
    {
        var grid = IntervalGrid.Of(SimulatedMinutes, day.Hub.Zone);
        return GridSpan.Between(grid, grid.Floor(Instant.Min(day.Interval.Start, queues.Min(q => q.KnownAt))), day.End);
    }

    private KeptProjection Project(TodayFacts day, GridSpan window, List<QueueDay> queues, DayShape shape, CancellationToken cancellationToken)
    {
        var key = $"{day.At}|{day.Stamp.Work}";
        var people = RosteredPerson.Of(day.Roster.PresentShifts, day.Roster.Skills, window.Start, allSkills: false);
        var before = memory.Find<KeptProjection>(day.Hub.Id, LastProjection);
        var kept = before?.Key == key ? before with { Projection = before.Projection.With(people, cancellationToken) } : Fresh();
        memory.Put(day.Hub.Id, LastProjection, kept);
        return kept;

        KeptProjection Fresh()
        {
            var rule = new ProjectionRule(Seed) { Threads = Environment.ProcessorCount };
            var floor = queues.ConvertAll(q => q.ToFloor(window, shape, rule.Most, Seed, cancellationToken));
            var work = new FloorWork(
                floor, window.Grid.Interval, day.At - window.Start, day.Planned.UnplannedShrinkage, day.Planned.PlannedShrinkage);
            return new KeptProjection(key, floor, Projection.Of(work, people, rule, cancellationToken));
        }
    }

    /// <summary>A projection and the queues it is of.</summary>
    private sealed record KeptProjection(string Key, IReadOnlyList<FloorQueue> Floor, Projection Projection);

    private static IReadOnlyList<TodayInput> Inputs(TodayFacts day, List<QueueDay> queues)
    {
        var volumes = queues.Select(q => q.Observed).OfType<Forecasts.Intraday.DayObservations>().Select(o => (Instant?)o.KnownUntil).Max();
        var grid = queues.Select(q => q.Forecasted.Volume.Grid).MinBy(g => g.Minutes);
        return
        [
            Input(TodayInputKind.Volumes, volumes, grid is null ? TodayLimits.Backlog : TodayLimits.Volumes(grid)),
            Input(
                TodayInputKind.Served, queues.Select(q => q.Facts.ServedUntil).Max(), TodayLimits.Served([.. queues.SelectMany(q => q.Facts.Served)])),
            Input(TodayInputKind.Backlog, queues.Select(q => q.Facts.Backlog?.AsOf).Max(), TodayLimits.Backlog),
            Input(TodayInputKind.States, day.States.AsOf, TodayLimits.States),
        ];

        TodayInput Input(TodayInputKind kind, Instant? asOf, Duration limit) =>
            new(kind, asOf, (day.At - asOf)?.TotalMinutes, limit.TotalMinutes, asOf is null || day.At - asOf > limit);
    }
}
