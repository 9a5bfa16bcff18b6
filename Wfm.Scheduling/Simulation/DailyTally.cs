namespace Wfm.Scheduling.Simulation;

/// <summary>Contacts by queue and day of arrival: how many came, from their stream again, and how many were served in time, from the trace.</summary>
internal sealed class DailyTally
{
    private readonly ServiceScenario _scenario;
    private readonly double[] _days;
    private readonly SimulationOptions _options;
    private readonly List<long[,]> _offered = []; // per replication [queue, day]
    private readonly List<long[,]> _inTime = [];

    public DailyTally(ServiceScenario scenario, double[] days, SimulationOptions options) => (_scenario, _days, _options) = (scenario, days, options);

    public void Add(CompiledScenario compiled, SimulationTrace trace, int seed, int replication)
    {
        var (offered, inTime) = (new long[compiled.Queues, _days.Length], new long[compiled.Queues, _days.Length]);
        for (var q = 0; q < compiled.Queues; q++)
        {
            var stream = compiled.Streams[q];
            for (stream.Restart(seed, replication, compiled.StreamNumber[q]); stream.Time < compiled.Horizon;)
            {
                var contact = stream.Take();
                if (contact.Arrival >= compiled.WarmUp && (!compiled.IsDeferrable[q] || contact.Limit <= compiled.Horizon))
                    offered[q, DayOf(contact.Arrival)]++;
            }
        }
        foreach (var served in trace.Contacts)
        {
            if (served.Arrival < compiled.WarmUp || served.Arrival < 0 || !InTime(compiled, served)) continue;
            inTime[served.Queue, DayOf(served.Arrival)]++;
        }
        _offered.Add(offered);
        _inTime.Add(inTime);
    }

    public IReadOnlyList<IReadOnlyList<DayService>> Report() =>
        [
            .. Enumerable.Range(0, _scenario.Queues.Count)
                .Select(q => (IReadOnlyList<DayService>)[.. Enumerable.Range(0, _days.Length).Select(d => Describe(q, d))]),
        ];

    private static bool InTime(CompiledScenario compiled, in SimulationTrace.Served served)
    {
        if (!compiled.IsDeferrable[served.Queue])
            return compiled.HasThreshold[served.Queue] && served.Start - served.Arrival <= compiled.Threshold[served.Queue];
        var due = compiled.Streams[served.Queue].DueOf(served.Arrival);
        return due <= compiled.Horizon && served.Deed <= due;
    }

    private int DayOf(double time) => Array.BinarySearch(_days, time) is var at && at >= 0 ? at : ~at - 1;

    private DayService Describe(int q, int d)
    {
        var queue = _scenario.Queues[q];
        var promised = queue.Immediate is { Threshold: null } ? null : queue.JudgedShare;
        var offered = Estimates.Mean(_offered.Select(o => (double)o[q, d]), _options.Confidence);
        double[] shares = [.. _offered.Zip(_inTime).Where(p => p.First[q, d] > 0).Select(p => (double)p.Second[q, d] / p.First[q, d])];
        return promised is not { } share || shares.Length == 0 ? new DayService(offered, InTime: null, ProbabilityMet: null)
            : new DayService(offered, Estimates.Mean(shares, _options.Confidence), shares.Average(s => s >= share ? 1.0 : 0));
    }
}
