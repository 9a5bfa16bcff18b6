using NodaTime;
using Wfm.Scheduling.Floor;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Simulation;

namespace Wfm.Scheduling.Crises;

/// <summary>The work of several hubs put to their people at once: what each queue ends with, and which clocks run out.</summary>
/// <remarks>
/// Work of a shared group is done by whoever has the skill, at any of the hubs; all other work by the people of its own hub. Two sets of rosters meet the same
/// contacts and the same absences (<see cref="Projection"/>), so that they differ by what they do and not by chance. Hubs lose time in different shares; what
/// is simulated is their mean by people.
/// </remarks>
public sealed class JointFloor
{
    private readonly IReadOnlyList<HubFloor> _hubs;
    private readonly IReadOnlySet<string> _shared;
    private readonly Instant _start;
    private readonly FloorWork _work;
    private readonly ProjectionRule _rule;

    /// <summary>Puts the work of hubs together.</summary>
    /// <param name="hubs">At least one queue in all; codes unique.</param>
    /// <param name="shared">Groups whose work any of the hubs may do.</param>
    /// <param name="start">Start of the first interval.</param>
    /// <param name="interval">Elapsed length of an interval, more than zero.</param>
    /// <param name="now">Within the intervals: shifts that have begun by then are not missed, deadlines from then on are at risk.</param>
    /// <param name="rule">Seed, and when it is enough.</param>
    /// <exception cref="ArgumentException">No queue, or a value outside its range.</exception>
    /// <exception cref="SchedulingDataException">A hub is told twice.</exception>
    public JointFloor(
        IReadOnlyList<HubFloor> hubs, IReadOnlySet<string> shared, Instant start, Duration interval, Instant now, ProjectionRule rule)
    {
        Guard.Unique(hubs, h => h.Code, "joint floor", nameof(hubs));
        ArgumentNullException.ThrowIfNull(shared);
        ArgumentNullException.ThrowIfNull(rule);
        (_hubs, _shared, _start, _rule) = (hubs, shared, start, rule);
        var people = Math.Max(1, hubs.Sum(h => h.Skills.Count));
        _work = new FloorWork(
            [.. hubs.SelectMany(h => h.Queues.Select(q => q with { Group = Key(h.Code, q.Group) }))],
            interval, now - start, hubs.Sum(h => h.Unplanned * h.Skills.Count) / people, hubs.Sum(h => h.Planned * h.Skills.Count) / people);
    }

    /// <summary>Start of the first interval.</summary>
    public Instant Start => _start;

    /// <summary>What the queues end with, hub by hub in the order given.</summary>
    /// <param name="shifts">Shifts of each hub, in the order of the hubs.</param>
    /// <param name="cancellationToken">Stops between replications.</param>
    public Projection Project(IReadOnlyList<IReadOnlyList<RosterShift>> shifts, CancellationToken cancellationToken = default) =>
        Projection.Of(_work, People(shifts), _rule, cancellationToken);

    /// <summary>The same work and chance with other rosters.</summary>
    /// <param name="before">What it is compared with.</param>
    /// <param name="shifts">Shifts of each hub, in the order of the hubs.</param>
    /// <param name="cancellationToken">Stops between replications.</param>
    public Projection Project(Projection before, IReadOnlyList<IReadOnlyList<RosterShift>> shifts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(before);
        return before.With(People(shifts), cancellationToken);
    }

    private List<RosteredPerson> People(IReadOnlyList<IReadOnlyList<RosterShift>> shifts)
    {
        ArgumentNullException.ThrowIfNull(shifts);
        if (shifts.Count != _hubs.Count)
            throw new ArgumentException($"There are rosters of {shifts.Count} hubs, {_hubs.Count} hubs are simulated.", nameof(shifts));
        return
        [
            .. _hubs.Zip(shifts).SelectMany(h => RosteredPerson.Of(h.Second, h.First.Skills, _start, allSkills: false)
                .Select(p => p with { Skills = [.. p.Skills.Select(s => new Problem.AgentSkill(Key(h.First.Code, s.Group), s.Proficiency))] })),
        ];
    }

    private string Key(string hub, string group) => _shared.Contains(group) ? group : $"{hub}/{group}";
}
