using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Simulation;

/// <summary>Somebody of a roster as the simulator sees them: the groups they serve, and when.</summary>
/// <param name="Name">Shown in traces.</param>
/// <param name="Skills">Groups served, with the speed in each.</param>
/// <param name="Periods">When, from the start of the horizon.</param>
public sealed record RosteredPerson(string Name, IReadOnlyList<Problem.AgentSkill> Skills, IReadOnlyList<WorkingPeriod> Periods)
{
    /// <summary>Who it is: whoever is told once a group, because a shift serves several, is missing in all of them at once.</summary>
    internal string Person { get; private init; } = Name;

    /// <summary>The whole shifts, whatever they serve; <see langword="null"/> when they are the periods.</summary>
    internal IReadOnlyList<WorkingPeriod>? Shifts { get; private init; }

    /// <summary>The people of a roster, in order of their ids.</summary>
    /// <param name="shifts">Shifts of the period, and those before it that reach into it.</param>
    /// <param name="skills">Groups that each agent works, without those opted out of; an agent that is missing works none.</param>
    /// <param name="origin">Start of the horizon; shifts that end before it are left out.</param>
    /// <param name="allSkills">False: a person serves the group each stretch of work is planned for, and is told once a group. True: all their skills.</param>
    public static IReadOnlyList<RosteredPerson> Of(
        IEnumerable<RosterShift> shifts, IReadOnlyDictionary<string, IReadOnlyList<Problem.AgentSkill>> skills, Instant origin, bool allSkills)
    {
        ArgumentNullException.ThrowIfNull(shifts);
        ArgumentNullException.ThrowIfNull(skills);
        var people = new List<RosteredPerson>();
        foreach (var mine in shifts.GroupBy(s => s.AgentId).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var known = skills.GetValueOrDefault(mine.Key) ?? [];
            if (allSkills)
            {
                people.Add(new RosteredPerson(mine.Key, known, Worked(mine, origin, group => group is not null)));
                continue;
            }

            var isSegmented = mine.Any(s => s.Activities.Select(a => a.Group).OfType<string>().Distinct().Skip(1).Any());
            var whole = isSegmented ? Worked(mine, origin, group => group is not null) : null;
            foreach (var group in mine.SelectMany(s => s.Activities).Select(a => a.Group).OfType<string>().Distinct().Order(StringComparer.Ordinal))
            {
                var name = $"{mine.Key} {group}";
                people.Add(new RosteredPerson(name, [.. known.Where(s => s.Group == group)], Worked(mine, origin, g => g == group))
                {
                    Person = isSegmented ? mine.Key : name,
                    Shifts = whole,
                });
            }
        }

        return people;
    }

    /// <summary>The person in a scenario.</summary>
    /// <param name="groups">Group of each queue of the scenario.</param>
    /// <param name="periods">When they are there after all; <see langword="null"/> for as rostered.</param>
    public SimulatedAgent In(IReadOnlyList<string> groups, IReadOnlyList<WorkingPeriod>? periods = null)
    {
        ArgumentNullException.ThrowIfNull(groups);
        for (var i = 0; i < groups.Count; i++)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(groups[i], $"{nameof(groups)}[{i}]");
        }

        return new SimulatedAgent(
            Name,
            [.. Skills.SelectMany(s => groups.Index().Where(g => g.Item == s.Group).Select(g => new AgentSkill(g.Index, s.Proficiency)))],
            periods ?? Periods);
    }

    /// <summary>The periods of which nothing is missed.</summary>
    /// <param name="present">What is worked of the whole shifts after all.</param>
    internal IReadOnlyList<WorkingPeriod> Of(IReadOnlyList<WorkingPeriod> present)
    {
        if (Shifts is null) return present;
        var periods = new List<WorkingPeriod>();
        foreach (var period in Periods)
        {
            if (present.FirstOrDefault(p => p.Start <= period.Start && period.End <= p.End) is not { } shift) continue;
            var (breaks, until) = (new List<Stretch>(), period.Start);
            foreach (var (start, end) in period.Breaks.Concat(shift.Breaks).OrderBy(b => b.Start))
            {
                var (from, to) = (Duration.Max(until, start), Duration.Min(period.End, end));
                if (from >= to) continue;
                breaks.Add(new Stretch(from, to));
                until = to;
            }

            periods.Add(period with { Breaks = breaks });
        }

        return periods;
    }

    /// <summary>From the first to the last stretch on the work; what lies between and is other is a break.</summary>
    private static List<WorkingPeriod> Worked(IEnumerable<RosterShift> shifts, Instant origin, Func<string?, bool> isWork)
    {
        var periods = new List<WorkingPeriod>();
        foreach (var shift in shifts.OrderBy(s => s.Start))
        {
            var work = shift.Activities.Where(a => isWork(a.Group)).OrderBy(a => a.Start).ToList();
            if (work.Count == 0 || work[^1].End <= origin) continue;
            var breaks = work.Zip(work.Skip(1))
                .Where(p => p.Second.Start > p.First.End)
                .Select(p => new Stretch(p.First.End - origin, p.Second.Start - origin));
            periods.Add(new WorkingPeriod(work[0].Start - origin, work[^1].End - origin, [.. breaks]));
        }

        return periods;
    }
}
