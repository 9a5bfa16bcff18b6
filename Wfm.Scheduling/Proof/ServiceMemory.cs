using NodaTime;
using Wfm.Scheduling.Simulation;

namespace Wfm.Scheduling.Proof;

/// <summary>Simulates rosters of the same hub one after the other. Most of a roster is that of before: what some people serve and nobody else is simulated
/// once, and told again as long as they work the same hours.</summary>
/// <param name="days">Start of each day, from the start of the horizon.</param>
/// <param name="options">Seed and replications.</param>
internal sealed class ServiceMemory(IReadOnlyList<Duration> days, SimulationOptions options)
{
    private readonly List<Known> _known = [];

    public RosterService Simulate(SimulatedWork work, IReadOnlyList<RosteredPerson> people, CancellationToken cancellationToken) =>
        RosterSimulation.Combine(
            work.Queues, options, [.. WorkPart.Of(work, people).Select(part => (part.Queues, Result(work, part, cancellationToken)))]);

    private SimulatedPart Result(SimulatedWork work, WorkPart part, CancellationToken cancellationToken)
    {
        SimulatedQueue[] queues = [.. part.Queues.Select(q => work.Queues[q])];
        if (_known.FindLast(k => k.IsOf(queues, part.People)) is { } known) return known.Part;
        var made = new Known(queues, part.People, RosterSimulation.Run(part, days, options, progress: null, cancellationToken));
        _known.Add(made);
        return made.Part;
    }

    private sealed record Known(SimulatedQueue[] Queues, IReadOnlyList<RosteredPerson> People, SimulatedPart Part)
    {
        public bool IsOf(SimulatedQueue[] queues, IReadOnlyList<RosteredPerson> people) =>
            Queues.Length == queues.Length && People.Count == people.Count && Queues.Zip(queues).All(p => ReferenceEquals(p.First, p.Second))
            && People.Zip(people).All(p => IsSame(p.First, p.Second));

        private static bool IsSame(RosteredPerson one, RosteredPerson other) =>
            one.Name == other.Name && one.Periods.Count == other.Periods.Count && one.Skills.SequenceEqual(other.Skills)
            && one.Periods.Zip(other.Periods).All(p =>
                p.First.Start == p.Second.Start && p.First.End == p.Second.End && p.First.Breaks.SequenceEqual(p.Second.Breaks));
    }
}
