using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>A person to be rostered.</summary>
/// <param name="Id">Unique id; the library never sees a name.</param>
/// <param name="Contract">Hours, days and shifts agreed, until the first of the <see cref="Terms"/>.</param>
/// <param name="Skills">Groups the agent can work, each once.</param>
/// <param name="Availability">Weekly local windows in which a shift must lie whole; empty means always.</param>
/// <param name="TimeOff">Leave and other absences; no shift touches them.</param>
/// <param name="OptOutGroups">Groups the agent does not work in spite of the skill; no reason is stored.</param>
/// <exception cref="SchedulingDataException">An empty id, a skill twice, or an unusable list.</exception>
public sealed record RosterAgent(
    string Id, Contract Contract, IReadOnlyList<AgentSkill> Skills, IReadOnlyList<AvailabilityWindow> Availability,
    IReadOnlyList<TimeOff> TimeOff, IReadOnlyList<string> OptOutGroups)
{
    /// <summary>Unique id.</summary>
    public string Id { get; } = Guard.Text(Id, "agent", nameof(Id));

    /// <summary>Hours, days and shifts agreed.</summary>
    public Contract Contract { get; } = Contract ?? throw new SchedulingDataException($"agent '{Id}': Contract is missing.");

    /// <summary>Groups the agent can work.</summary>
    public IReadOnlyList<AgentSkill> Skills { get; } = Guard.Unique(Skills, s => s.Group, $"agent '{Id}'", nameof(Skills));

    /// <summary>Weekly local windows in which a shift must lie whole.</summary>
    public IReadOnlyList<AvailabilityWindow> Availability { get; } = Guard.List(Availability, $"agent '{Id}'", nameof(Availability));

    /// <summary>Contracts that follow <see cref="Contract"/>, each from its date on, in order of date.</summary>
    public IReadOnlyList<ContractTerm> Terms { get; init => field = Ordered(value, Id); } = [];

    /// <summary>Availability on some dates, instead of the weekly one; of two that cover a date the later in the list counts.</summary>
    public IReadOnlyList<DatedAvailability> DatedAvailability { get; init => field = Guard.List(value, $"agent '{Id}'", nameof(DatedAvailability)); } = [];

    /// <summary>First local date of employment: no shift starts before it; <see langword="null"/> for no such date.</summary>
    public LocalDate? EmployedFrom { get; init; }

    /// <summary>Last local date of employment: no shift starts after it; <see langword="null"/> for no such date.</summary>
    public LocalDate? EmployedTo { get; init; }

    /// <summary>Leave and other absences.</summary>
    public IReadOnlyList<TimeOff> TimeOff
    {
        get;
        init => field = Guard.List(value, $"agent '{Id}'", nameof(TimeOff));
    } = Guard.List(TimeOff, $"agent '{Id}'", nameof(TimeOff));

    /// <summary>Groups the agent does not work in spite of the skill.</summary>
    public IReadOnlyList<string> OptOutGroups { get; } = Guard.List(OptOutGroups, $"agent '{Id}'", nameof(OptOutGroups));

    /// <summary>Wishes; they cost when refused and are never hard.</summary>
    public AgentPreferences Preferences { get; init; } = AgentPreferences.None;

    /// <summary>Night shifts and weekends worked before the period that count in its fairness.</summary>
    public FairnessLedger Ledger { get; init; } = FairnessLedger.Empty;

    /// <summary>The contract in force on a date.</summary>
    /// <param name="date">A local date.</param>
    public Contract ContractOn(LocalDate date) => Terms.LastOrDefault(t => t.From <= date)?.Contract ?? Contract;

    /// <summary>Whether the agent is employed on a date.</summary>
    /// <param name="date">A local date.</param>
    public bool IsEmployed(LocalDate date) => !(date < EmployedFrom) && !(date > EmployedTo);

    private static IReadOnlyList<ContractTerm> Ordered(IReadOnlyList<ContractTerm> terms, string id)
    {
        Guard.List(terms, $"agent '{id}'", nameof(Terms));
        for (var i = 1; i < terms.Count; i++)
        {
            if (terms[i].From <= terms[i - 1].From)
            {
                throw new SchedulingDataException(
                    $"agent '{id}': {nameof(Terms)}[{i}] is from {terms[i].From}, not after {terms[i - 1].From}; give them in order of date.");
            }
        }

        return terms;
    }
}

/// <summary>A contract from a date on.</summary>
/// <param name="From">First local date.</param>
/// <param name="Contract">Hours, days and shifts agreed from then on.</param>
/// <exception cref="SchedulingDataException">No contract.</exception>
public sealed record ContractTerm(LocalDate From, Contract Contract)
{
    /// <summary>Hours, days and shifts agreed from then on.</summary>
    public Contract Contract { get; } = Contract ?? throw new SchedulingDataException($"contract term from {From}: Contract is missing.");
}

/// <summary>A skill of an agent.</summary>
/// <param name="Group">The demand group.</param>
/// <param name="Proficiency">Heads of demand one hour of this agent covers, above 0 and up to 2; counted to 1 %. 1 is a fully proficient person.</param>
/// <exception cref="SchedulingDataException">A proficiency outside its range.</exception>
public sealed record AgentSkill(string Group, double Proficiency)
{
    /// <summary>The demand group.</summary>
    public string Group { get; } = Guard.Text(Group, "agent skill", nameof(Group));

    /// <summary>Heads of demand one hour of this agent covers.</summary>
    public double Proficiency { get; } = Proficiency is >= 0.01 and <= 2 ? Proficiency
        : throw new SchedulingDataException($"agent skill '{Group}': Proficiency is {Proficiency}; it must lie between 0.01 and 2.");
}

/// <summary>A weekly window of local time in which an agent may work.</summary>
/// <param name="Day">ISO weekday on which the window opens.</param>
/// <param name="From">Local opening time.</param>
/// <param name="To">Local closing time; not after <paramref name="From"/> means the next day, so 00:00–00:00 is the whole day.</param>
/// <exception cref="SchedulingDataException">No weekday.</exception>
public sealed record AvailabilityWindow(IsoDayOfWeek Day, LocalTime From, LocalTime To)
{
    /// <summary>ISO weekday on which the window opens.</summary>
    public IsoDayOfWeek Day { get; } = Day is >= IsoDayOfWeek.Monday and <= IsoDayOfWeek.Sunday ? Day
        : throw new SchedulingDataException($"availability window: Day is {Day}; it must be Monday to Sunday.");
}

/// <summary>When an agent may work on some dates, instead of the weekly windows.</summary>
/// <param name="From">First local date.</param>
/// <param name="To">Last local date.</param>
/// <param name="Windows">Weekly windows that hold on these dates; empty means not at all.</param>
/// <exception cref="SchedulingDataException">The last date lies before the first, or a window is missing.</exception>
public sealed record DatedAvailability(LocalDate From, LocalDate To, IReadOnlyList<AvailabilityWindow> Windows)
{
    /// <summary>Last local date.</summary>
    public LocalDate To { get; } = To >= From ? To : throw new SchedulingDataException($"dated availability: To {To} lies before From {From}.");

    /// <summary>Weekly windows that hold on these dates.</summary>
    public IReadOnlyList<AvailabilityWindow> Windows { get; } = Guard.List(Windows, $"availability from {From}", nameof(Windows));

    /// <summary>Whether it says what holds on a date.</summary>
    /// <param name="date">The local date.</param>
    public bool Covers(LocalDate date) => From <= date && date <= To;
}
