using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Proof;

/// <summary>Hours in which a thin queue is left alone for longer than its contacts can wait: whole heads are missing there, however little work
/// it is.</summary>
/// <remarks>
/// A tenth of a head around the clock is nobody for nine hours of ten. Somebody must be there between the last moment at which what came first in the pause
/// can begin and the first at which what comes last in it still may. Where nobody is left alone so long, the same is asked of a second head, who is there
/// when the first is missing.
/// </remarks>
internal static class LoneHours
{
    /// <summary>Mean load in erlangs below which a queue is thin: work that is always there is missed by the hour and not by the pause.</summary>
    private const double Thin = 0.5;

    private const int MostHeads = 2;

    /// <summary>Share of the queue's contacts that make a pause worth a head.</summary>
    private const double Noticeable = 1e-4;

    /// <summary>Heads missing per interval.</summary>
    /// <param name="work">The work.</param>
    /// <param name="q">The queue.</param>
    /// <param name="scheduled">Heads of its group, per interval.</param>
    public static double[] Of(SimulatedWork work, int q, IReadOnlyList<double> scheduled)
    {
        var queue = work.Queues[q];
        var (missing, count) = (new double[scheduled.Count], Math.Min(scheduled.Count, queue.AhtSeconds.Length));
        double[] volume = [.. Enumerable.Range(0, count).Select(i => queue.VolumePaths.Average(p => p[i]))];
        if (queue.Deferrable is not { } goal || volume.Sum() <= 0 || Load(queue, volume, work) > Thin) return missing;
        var start = ServiceDiscipline.LatestStartSeconds(queue.AhtSeconds.Average() * goal.ActionFraction);
        var wait = Math.Max(1, (int)((goal.Turnaround.TotalSeconds - start) / work.Interval.TotalSeconds));
        int[] clock = [.. Enumerable.Range(0, count).Where(i => !goal.ClockStopsWhenClosed || IsOpen(i))];
        for (var heads = 1; heads <= MostHeads; heads++)
        {
            var any = false;
            for (var from = 0; from < clock.Length; from++)
            {
                var to = from;
                while (to < clock.Length && scheduled[clock[to]] < heads - 0.5) to++;
                if (to - from > wait && volume[clock[from]..clock[to - wait]].Sum() > Noticeable * volume.Sum())
                {
                    foreach (var at in clock[Math.Min(to - wait, from + wait)..Math.Min(to, Math.Max(to - wait, from + wait) + 1)].Where(IsOpen))
                    {
                        (missing[at], any) = (heads - scheduled[at], true);
                    }
                }

                from = Math.Max(from, to);
            }

            if (any) break;
        }

        return missing;

        bool IsOpen(int interval) => queue.Open is null || queue.Open[interval];
    }

    private static double Load(SimulatedQueue queue, double[] volume, SimulatedWork work) =>
        volume.Index().Sum(v => v.Item * queue.AhtSeconds[v.Index]) / (volume.Length * work.Interval.TotalSeconds);
}
