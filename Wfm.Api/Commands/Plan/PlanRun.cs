using NodaTime;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Groups;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;

namespace Wfm.Api.Commands.Plan;

/// <summary>One hub planned.</summary>
/// <param name="Hub">The hub and its histories.</param>
/// <param name="HeldBack">A look back at each forecast, by key of the history; null where it is too short.</param>
/// <param name="Forecast">Forecasts.</param>
/// <param name="Requirement">Requirements.</param>
/// <param name="Problem">What was rostered; null when there was nothing to roster for.</param>
/// <param name="Roster">The roster.</param>
internal sealed record HubPlan(
    PlanHub Hub, IReadOnlyDictionary<int, HeldBack?> HeldBack, HubForecast Forecast, HubRequirement Requirement, RosterProblem? Problem, RosterResult? Roster);

/// <summary>Takes the hubs of a file through the pipeline, the same one that the jobs of the API call.</summary>
internal sealed class PlanRun(PlanRequest request, ComputeSlots slots)
{
    public async Task<HubPlan> Plan(PlanHub hub, CancellationToken cancellationToken)
    {
        var looks = hub.Histories.Select(h => (h.Key, Test: slots.Run(
            () => HeldBack.Test(h.Offered, h.Options with { Seed = request.Limits.Seed }, cancellationToken), cancellationToken))).ToList();
        var (seed, zone) = (request.Limits.Seed, hub.Hub.Zone);
        var end = HubForecaster.End(zone, zone.AtStartOfDay(HubRosterer.FirstWholeDay(zone, hub.CutOff)).ToInstant(), request.HorizonDays); // whole days
        var forecast = await new HubForecaster(slots).Forecast(hub.Histories, [], hub.CutOff, end, seed, null, cancellationToken);
        var known = hub.Histories.Any(h => !h.Offered.Grid.IsCalendar) ? forecast.Queues : []; // of days alone nobody knows when the doors are open
        var requirement = await new HubStaffer(slots).Staff(hub.Hub, known, PlanRequest.RiskLevels, PlanRequest.Paths, seed, null, cancellationToken);
        var problem = requirement.Queues.Count == 0 ? null : Problem(hub, requirement, end);
        var roster = problem is null ? null : await new HubRosterer(slots).Solve(problem, request.Limits, null, cancellationToken);
        var heldBack = new Dictionary<int, HeldBack?>();
        foreach (var (key, test) in looks)
        {
            heldBack[key] = await test;
        }

        return new HubPlan(hub, heldBack, forecast, requirement, problem, roster);
    }

    private RosterProblem Problem(PlanHub hub, HubRequirement requirement, Instant end)
    {
        var zone = hub.Hub.Zone;
        var (first, last) = (HubRosterer.FirstWholeDay(zone, hub.CutOff), end.InZone(zone).Date);
        var monday = HubRosterer.FirstDay(zone, hub.CutOff);
        var start = Period.DaysBetween(monday, last) >= 7 ? monday : first;
        var days = Math.Min(84, Period.DaysBetween(start, last));
        List<QueueRequirement> queues = [.. requirement.Queues.Select(q => q.At(PlanRequest.RosterRisk))];
        var (interval, demand) = HubRosterer.Demand(hub.Hub, start, days, queues);
        var heads = PlanHeads.Of(queues, zone, start, days);
        return new RosterProblem(
            zone, start, days, interval,
            [.. queues.SelectMany(q => PlanTeam.People(q.Group, request.Agents ?? PlanTeam.Size(heads.Weeks(q)))).OrderBy(a => a.Id, StringComparer.Ordinal)],
            PlanTeam.Shifts(heads.OpenHours, heads.OpenDays), demand, PlanTeam.Policy(request.Policy), RosterObjective.Default, [], []);
    }
}

/// <summary>When and how much the queues of a roster's period ask for, by which a team is sized.</summary>
internal sealed class PlanHeads
{
    private readonly Instant _start;
    private readonly Instant _end;
    private readonly List<(LocalTime From, LocalTime To, IsoDayOfWeek Day)> _busy;

    private PlanHeads(Instant start, Instant end, List<(LocalTime From, LocalTime To, IsoDayOfWeek Day)> busy) => (_start, _end, _busy) = (start, end, busy);

    public static PlanHeads Of(IReadOnlyList<QueueRequirement> queues, DateTimeZone zone, LocalDate start, int days)
    {
        var (from, to) = (zone.AtStartOfDay(start).ToInstant(), zone.AtStartOfDay(start.PlusDays(days)).ToInstant());
        var busy = queues
            .SelectMany(q => Enumerable.Range(0, q.Count).Where(i => q.Curve.Heads[i] > 0).Select(i => (At: q.Start + (q.Interval * i), q.Interval)))
            .Where(b => b.At >= from && b.At < to).Select(b => (Local: b.At.InZone(zone).LocalDateTime, b.Interval))
            .Select(b => (b.Local.TimeOfDay, b.Local.TimeOfDay.PlusTicks(b.Interval.BclCompatibleTicks), b.Local.DayOfWeek)).Distinct().ToList();
        return new PlanHeads(from, to, busy);
    }

    /// <summary>Head-hours of a queue, week by week from the start of the period.</summary>
    public IEnumerable<double> Weeks(QueueRequirement queue) =>
        Enumerable.Range(0, queue.Count).Select(i => (At: queue.Start + (queue.Interval * i), Hours: queue.Curve.Heads[i] * queue.Interval.TotalHours))
            .Where(h => h.At >= _start && h.At < _end).GroupBy(h => (int)((h.At - _start).TotalDays / 7)).Select(week => week.Sum(h => h.Hours));

    /// <summary>Days of the week with heads required; nobody is rostered where the door is shut.</summary>
    public DaysOfWeek OpenDays =>
        _busy.Aggregate(DaysOfWeek.None, (days, b) => days | (DaysOfWeek)(1 << ((int)b.Day - 1))) is var days and not DaysOfWeek.None ? days : DaysOfWeek.All;

    /// <summary>Earliest and latest local time with heads required on any day; midnight to midnight around the clock.</summary>
    public (LocalTime Opens, LocalTime Closes) OpenHours => _busy.Count == 0 ? (new LocalTime(9, 0), new LocalTime(17, 0))
        : (_busy.Min(b => b.From), _busy.Exists(b => b.To == LocalTime.Midnight) ? LocalTime.Midnight : _busy.Max(b => b.To));
}
