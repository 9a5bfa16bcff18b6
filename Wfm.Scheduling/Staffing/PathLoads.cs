namespace Wfm.Scheduling.Staffing;

/// <summary>The load of immediate work on every path, in erlangs of slots, [path][interval].</summary>
internal sealed class PathLoads
{
    public PathLoads(ImmediateWork work, CancellationToken cancellationToken)
    {
        var spread = new LoadSpread(HandleTime.Exponential, work.Interval.TotalSeconds);
        var (paths, intervals) = (work.VolumePaths.Length, work.Open.Length);
        (Arriving, Staffed) = (new double[paths][], new double[paths][]);
        for (var p = 0; p < paths; p++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var load = spread.Of(
                work.VolumePaths[p], work.AhtPaths is { } aht ? aht[p] : work.AhtSeconds, work.Open, work.Chat, $"{nameof(work.VolumePaths)}[{p}]");
            Arriving[p] = load.Arriving;
            Staffed[p] = new double[intervals];
            for (var i = 0; i < intervals; i++) Staffed[p][i] = load.Staffed(i);
        }
    }

    /// <summary>Volume × AHT ÷ interval.</summary>
    public double[][] Arriving { get; }

    /// <summary>The load each interval is staffed for.</summary>
    public double[][] Staffed { get; }
}
