using System.Runtime.ExceptionServices;
using Wfm.Scheduling.Simulation;

namespace Wfm.Scheduling.Floor;

/// <summary>The rest of a day, simulated contact by contact on many paths: what service it is likely to end with, and which clocks are at risk.</summary>
/// <remarks>
/// Queues that share nobody are simulated one by one, each as often as its own intervals need (<see cref="ProjectionRule"/>); a scenario is compiled once and
/// only who is missing changes with the replication. Contact k of a queue is the same contact in replication r whoever serves it, and a person is away in the
/// same half-hours, so that two rosters differ by what they do and not by chance (common random numbers: A. Law, <i>Simulation Modeling and Analysis</i>,
/// 5th ed., §11.2).
/// </remarks>
public sealed class Projection
{
    private readonly FloorWork _work;
    private readonly ProjectionRule _rule;
    private readonly IReadOnlyList<PartProjection> _parts;

    private Projection(FloorWork work, ProjectionRule rule, IReadOnlyList<PartProjection> parts)
    {
        (_work, _rule, _parts) = (work, rule, parts);
        var queues = new QueueProjection[work.Queues.Count];
        foreach (var part in parts)
        {
            for (var k = 0; k < part.Part.Queues.Count; k++) queues[part.Part.Queues[k]] = part.Describe(work, k, rule);
        }

        Queues = queues;
    }

    /// <summary>In the order of the work.</summary>
    public IReadOnlyList<QueueProjection> Queues { get; }

    /// <summary>Contacts simulated for it, in all replications; those of an earlier projection that were used again are counted again.</summary>
    public long Contacts => _parts.Sum(p => p.Contacts);

    /// <summary>Projects the rest of a day.</summary>
    /// <param name="work">Queues from what is known of them to the end of the day.</param>
    /// <param name="people">Who serves what when; without any, nobody serves.</param>
    /// <param name="rule">Seed, and when it is enough.</param>
    /// <param name="cancellationToken">Stops between replications.</param>
    /// <exception cref="SchedulingDataException">More contacts than can be simulated one by one.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Projection Of(FloorWork work, IReadOnlyList<RosteredPerson> people, ProjectionRule rule, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(rule);
        return Make(work, people, rule, [], cancellationToken);
    }

    /// <summary>The same work, paths and random numbers with other people. Only queues whose people are not the same are simulated again, as often as
    /// before.</summary>
    /// <param name="people">All who serve, those who stay as they were included.</param>
    /// <param name="cancellationToken">Stops between replications.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Projection With(IReadOnlyList<RosteredPerson> people, CancellationToken cancellationToken = default) =>
        Make(_work, people, _rule, _parts, cancellationToken);

    private static Projection Make(
        FloorWork work, IReadOnlyList<RosteredPerson> people, ProjectionRule rule, IReadOnlyList<PartProjection> known, CancellationToken cancellationToken)
    {
        var parts = WorkPart.Of(work.Simulated, people);
        var all = parts.Sum(PartProjection.ContactsOf);
        var projected = new PartProjection[parts.Count];
        OnAll(rule.Threads, parts.Count, i => projected[i] = Project(parts[i]), cancellationToken);
        return new Projection(work, rule, projected);

        PartProjection Project(WorkPart part)
        {
            var same = known.FirstOrDefault(k => k.Part.Queues.SequenceEqual(part.Queues));
            if (same is not null && ArePeople(same.Part.People, part.People)) return same;
            int? before = known.Where(k => k.Part.Queues.Intersect(part.Queues).Any()).Select(k => (int?)k.Tallies.Count).Max();
            var budget = all > 0 ? rule.MaximumContacts * PartProjection.ContactsOf(part) / all : rule.MaximumContacts;
            return PartProjection.Of(work, part, rule, before, budget, cancellationToken);
        }
    }

    private static void OnAll(int threads, int count, Action<int> run, CancellationToken cancellationToken)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, run);
        }
        catch (AggregateException e) when (e.InnerExceptions[0] is SchedulingDataException or OperationCanceledException)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]); // of the caller's data, as it would come from one thread
        }
    }

    private static bool ArePeople(IReadOnlyList<RosteredPerson> one, IReadOnlyList<RosteredPerson> other) =>
        one.Count == other.Count && one.Zip(other).All(p => ReferenceEquals(p.First, p.Second) || IsPerson(p.First, p.Second));

    private static bool IsPerson(RosteredPerson one, RosteredPerson other) =>
        one.Name == other.Name && one.Person == other.Person && one.Skills.SequenceEqual(other.Skills) && ArePeriods(one.Periods, other.Periods)
        && ArePeriods(one.Shifts ?? one.Periods, other.Shifts ?? other.Periods);

    private static bool ArePeriods(IReadOnlyList<WorkingPeriod> one, IReadOnlyList<WorkingPeriod> other) =>
        one.Count == other.Count
        && one.Zip(other).All(p => p.First.Start == p.Second.Start && p.First.End == p.Second.End && p.First.Breaks.SequenceEqual(p.Second.Breaks));
}
