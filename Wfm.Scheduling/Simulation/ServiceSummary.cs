using NodaTime;

namespace Wfm.Scheduling.Simulation;

/// <summary>Tallies of the replications, and what they add up to.</summary>
internal sealed class ServiceSummary(IReadOnlyList<SimulatedQueue> queues, SimulationOptions options)
{
    private readonly List<ServiceTally[]> _queues = [];
    private readonly List<ServiceTally> _totals = [];
    private readonly List<double> _overtimeHours = [];

    /// <summary>Adds a replication.</summary>
    /// <param name="tallies">Per queue.</param>
    /// <param name="overtimeHours">Past the ends of shifts.</param>
    /// <param name="busySeconds">Of everybody.</param>
    /// <param name="dutySeconds">Of everybody.</param>
    public void Add(IEnumerable<ServiceTally> tallies, double overtimeHours, double busySeconds, double dutySeconds)
    {
        ServiceTally[] mine = [.. tallies];
        _queues.Add(mine);
        _overtimeHours.Add(overtimeHours);
        var total = ServiceTally.Empty;
        foreach (var tally in mine) AddTo(ref total, tally);
        (total.BusySeconds, total.DutySeconds) = (busySeconds, dutySeconds);
        _totals.Add(total);
    }

    public ServiceReport Report(long contacts)
    {
        var all = Enumerable.Range(0, queues.Count).ToArray();
        var entries = all.Select(q => Describe(queues[q].Name, [.. _queues.Select(t => t[q])], [q])).ToArray();
        return new ServiceReport(
            options.Seed, options.Replications, options.Confidence, Describe("all", _totals, all), entries, Estimated(_overtimeHours), contacts);
    }

    /// <summary>[queue][replication]: share in time, NaN where no contact counts.</summary>
    public IReadOnlyList<double[]> Shares() =>
    [
        .. queues.Select((queue, q) => _queues.Select(run => queue.Deferrable is null
                ? (double)run[q].AnsweredInTime / run[q].Offered
                : (double)run[q].DoneInTime / run[q].Done).ToArray()),
    ];

    private QueueService Describe(string name, IReadOnlyList<ServiceTally> tallies, int[] chosen)
    {
        var first = tallies.Min(t => t.FirstBreach);
        return new QueueService(
            name,
            Estimated(tallies.Select(t => (double)t.Offered)),
            Estimated(tallies.Select(t => (double)t.Opening)),
            Estimated(tallies.Select(t => (double)t.Answered)),
            Estimated(tallies.Select(t => (double)t.AnsweredInTime)),
            Estimated(tallies.Select(t => (double)t.Abandoned)),
            Estimated(tallies.Select(t => (double)t.Left)),
            Share(chosen, q => q.Immediate?.Threshold is not null, t => t.AnsweredInTime, t => t.Offered),
            Share(chosen, q => q.Immediate is not null, t => t.WaitSeconds, t => t.Answered),
            Share(chosen, q => q.Immediate is not null, t => t.Abandoned, t => t.Offered),
            EstimatedWhere(tallies, t => t.DutySeconds > 0, t => t.BusySeconds / t.DutySeconds),
            Share(chosen, q => q.Deferrable is not null, t => t.DoneInTime, t => t.Done),
            Estimated(tallies.Select(t => (double)t.Breaches)),
            tallies.Average(t => t.Breaches > 0 ? 1.0 : 0),
            double.IsFinite(first) ? Duration.FromSeconds(first) : null,
            EstimatedWhere(tallies, t => t.Left > 0, t => t.OldestAge),
            _queues.Average(run => chosen.All(q => Meets(queues[q], run[q])) ? 1.0 : 0));
    }

    /// <summary>A ratio of sums over those of the queues to which it applies.</summary>
    private Estimate? Share(int[] among, Func<SimulatedQueue, bool> applies, Func<ServiceTally, double> part, Func<ServiceTally, double> whole)
    {
        var chosen = among.Where(q => applies(queues[q])).ToArray();
        return EstimatedWhere(_queues, run => chosen.Sum(q => whole(run[q])) > 0, run => chosen.Sum(q => part(run[q])) / chosen.Sum(q => whole(run[q])));
    }

    private Estimate? EstimatedWhere<T>(IEnumerable<T> runs, Func<T, bool> exists, Func<T, double> value)
    {
        double[] values = [.. runs.Where(exists).Select(value)];
        return values.Length == 0 ? null : Estimated(values);
    }

    private Estimate Estimated(IEnumerable<double> values) => Estimates.Mean(values, options.Confidence);

    /// <summary>Whether every target of the queue's goal is met.</summary>
    internal static bool Meets(SimulatedQueue queue, ServiceTally t)
    {
        if (queue.Deferrable is { } promise)
            return t.DoneInTime >= promise.JudgedFraction * t.Done && (t.Breaches == 0 || promise.Fraction == 1 || !promise.LatestIsPromised);
        var goal = queue.Immediate!;
        return !(t.AnsweredInTime < goal.ServiceLevel * t.Offered) && !(t.WaitSeconds > goal.MaximumAsa?.TotalSeconds * t.Answered)
            && !(t.Abandoned > goal.MaximumAbandonment * t.Offered) && !(t.BusySeconds > goal.MaximumOccupancy * t.DutySeconds);
    }

    private static void AddTo(ref ServiceTally total, ServiceTally tally)
    {
        total.Offered += tally.Offered;
        total.Opening += tally.Opening;
        total.Answered += tally.Answered;
        total.AnsweredInTime += tally.AnsweredInTime;
        total.Abandoned += tally.Abandoned;
        total.Left += tally.Left;
        total.Breaches += tally.Breaches;
        total.FirstBreach = Math.Min(total.FirstBreach, tally.FirstBreach);
        total.OldestAge = Math.Max(total.OldestAge, tally.OldestAge);
    }
}
