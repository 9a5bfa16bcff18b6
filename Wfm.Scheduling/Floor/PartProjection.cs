using Wfm.Scheduling.Simulation;

namespace Wfm.Scheduling.Floor;

/// <summary>Queues that share nobody with the others, projected: what happened to each in each replication.</summary>
/// <param name="Part">Queues and people.</param>
/// <param name="Tallies">[replication][queue of the part].</param>
/// <param name="Stop">Why no more replications were made.</param>
/// <param name="Contacts">Contacts simulated.</param>
internal sealed record PartProjection(WorkPart Part, IReadOnlyList<ServiceTally[]> Tallies, ProjectionStop Stop, long Contacts)
{
    /// <summary>Projects a part.</summary>
    /// <param name="work">All of the work.</param>
    /// <param name="replications">How often; null for as often as the rule says.</param>
    /// <param name="budget">Contacts that may be simulated.</param>
    public static PartProjection Of(
        FloorWork work, WorkPart part, ProjectionRule rule, int? replications, double budget, CancellationToken cancellationToken)
    {
        var people = new FloorPeople(work, part.People, rule.Seed);
        var scenario = part.Work.With(part.People)(0);
        var run = new ServiceRun(new CompiledScenario(scenario, 0) { RiskFrom = work.Now.TotalSeconds }, trace: null);
        var tallies = new List<ServiceTally[]>();
        var most = replications ?? MostOf(part, rule, budget);
        for (var r = 0; r < most; r++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            run.Staff(people.Of(r));
            run.Replicate(rule.Seed, r);
            tallies.Add([.. run.Tallies]);
            if (replications is null && r + 1 >= rule.Fewest && (r + 1 - rule.Fewest) % rule.Batch == 0 && IsNarrow(work, part, tallies, rule))
                return new PartProjection(part, tallies, ProjectionStop.Narrow, run.Contacts);
        }

        return new PartProjection(part, tallies, ProjectionStop.Limit, run.Contacts);
    }

    /// <summary>Figures of a queue of the part.</summary>
    /// <param name="k">Its place in the part.</param>
    public QueueProjection Describe(FloorWork work, int k, ProjectionRule rule)
    {
        var counted = work.Queues[Part.Queues[k]].Counted;
        var queue = Part.Work.Queues[k];
        ServiceTally[] mine = [.. Tallies.Select(t => t[k])];
        double[] shares = [.. mine.Select(t => DayShare.Of(queue, t, counted)).OfType<double>().Order()];
        var met = mine.Count(t => DayShare.Meets(queue, t, counted));
        var (low, high) = Wilson(met, mine.Length, rule.Confidence);
        double[] risks = [.. mine.Select(t => t.FirstRisk).Where(double.IsFinite).Order()];
        double[] left = [.. mine.Where(t => t.Left > 0).Select(t => t.OldestAge)];
        return new QueueProjection(
            queue.Name, mine.Length, Stop, shares.Length == 0 ? null : Estimates.Mean(shares, rule.Confidence), At(shares, 0.1), At(shares, 0.5),
            At(shares, 0.9), (double)met / mine.Length, low, high,
            risks.Length == 0 ? null
                : new ClockRisk((double)risks.Length / mine.Length, ClockRisk.Moment(risks[0]), ClockRisk.Moment(risks[(risks.Length - 1) / 2])),
            Mean(t => t.Breaches), Mean(t => t.Abandoned), Mean(t => t.Left), left.Length == 0 ? null : Estimates.Mean(left, rule.Confidence));

        Estimate Mean(Func<ServiceTally, long> figure) => Estimates.Mean(mine.Select(t => (double)figure(t)), rule.Confidence);
    }

    /// <summary>As many as the limit pays for, at least two: intervals need them.</summary>
    private static int MostOf(WorkPart part, ProjectionRule rule, double budget)
    {
        var contacts = ContactsOf(part);
        return contacts > 0 ? (int)Math.Clamp(budget / contacts, 2, rule.Most) : rule.Most;
    }

    /// <summary>Contacts of a replication, as the first path has them.</summary>
    internal static double ContactsOf(WorkPart part) => part.Work.Queues.Sum(q => q.VolumePaths[0].Sum() + q.OpeningBacklog.Sum(b => (double)b.Contacts));

    private static bool IsNarrow(FloorWork work, WorkPart part, List<ServiceTally[]> tallies, ProjectionRule rule)
    {
        for (var k = 0; k < part.Queues.Count; k++)
        {
            var (queue, counted) = (part.Work.Queues[k], work.Queues[part.Queues[k]].Counted);
            double[] shares = [.. tallies.Select(t => DayShare.Of(queue, t[k], counted)).OfType<double>()];
            if (shares.Length > 0 && !(Estimates.Mean(shares, rule.Confidence).HalfWidth <= rule.ServiceHalfWidth)) return false;
            var (low, high) = Wilson(tallies.Count(t => DayShare.Meets(queue, t[k], counted)), tallies.Count, rule.Confidence);
            if ((high - low) / 2 > rule.ProbabilityHalfWidth) return false;
        }

        return true;
    }

    /// <summary>The order statistic of which a fraction of the values stay at or below.</summary>
    private static double? At(double[] sorted, double level) =>
        sorted.Length == 0 ? null : sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * level) - 1, 0, sorted.Length - 1)];

    /// <summary>Interval of a probability that stays within [0, 1], also where it was never or always so.</summary>
    /// <remarks>Source: E. B. Wilson, “Probable inference, the law of succession, and statistical inference”, <i>JASA</i> 22 (1927).</remarks>
    internal static (double Low, double High) Wilson(int successes, int trials, double confidence)
    {
        var z = StudentT.Normal(confidence);
        var (n, p) = ((double)trials, (double)successes / trials);
        var centre = (p + (z * z / (2 * n))) / (1 + (z * z / n));
        var half = z / (1 + (z * z / n)) * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n)));
        return (successes == 0 ? 0 : Math.Max(0, centre - half), successes == trials ? 1 : Math.Min(1, centre + half)); // exact at the ends
    }
}
