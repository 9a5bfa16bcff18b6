using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Groups;

/// <summary>The deferrable work of a group as the band the solver is free in, cut from the requirement to the roster's period.</summary>
/// <remarks>
/// What was done before the period is what the requirement's own plan would have done by then, and at the end at least as much is due as that plan
/// has done: so the roster neither inherits nor leaves more than a plan that goes on for ever.
/// </remarks>
public static class GroupBand
{
    /// <summary>What is later by more than its turnaround, or by so much, is undone.</summary>
    private static readonly Duration LongestLateness = Duration.FromHours(24);

    /// <summary>The band of a group.</summary>
    /// <param name="queues">Requirements of the group's queues at one risk level.</param>
    /// <param name="intervals">The roster's intervals.</param>
    /// <returns>Classes by the slack of what has just arrived (<see cref="ServiceDiscipline"/>), the most urgent first; <see langword="null"/> when no
    /// queue is deferrable.</returns>
    public static DeferrableDemand? Of(IEnumerable<QueueRequirement> queues, DemandIntervals intervals)
    {
        ArgumentNullException.ThrowIfNull(queues);
        ArgumentNullException.ThrowIfNull(intervals);
        var work = queues.Where(q => q.Curve is { DueHours: not null, ArrivedHours: not null, Heads.Length: > 0 })
            .OrderBy(q => q.Claim.At(q.Turnaround.TotalHours).Slack).ThenBy(q => q.Priority).ThenBy(q => q.Queue, StringComparer.Ordinal).ToArray();
        return work.Length == 0 ? null : new DeferrableDemand([.. work.Select(q => Class(q, intervals))], Productive(work, intervals));
    }

    /// <summary>Late work costs its undone price again by the time it is given up, so that a clock of an hour presses more than one of a day.</summary>
    private static DeadlineDemand Class(QueueRequirement queue, DemandIntervals intervals)
    {
        var (planned, count) = (Planned(queue), intervals.Count);
        // Due may lie above arrived by a rounding.
        var before = Math.Min(Math.Max(At(planned, queue, intervals.At(0)), Due(queue, intervals.At(0))), Arrived(0));
        double[] due = [.. Enumerable.Range(1, count).Select(b => Math.Max(0, Due(queue, intervals.At(b)) - before))];
        double[] arrived = [.. Enumerable.Range(1, count).Select(b => Arrived(b) - before)];
        due[^1] = Math.Max(due[^1], Math.Min(At(planned, queue, intervals.At(count)) - before, arrived[^1]));
        var patience = Duration.Min(LongestLateness, queue.Turnaround);
        return new DeadlineDemand(queue.Queue, due, arrived, GroupDemand.Priority([queue.Priority]))
        {
            GiveUpAfter = Duration.FromMinutes(Math.Round(patience.TotalMinutes)),
            LateCost = RosterObjective.Default.UndoneCost / patience.TotalHours,
        };

        double Arrived(int boundary) => At(queue.Curve.ArrivedHours!, queue, intervals.At(boundary));
    }

    /// <summary>Cumulative hours at work of the requirement's plan, its margin for chance included as in the band, by the end of each of its
    /// intervals.</summary>
    private static double[] Planned(QueueRequirement queue)
    {
        var (steps, total) = (queue.Curve.Waterfall, 0.0);
        return
        [
            .. Enumerable.Range(0, queue.Count).Select(i =>
                total += (steps.Workload[i] + steps.DeferralMargin[i] + steps.QueueingMargin[i]) * queue.Interval.TotalHours),
        ];
    }

    /// <summary>Deadlines inside an interval of a requirement count at its end.</summary>
    private static double Due(QueueRequirement queue, Instant at) => (int)queue.Position(at) is var whole and > 0 ? queue.Curve.DueHours![whole - 1] : 0;

    /// <summary>Work flows evenly within an interval of a requirement.</summary>
    private static double At(double[] cumulative, QueueRequirement queue, Instant at)
    {
        var position = queue.Position(at);
        var whole = (int)position;
        var done = whole == 0 ? 0 : cumulative[whole - 1];
        return whole == cumulative.Length ? done : done + ((position - whole) * (cumulative[whole] - done));
    }

    /// <summary>Time at work ÷ scheduled time where one of the queues is open; where the plan has nobody, that of the plan on average.</summary>
    private static double[] Productive(QueueRequirement[] queues, DemandIntervals intervals)
    {
        var (working, heads, open) = (new double[intervals.Count], new double[intervals.Count], new bool[intervals.Count]);
        foreach (var queue in queues)
        {
            for (var i = 0; i < intervals.Count; i++)
            {
                var at = (int)queue.Position(intervals.At(i));
                open[i] |= queue.Open is null ? intervals.Open[i] : at < queue.Count && queue.Open[at];
                if (at >= queue.Count) continue;
                heads[i] += queue.Curve.Heads[at];
                working[i] += queue.Curve.Heads[at] - queue.Curve.Waterfall.ShrinkageMargin[at];
            }
        }

        var mean = heads.Sum() > 0 ? working.Sum() / heads.Sum() : 1;
        return [.. open.Select((isOpen, i) => !isOpen ? 0 : heads[i] > 0 ? Math.Clamp(working[i] / heads[i], 0, 1) : mean)];
    }
}
