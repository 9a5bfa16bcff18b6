using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>The hard working-time and wellbeing rules of a jurisdiction or hub, as dated data.</summary>
/// <param name="Code">Name of the policy.</param>
/// <param name="ValidFrom">First local date on which it is known; a problem must not start earlier.</param>
/// <param name="Rules">The rules of every version in force on some day of a problem or around it, each with its dates and its source.</param>
/// <exception cref="SchedulingDataException">An empty code or an unusable list.</exception>
public sealed record LabourPolicy(string Code, LocalDate ValidFrom, IReadOnlyList<LabourRule> Rules)
{
    /// <summary>Name of the policy.</summary>
    public string Code { get; } = Guard.Text(Code, "labour policy", nameof(Code));

    /// <summary>The rules.</summary>
    public IReadOnlyList<LabourRule> Rules { get; } = Guard.List(Rules, $"labour policy '{Code}'", nameof(Rules));

    /// <summary>The day on which a week begins for every rule and contract that counts by the week.</summary>
    public IsoDayOfWeek FirstDayOfWeek { get; init; } = IsoDayOfWeek.Monday;

    /// <summary>The days that make a weekend; those next to each other are one.</summary>
    /// <exception cref="SchedulingDataException">None or all seven.</exception>
    public DaysOfWeek WeekendDays
    {
        get;
        init => field = value is > DaysOfWeek.None and < DaysOfWeek.All ? value
            : throw new SchedulingDataException($"labour policy '{Code}': WeekendDays is {value}; give one to six days.");
    }
        = DaysOfWeek.Weekend;

    /// <summary>How limits on exposure count work on a group whose queues differ in class.</summary>
    public ExposureBasis ExposureBasis { get; init; }

    /// <summary>When the blocks of a shift may serve two groups.</summary>
    public SegmentedShifts SegmentedShifts { get; init; }
}

/// <summary>One rule: its kind, its numbers, from when to when, and where they come from.</summary>
/// <param name="Kind">What is limited; the catalog of constraints has the kinds.</param>
/// <param name="Parameters">The numbers.</param>
/// <param name="Source">Where the rule comes from: law and article, contract clause, or the owner of a customer policy.</param>
/// <param name="AsOf">Date on which the source was read.</param>
/// <param name="Text">The rule in words, shown beside a violation.</param>
/// <param name="ValidFrom">First local date in force; <see langword="null"/> for that of the policy.</param>
/// <param name="ValidTo">Last local date in force; <see langword="null"/> for no end.</param>
/// <param name="Authority">Whose rule it is.</param>
/// <exception cref="SchedulingDataException">A parameter is missing or outside its range; the message names rule, field and value.</exception>
public sealed record LabourRule(
    RuleKind Kind, RuleParameters Parameters, string Source, LocalDate AsOf, string Text, LocalDate? ValidFrom = null, LocalDate? ValidTo = null,
    RuleAuthority Authority = RuleAuthority.Statute)
{
    /// <summary>What is limited.</summary>
    public RuleKind Kind { get; } = Kind ?? throw new SchedulingDataException("labour rule: Kind is missing.");

    /// <summary>The numbers.</summary>
    public RuleParameters Parameters { get; } = Kind.Validated(Parameters);

    /// <summary>Where the rule comes from.</summary>
    public string Source { get; } = Guard.Text(Source, $"labour rule {Kind.Code}", nameof(Source));

    /// <summary>The rule in words.</summary>
    public string Text { get; } = Guard.Text(Text, $"labour rule {Kind.Code}", nameof(Text));

    /// <summary>The same rule between two dates, both included.</summary>
    internal LabourRule Between(LocalDate from, LocalDate to) => new(Kind, Parameters, Source, AsOf, Text, from, to, Authority);

    /// <summary>Last local date in force.</summary>
    public LocalDate? ValidTo { get; } = ValidTo is null || ValidFrom is null || ValidTo >= ValidFrom ? ValidTo
        : throw new SchedulingDataException($"labour rule {Kind.Code}: ValidTo {ValidTo} lies before ValidFrom {ValidFrom}.");
}
