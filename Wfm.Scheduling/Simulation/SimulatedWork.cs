using NodaTime;

namespace Wfm.Scheduling.Simulation;

/// <summary>The work of a hub without its people: what arrives, and how people go missing. Any roster can be put to it.</summary>
/// <param name="Queues">The queues, with the paths on which their volumes run.</param>
/// <param name="Groups">Skill group of each queue.</param>
/// <param name="Interval">Length of an interval.</param>
/// <param name="Absences">How people go missing; <see langword="null"/> when they never do.</param>
public sealed record SimulatedWork(IReadOnlyList<SimulatedQueue> Queues, IReadOnlyList<string> Groups, Duration Interval, Absences? Absences)
{
    /// <summary>The scenario of each replication when these people meet the work.</summary>
    /// <param name="people">Who serves what when; without any, nobody serves.</param>
    /// <exception cref="ArgumentNullException">There is no list, or a person of it is null.</exception>
    /// <remarks>Absences follow the name and not the place in the list: whoever else comes or goes, a person is missing in the same replications, and
    /// rosters compare on equal terms.</remarks>
    public Func<int, ServiceScenario> With(IReadOnlyList<RosteredPerson> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        for (var i = 0; i < people.Count; i++) ArgumentNullException.ThrowIfNull(people[i], $"{nameof(people)}[{i}]");
        var streams = people.Select(p => Stream(p.Person)).ToArray();
        return replication => new ServiceScenario(
            Queues,
            people.Count == 0
                ? [new SimulatedAgent("nobody", [], [])]
                : [.. people.Select((p, a) => p.In(Groups, Absences is null ? null : p.Of(Absences.Apply(replication, streams[a], p.Shifts ?? p.Periods))))],
            Interval);
    }

    /// <summary>FNV-1a; string hashes of the runtime differ from run to run.</summary>
    internal static int Stream(string name)
    {
        var hash = 2_166_136_261u;
        foreach (var letter in name) hash = (hash ^ letter) * 16_777_619u;
        return (int)(hash & int.MaxValue);
    }
}
