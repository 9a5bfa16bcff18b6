namespace Wfm.Scheduling.Staffing.Pooling;

/// <summary>The load of each queue of a group on every path, over the time in which it can be evened out, and its quantile for queues together.</summary>
/// <remarks>
/// Live work must be answered in its interval, so its load is that of the interval. Deferrable work is evened out over its turnaround, so what counts is the
/// sum over so long: on each path the mean of the interval times how much more than usual comes within one turnaround. The quantile of a set of queues is
/// that of their sum on the same path: what is rare in one queue is rarer in all at once, and the 80 % of queues are not added up. Deferrable queues split it
/// as their own quantiles are; live ones, of which each may need nobody on most paths and all together somebody, by their means and standard deviations.
/// </remarks>
internal sealed class GroupLoads
{
    private readonly double[][][] _arriving; // [queue][path][interval], in agents
    private readonly double[][][] _staffed;
    private readonly bool[] _isLive;

    public GroupLoads(IReadOnlyList<GroupedQueue> queues, CancellationToken cancellationToken)
    {
        (_arriving, _staffed) = (new double[queues.Count][][], new double[queues.Count][][]);
        _isLive = [.. queues.Select(q => q.Live is not null)];
        for (var q = 0; q < queues.Count; q++)
        {
            if (queues[q].Live is { } live) OfLive(live, q, cancellationToken);
            else OfDeferrable(queues[q].Deferrable!, q, cancellationToken);
        }
    }

    /// <summary>Load per queue of a set in an interval at a level.</summary>
    /// <param name="set">Queues that are taken together, all of them live or all deferrable.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="level">Share of the paths on which the sum is no more.</param>
    /// <param name="arriving">Arriving load per queue of the set.</param>
    /// <param name="staffed">Load to staff for per queue of the set.</param>
    public void At(ReadOnlySpan<int> set, int interval, double level, Span<double> arriving, Span<double> staffed)
    {
        Split(_arriving, set, interval, level, arriving);
        Split(_staffed, set, interval, level, staffed);
    }

    private void Split(double[][][] loads, ReadOnlySpan<int> set, int interval, double level, Span<double> into)
    {
        var paths = loads[set[0]].Length;
        var (sum, own, apart, live) = (new double[paths], new double[paths], 0.0, _isLive[set[0]]);
        for (var s = 0; s < set.Length; s++)
        {
            for (var p = 0; p < paths; p++) sum[p] += own[p] = loads[set[s]][p][interval];
            apart += into[s] = live ? Share(own) : PathQuantile.Of(own, level);
        }
        if (apart == 0) return;
        var together = PathQuantile.Of(sum, level) / apart;
        if (!live) together = Math.Min(1, together);
        for (var s = 0; s < set.Length; s++) into[s] *= together;
    }

    /// <summary>What a thin queue counts for: its own quantile may be nothing where that of the sum is not.</summary>
    private static double Share(double[] own)
    {
        var (mean, square) = (own.Average(), own.Average(load => load * load));
        return mean + Math.Sqrt(Math.Max(0, square - mean * mean));
    }

    private void OfLive(ImmediateWork work, int q, CancellationToken cancellationToken)
    {
        var (loads, slots) = (work.Loads(cancellationToken), work.Concurrency);
        _arriving[q] = [.. loads.Arriving.Select(path => PerAgent(path))];
        _staffed[q] = [.. loads.Staffed.Select(path => PerAgent(path))];

        double[] PerAgent(double[] load) => [.. load.Select((x, i) => work.Open[i] ? x / slots : 0)];
    }

    private void OfDeferrable(DeferrableWork work, int q, CancellationToken cancellationToken)
    {
        var spread = new LoadSpread(HandleTime.Exponential, work.Interval.TotalSeconds);
        var paths = work.VolumePaths.Length;
        var (arriving, inHand) = (new double[paths][], new double[paths][]);
        for (var p = 0; p < paths; p++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (volume, aht) = (work.VolumePaths[p], work.AhtPaths?[p] ?? work.AhtSeconds);
            arriving[p] = [.. volume.Select((v, i) => v * aht[i] / work.Interval.TotalSeconds)];
            inHand[p] = InHand(spread.Of(volume, aht, work.Open, ChatConcurrency.None, $"{nameof(work.VolumePaths)}[{p}]").Mean, arriving[p], work.Open);
        }
        var window = (int)Math.Clamp(Math.Round(work.Goal.Turnaround / work.Interval), 1, work.Open.Length);
        (_arriving[q], _staffed[q]) = (Evened(arriving, window), Evened(inHand, window));
    }

    /// <summary>Work in hand where it is done: what is left at closing is finished before, and what comes while closed waits where it came.</summary>
    private static double[] InHand(double[] mean, double[] arriving, bool[] open)
    {
        var (result, last) = (new double[mean.Length], -1);
        for (var i = 0; i < mean.Length; i++)
        {
            if (open[i]) last = i;
            else result[i] = arriving[i];
            if (last >= 0) result[last] += mean[i];
        }
        return result;
    }

    /// <summary>The mean of each interval, times the work of a turnaround from there on a path ÷ its mean.</summary>
    private static double[][] Evened(double[][] loads, int window)
    {
        var intervals = loads[0].Length;
        double[] mean = [.. Enumerable.Range(0, intervals).Select(i => loads.Average(path => path[i]))];
        if (window == 1) return loads;
        var usual = Windows(mean, window);
        return [.. loads.Select(path =>
        {
            var sums = Windows(path, window);
            return mean.Select((m, i) => usual[i] > 0 ? m * sums[i] / usual[i] : 0).ToArray();
        })];
    }

    /// <summary>Sums over the window that starts at each interval, at the end over the last whole one.</summary>
    private static double[] Windows(double[] values, int window)
    {
        var total = DeadlineTotals(values);
        return [.. values.Select((_, i) => Math.Min(i, values.Length - window) is var from ? total[from + window] - total[from] : 0)];
    }

    private static double[] DeadlineTotals(double[] values)
    {
        var total = new double[values.Length + 1];
        for (var i = 0; i < values.Length; i++) total[i + 1] = total[i] + values[i];
        return total;
    }
}
