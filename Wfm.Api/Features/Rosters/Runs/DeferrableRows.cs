using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Rosters.Runs;

/// <summary>The deferrable work of a skill group as the band the solver is free in, cut from the stored requirement to the roster's period.</summary>
/// <remarks>
/// What was done before the period is what the requirement's own plan would have done by then, and at the end at least as much is due as that plan
/// has done: so the roster neither inherits nor leaves more than a plan that goes on for ever.
/// </remarks>
internal sealed class DeferrableRows(Hub hub, Instant origin, int intervalMinutes, int count)
{
    private const double LongestLateness = 24; // hours: what is later by more than its turnaround, or by a day, is undone

    /// <summary>The band of a group; null when none of its queues is deferrable.</summary>
    public DeferrableDemand? Of(IEnumerable<SeriesRequirement> group)
    {
        var rows = group.Where(r => r is { DueHours: not null, ArrivedHours: not null, Heads.Length: > 0 })
            .OrderBy(r => Turnaround(r.Series!.Queue!)).ThenBy(r => r.Series!.Queue!.Priority).ThenBy(r => r.Series!.Queue!.Code, StringComparer.Ordinal).ToArray();
        return rows.Length == 0 ? null : new DeferrableDemand([.. rows.Select(Class)], Productive(rows));
    }

    private static double Turnaround(WorkQueue queue) => queue.Goal.TurnaroundMinutes ?? 1440;

    /// <summary>Late work costs its undone price again by the time it is given up, so that a clock of an hour presses more than one of a day.</summary>
    private DeadlineDemand Class(SeriesRequirement row)
    {
        var queue = row.Series!.Queue!;
        var planned = Planned(row);
        var before = Math.Min(Math.Max(At(planned, row, 0), Due(row, 0)), At(row.ArrivedHours!, row, 0)); // due may lie above arrived by a rounding
        double[] due = [.. Enumerable.Range(1, count).Select(b => Math.Max(0, Due(row, b) - before))];
        double[] arrived = [.. Enumerable.Range(1, count).Select(b => At(row.ArrivedHours!, row, b) - before)];
        due[^1] = Math.Max(due[^1], Math.Min(At(planned, row, count) - before, arrived[^1]));
        var patience = Math.Min(LongestLateness, Turnaround(queue) / 60);
        return new DeadlineDemand(queue.Code, due, arrived, RosterProblemBuilder.PriorityOf([queue]))
        {
            GiveUpAfter = Duration.FromMinutes(Math.Round(patience * 60)),
            LateCost = RosterObjective.Default.UndoneCost / patience,
        };
    }

    /// <summary>Cumulative hours the requirement's plan works, by the end of each of its intervals.</summary>
    private static double[] Planned(SeriesRequirement row)
    {
        var total = 0.0;
        return [.. Enumerable.Range(0, row.Heads.Length).Select(i =>
        {
            var step = WaterfallRow.At(row, i);
            return total += (step.Workload + step.Deferral) * row.IntervalMinutes / 60;
        })];
    }

    /// <summary>A boundary of the roster's intervals as a position on the intervals of a row.</summary>
    private double Position(SeriesRequirement row, int boundary) => Math.Clamp(
        (origin + Duration.FromMinutes((long)boundary * intervalMinutes) - row.Start).TotalMinutes / row.IntervalMinutes, 0, row.Heads.Length);

    /// <summary>Deadlines inside an interval of a row count at its end.</summary>
    private double Due(SeriesRequirement row, int boundary) => (int)Position(row, boundary) is var whole and > 0 ? row.DueHours![whole - 1] : 0;

    /// <summary>Work flows evenly within an interval of a row.</summary>
    private double At(double[] cumulative, SeriesRequirement row, int boundary)
    {
        var position = Position(row, boundary);
        var whole = (int)position;
        var done = whole == 0 ? 0 : cumulative[whole - 1];
        return whole == cumulative.Length ? done : done + ((position - whole) * (cumulative[whole] - done));
    }

    /// <summary>Time at work ÷ scheduled time where the hub is open; where the plan has nobody, that of the plan on average.</summary>
    private double[] Productive(SeriesRequirement[] rows)
    {
        var open = OpenWeek.Of(hub.OpeningHours, hub.Zone, origin, intervalMinutes, count);
        var (working, heads) = (new double[count], new double[count]);
        foreach (var row in rows)
        {
            for (var i = 0; i < count; i++)
            {
                var at = (int)Position(row, i);
                if (at >= row.Heads.Length) continue;
                heads[i] += row.Heads[at];
                working[i] += row.Heads[at] - WaterfallRow.At(row, at).Shrinkage;
            }
        }

        var mean = heads.Sum() > 0 ? working.Sum() / heads.Sum() : 1;
        return [.. Enumerable.Range(0, count).Select(i => !open[i] ? 0 : heads[i] > 0 ? Math.Clamp(working[i] / heads[i], 0, 1) : mean)];
    }
}
