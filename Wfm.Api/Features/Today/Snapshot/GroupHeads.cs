using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Today.Inputs;
using Wfm.Api.Pipeline;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Floor;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Staffing.Pooling;

namespace Wfm.Api.Features.Today.Snapshot;

/// <summary>Heads of each skill group for the rest of the day: what is required as the day is expected now, rostered and there.</summary>
internal sealed class GroupHeads
{
    private const int StaffedPaths = 50;

    private readonly TodayFacts _day;
    private readonly GridSpan _span;
    private readonly double _riskLevel;
    private readonly CancellationToken _cancellationToken;

    public GroupHeads(TodayFacts day, double riskLevel, CancellationToken cancellationToken)
    {
        (_day, _riskLevel, _cancellationToken) = (day, riskLevel, cancellationToken);
        _span = GridSpan.Between(day.Interval.Grid, day.Interval.Start, day.End);
    }

    /// <param name="queues">Queues and how they are simulated.</param>
    /// <param name="window">Intervals of the simulation, which start before or with this span and divide its intervals; null without queues.</param>
    /// <returns>Groups by name, and queues that cannot be staffed with the reason.</returns>
    public (IReadOnlyList<TodayGroup> Groups, IReadOnlyDictionary<string, string> Faults) Tell(
        IReadOnlyList<(QueueDay Day, FloorQueue Floor)> queues, GridSpan? window)
    {
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        var works = queues.Select(q => (q.Floor.Group, Work: Work(q.Day, q.Floor, window!, faults))).Where(w => w.Work is not null)
            .ToLookup(w => w.Group, w => w.Work!);
        var (scheduled, present) = (Heads(_day.Roster.Shifts, _ => false), Heads(_day.Roster.Present, IsElsewhere));
        var groups = works.Select(w => w.Key).Concat(scheduled.Keys).Distinct().Order(StringComparer.Ordinal);
        return ([.. groups.Select(g => new TodayGroup(g, Intervals(Required([.. works[g]]), Of(scheduled, g), Of(present, g))))], faults);

        double[] Of(Dictionary<string, double[]> heads, string group) => heads.GetValueOrDefault(group) ?? new double[_span.Count];
    }

    private TodayGroupInterval[] Intervals(double[] required, double[] scheduled, double[] present)
    {
        var come = 1 - _day.Planned.UnplannedShrinkage;
        return
        [
            .. required.Select((r, i) => new TodayGroupInterval(
                _span.StartOf(i), r, r * come, scheduled[i], present[i], r - scheduled[i], (r * come) - present[i])),
        ];
    }

    private double[] Required(IReadOnlyList<GroupedQueue> queues)
    {
        var heads = new double[_span.Count];
        if (queues.Count == 0) return heads;
        foreach (var curve in GroupStaffing.Require(queues, _riskLevel, _cancellationToken))
        {
            for (var i = 0; i < heads.Length; i++) heads[i] += curve.Heads[i];
        }

        return heads;
    }

    /// <summary>The work of a queue from the running interval on: what is open now, and what comes on the paths that are simulated.</summary>
    private GroupedQueue? Work(QueueDay day, FloorQueue floor, GridSpan window, Dictionary<string, string> faults)
    {
        var shift = (int)window.IndexOf(_span.Start);
        var parts = _span.Grid.Minutes / window.Grid.Minutes;
        var aht = _span.Overlay(day.Facts.Row.Span).Hold(day.Facts.Row.AhtSeconds);
        var work = new QueueWork(
            day.Queue, _span, [.. floor.Queue.VolumePaths.Take(StaffedPaths).Select(Summed)], aht, day.Times.Over(_span), _day.Planned.Shrinkage)
        {
            OpeningBacklog = floor.Queue.OpeningBacklog.Sum(b => (double)b.Contacts),
        };
        try
        {
            return GroupStaffing.Check(work.Grouped(), _cancellationToken);
        }
        catch (ArgumentException e)
        {
            faults[day.Queue.Code] = e.Message;
            return null;
        }

        double[] Summed(double[] path)
        {
            var sums = new double[_span.Count];
            for (var i = 0; i < sums.Length; i++)
            {
                for (var part = Math.Max(0, shift + (i * parts)); part < Math.Min(path.Length, shift + ((i + 1) * parts)); part++) sums[i] += path[part];
            }

            return sums;
        }
    }

    /// <summary>Heads at work on each group, the parts of an interval counted in part.</summary>
    private Dictionary<string, double[]> Heads(IEnumerable<ShiftInForce> shifts, Func<ShiftInForce, bool> isElsewhere)
    {
        var heads = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var shift in shifts.Where(s => s.End > _span.Start && s.Start < _span.End))
        {
            var away = isElsewhere(shift);
            foreach (var work in _day.Roster.ToRosterShift(shift)?.Activities.Where(a => a is { Kind: ActivityKinds.Work, Group: not null }) ?? [])
            {
                if (!heads.TryGetValue(work.Group!, out var mine)) heads.Add(work.Group!, mine = new double[_span.Count]);
                for (var i = (int)Math.Max(away ? 1 : 0, _span.IndexOf(work.Start)); i < _span.Count && _span.StartOf(i) < work.End; i++)
                {
                    var (from, to) = (Instant.Max(work.Start, _span.StartOf(i)), Instant.Min(work.End, _span.StartOf(i + 1)));
                    mine[i] += to > from ? (to - from) / _span.LengthOf(i) : 0;
                }
            }
        }

        return heads;
    }

    /// <summary>Whether somebody's state says that they are not there now; of later intervals it says nothing.</summary>
    private bool IsElsewhere(ShiftInForce shift) => _day.States.People.GetValueOrDefault(shift.AgentId) is { IsPresent: false };
}
