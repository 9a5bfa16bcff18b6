using NodaTime;
using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Simulation;

/// <summary>A queue an agent serves.</summary>
/// <param name="Queue">Index of the queue in the scenario.</param>
/// <param name="Speed">Proficiency as a speed: a contact takes AHT ÷ speed. Finite, more than 0; 1 is the average agent.</param>
public readonly record struct AgentSkill(int Queue, double Speed = 1);

/// <summary>A half-open stretch of time, counted from the start of the horizon.</summary>
/// <param name="Start">Start.</param>
/// <param name="End">End, after the start.</param>
public readonly record struct Stretch(Duration Start, Duration End);

/// <summary>A shift as the simulator sees it: a working period with the breaks inside it.</summary>
/// <param name="Start">Start from the start of the horizon; may lie before it.</param>
/// <param name="End">End, after the start.</param>
/// <param name="Breaks">Stretches inside the period in which no contact is taken, in order, not overlapping.</param>
public sealed record WorkingPeriod(Duration Start, Duration End, IReadOnlyList<Stretch> Breaks)
{
    /// <summary>A period without breaks.</summary>
    public WorkingPeriod(Duration start, Duration end)
        : this(start, end, [])
    {
    }
}

/// <summary>An agent with skills and working periods. Checked once.</summary>
public sealed record SimulatedAgent
{
    /// <summary>Checks skills and periods.</summary>
    /// <param name="name">Shown in traces, not empty.</param>
    /// <param name="skills">Queues served, each at most once; none is allowed and makes an agent without work.</param>
    /// <param name="periods">Working periods in order, not overlapping.</param>
    /// <exception cref="ArgumentException">A value outside its range; the parameter's name carries the index, as in <c>periods[1].Breaks[0]</c>.</exception>
    public SimulatedAgent(string name, IReadOnlyList<AgentSkill> skills, IReadOnlyList<WorkingPeriod> periods)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(skills);
        ArgumentNullException.ThrowIfNull(periods);
        CheckSkills(skills);
        for (var i = 0; i < periods.Count; i++)
        {
            CheckPeriod(periods[i], $"{nameof(periods)}[{i}]");
            if (i > 0 && periods[i].Start < periods[i - 1].End)
            {
                throw Guard.OutOfRange(
                    $"{nameof(periods)}[{i}].Start", periods[i].Start, $"it must not be before the end of the period before, {periods[i - 1].End}");
            }
        }
        (Name, Skills, Periods) = (name, skills, periods);
    }

    /// <summary>Shown in traces.</summary>
    public string Name { get; }

    /// <summary>Queues served.</summary>
    public IReadOnlyList<AgentSkill> Skills { get; }

    /// <summary>Working periods in order.</summary>
    public IReadOnlyList<WorkingPeriod> Periods { get; }

    private static void CheckSkills(IReadOnlyList<AgentSkill> skills)
    {
        for (var i = 0; i < skills.Count; i++)
        {
            Guard.AtLeast(skills[i].Queue, 0, $"{nameof(skills)}[{i}].Queue");
            Guard.Positive(skills[i].Speed, $"{nameof(skills)}[{i}].Speed");
            for (var j = 0; j < i; j++)
            {
                if (skills[j].Queue == skills[i].Queue)
                    throw Guard.OutOfRange($"{nameof(skills)}[{i}].Queue", skills[i].Queue, "the agent has this skill already");
            }
        }
    }

    private static void CheckPeriod(WorkingPeriod period, string name)
    {
        ArgumentNullException.ThrowIfNull(period, name);
        ArgumentNullException.ThrowIfNull(period.Breaks, $"{name}.Breaks");
        if (period.End <= period.Start) throw Guard.OutOfRange($"{name}.End", period.End, $"it must be after the start, {period.Start}");
        var free = period.Start;
        for (var b = 0; b < period.Breaks.Count; b++)
        {
            var (start, end) = period.Breaks[b];
            if (start < free) throw Guard.OutOfRange($"{name}.Breaks[{b}].Start", start, $"it must not be before {free}");
            if (end <= start) throw Guard.OutOfRange($"{name}.Breaks[{b}].End", end, $"it must be after the start, {start}");
            if (end > period.End) throw Guard.OutOfRange($"{name}.Breaks[{b}].End", end, $"it must not be after the end of the period, {period.End}");
            free = end;
        }
    }
}
