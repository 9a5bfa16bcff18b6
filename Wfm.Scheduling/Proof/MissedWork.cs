using Wfm.Scheduling.Simulation;

namespace Wfm.Scheduling.Proof;

/// <summary>Work that misses its promise, as heads that would have done it, by interval.</summary>
internal static class MissedWork
{
    /// <summary>Share of the load asked for where a goal names no share in time, such as a mean wait.</summary>
    private const double WithoutShare = 0.05;

    /// <summary>Heads missing to a queue's promise per interval, from a service told by interval and the heads that are there.</summary>
    /// <remarks>
    /// Aimed at is the middle between the promise and all of it, so that a goal is not left on the edge. Work that was to be answered at once is missed
    /// when it came, and where more of it is missed than may be, a whole head is missing, however little work it is: nobody is there by a tenth.
    /// Work that could wait could have been done at any open time up to its deadline, and is spread over it; where there is little of it, hours in which
    /// nobody is there count as whole heads (<see cref="LoneHours"/>).
    /// </remarks>
    /// <param name="scheduled">Heads of the queue's group per interval; empty where nothing is planned for it.</param>
    public static double[] Of(SimulatedWork work, RosterService byInterval, int q, IReadOnlyList<double> scheduled)
    {
        var (queue, days) = (work.Queues[q], byInterval.Days[q]);
        var heads = new double[queue.AhtSeconds.Length];
        var target = queue.JudgedShare is { } judged ? (1 + judged) / 2 : 1;
        for (var i = 0; i < heads.Length; i++)
        {
            var late = queue.JudgedShare is null ? WithoutShare : days[i].InTime is { } share ? Math.Max(0, target - share.Mean) : 0;
            heads[i] = days[i].Offered.Mean * late * queue.AhtSeconds[i] / work.Interval.TotalSeconds;
            if (queue.Deferrable is null && late >= 1 - (queue.JudgedShare ?? 0)) heads[i] = Math.Max(1, heads[i]);
        }

        if (queue.Deferrable is null) return heads;
        var (spread, lone) = (Spread(heads, queue, work), LoneHours.Of(work, q, scheduled));
        for (var i = 0; i < Math.Min(spread.Length, lone.Length); i++) spread[i] = Math.Max(spread[i], lone[i]);
        return spread;
    }

    private static double[] Spread(double[] heads, SimulatedQueue queue, SimulatedWork work)
    {
        var (spread, length) = (new double[heads.Length], Math.Max(1, (int)(queue.Deferrable!.Turnaround / work.Interval)));
        for (var i = 0; i < heads.Length; i++)
        {
            if (heads[i] <= 0) continue;
            var (end, open) = (i, 0);
            for (; end < heads.Length && (queue.Deferrable.ClockStopsWhenClosed ? open < length : end - i < length); end++)
            {
                if (IsOpen(end)) open++;
            }

            for (var at = i; at < end; at++)
            {
                if (open == 0 || IsOpen(at)) spread[at] += heads[i] / (open == 0 ? end - i : open);
            }
        }

        return spread;

        bool IsOpen(int interval) => queue.Open is null || queue.Open[interval];
    }
}
