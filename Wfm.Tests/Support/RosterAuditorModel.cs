using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>A roster and all that decides whether it is legal, in the auditor's own words: no type of the solver comes in here.</summary>
/// <param name="Rules">The law and the wellbeing policy of the hub, every version that may matter, each with the days on which it is in force.</param>
/// <param name="ExposureOf">Exposure class of each skill group, 0 … 4: the highest its queues can show. A group that is not here has class 0.</param>
/// <param name="Shifts">Ordered by nobody in particular.</param>
public sealed record AuditedRoster(
    string Hub,
    DateTimeZone Zone,
    LocalDate Start,
    int Days,
    IReadOnlyList<AuditedRule> Rules,
    IReadOnlyDictionary<string, AuditedTemplate> Templates,
    IReadOnlyDictionary<string, AuditedAgent> Agents,
    IReadOnlyDictionary<string, int> ExposureOf,
    IReadOnlyList<AuditedShift> Shifts)
{
    /// <summary>Shifts in force before and after the period, at whatever hub.</summary>
    public IReadOnlyList<AuditedShift> Around { get; init; } = [];

    /// <summary>The day a week begins with.</summary>
    public IsoDayOfWeek FirstDayOfWeek { get; init; } = IsoDayOfWeek.Monday;

    /// <summary>The days of a weekend; those that follow each other are one weekend.</summary>
    public IReadOnlyList<IsoDayOfWeek> WeekendDays { get; init; } = [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday];

    /// <summary>Share of each group's work by exposure class, five fractions; read only when exposure counts as expected minutes.</summary>
    public IReadOnlyDictionary<string, double[]> ExposureShares { get; init; } = new Dictionary<string, double[]>();

    /// <summary>Whether a minute on a group counts by the share of its work in each class; otherwise by the worst it can show.</summary>
    public bool IsExposureExpected { get; init; }

    /// <summary>Most people at work at once; null for no limit.</summary>
    public int? Seats { get; init; }

    /// <summary>The day after the last.</summary>
    public LocalDate End => Start.PlusDays(Days);

    public Instant Midnight(LocalDate date) => Zone.AtStartOfDay(date).ToInstant();

    public LocalDateTime Local(Instant instant) => instant.InZone(Zone).LocalDateTime;

    public LocalDate DateOf(AuditedShift shift) => Local(shift.Start).Date;

    public bool Holds(LocalDate date) => date >= Start && date < End;

    /// <summary>The week a day belongs to, by its first day.</summary>
    public LocalDate WeekOf(LocalDate date) => date.PlusDays(-(((int)date.DayOfWeek - (int)FirstDayOfWeek + 7) % 7));
}

/// <summary>One rule of a policy; a parameter that is not there has the default the rule's text names.</summary>
public sealed record AuditedRule(string Kind, IReadOnlyDictionary<string, double> Parameters)
{
    public AuditedRule(string kind, params (string Name, double Value)[] parameters)
        : this(kind, parameters.ToDictionary(p => p.Name, p => p.Value))
    {
    }

    /// <summary>First local day in force; null for always.</summary>
    public LocalDate? From { get; init; }

    /// <summary>Last local day in force; null for no end.</summary>
    public LocalDate? To { get; init; }

    /// <summary>Weekend days of the rule's own; null for those of the policy.</summary>
    public IReadOnlyList<IsoDayOfWeek>? WeekendDays { get; init; }

    public double this[string name] => Parameters.TryGetValue(name, out var value) ? value
        : throw new KeyNotFoundException($"The rule '{Kind}' has no parameter '{name}', only {string.Join(", ", Parameters.Keys)}.");

    public double? Find(string name) => Parameters.TryGetValue(name, out var value) ? value : null;

    public Duration Hours(string name) => Duration.FromHours(this[name]);

    public Duration Minutes(string name) => Duration.FromMinutes(this[name]);

    public bool IsInForce(LocalDate date) => !(date < From) && !(date > To);

    /// <summary>Whether it is in force on one of the days, the last included.</summary>
    public bool IsInForce(LocalDate first, LocalDate last) => !(last < From) && !(first > To);

    public override string ToString() =>
        $"{Kind}({string.Join(", ", Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key} {p.Value}"))})"
        + (WeekendDays is null ? "" : $" on {string.Join('+', WeekendDays)}") + (From is null && To is null ? "" : $" {From:MM-dd}…{To:MM-dd}");
}

/// <param name="LengthMinutes">Elapsed, or on the wall clock when <see cref="EndsOnTheClock"/>.</param>
/// <param name="Days">Days a shift may start; empty means every day.</param>
public sealed record AuditedTemplate(
    string Code,
    LocalTime EarliestStart,
    LocalTime LatestStart,
    int StepMinutes,
    int LengthMinutes,
    IReadOnlyList<IsoDayOfWeek> Days,
    IReadOnlyList<AuditedBreak> Breaks)
{
    /// <summary>Whether the end is kept on the wall clock when the clocks change during the shift.</summary>
    public bool EndsOnTheClock { get; init; }

    /// <summary>When a shift begun at a moment ends.</summary>
    public Instant EndOf(Instant start, DateTimeZone zone) => EndsOnTheClock
        ? zone.AtLeniently(start.InZone(zone).LocalDateTime.PlusMinutes(LengthMinutes)).ToInstant() : start + Duration.FromMinutes(LengthMinutes);
}

/// <summary>A break whose start lies so many minutes after the start of its shift.</summary>
public sealed record AuditedBreak(string Kind, int LengthMinutes, int EarliestMinute, int LatestMinute, bool Paid);

/// <param name="Contract">Until the first of the <see cref="Terms"/>.</param>
/// <param name="Skills">Group → proficiency.</param>
/// <param name="Availability">Local windows; empty means always.</param>
public sealed record AuditedAgent(
    string Code,
    string Hub,
    bool Active,
    AuditedContract Contract,
    IReadOnlyDictionary<string, double> Skills,
    IReadOnlyList<string> OptOutGroups,
    IReadOnlyList<AuditedWindow> Availability,
    IReadOnlyList<AuditedLeave> TimeOff)
{
    /// <summary>Contracts that follow, each from its day on, in order.</summary>
    public IReadOnlyList<(LocalDate From, AuditedContract Contract)> Terms { get; init; } = [];

    /// <summary>First day of employment; null for none known.</summary>
    public LocalDate? EmployedFrom { get; init; }

    /// <summary>Last day of employment; null for none known.</summary>
    public LocalDate? EmployedTo { get; init; }

    public AuditedContract ContractOn(LocalDate date) => Terms.Where(t => t.From <= date).Select(t => t.Contract).LastOrDefault() ?? Contract;

    public bool IsEmployed(LocalDate date) => !(date < EmployedFrom) && !(date > EmployedTo);
}

/// <param name="Templates">Those the contract allows; empty allows all.</param>
public sealed record AuditedContract(double MinimumWeeklyHours, double MaximumWeeklyHours, int? MaximumDaysPerWeek, IReadOnlyList<string> Templates)
{
    /// <summary>Usual working days; null when they are not agreed.</summary>
    public IReadOnlyList<IsoDayOfWeek>? WorkingDays { get; init; }
}

/// <summary>A weekly local window; <paramref name="To"/> at or before <paramref name="From"/> lies on the next day.</summary>
public sealed record AuditedWindow(IsoDayOfWeek Day, LocalTime From, LocalTime To);

/// <param name="Kind">annual, sick, parental, training, unpaid or other.</param>
public sealed record AuditedLeave(Instant Start, Instant End, string Kind = "annual")
{
    public bool IsPaid => Kind != "unpaid";

    /// <summary>Days of annual leave, sickness and parental leave are left out of averages of working time (Directive 2003/88/EC, article 16 (b)).</summary>
    public bool IsNeutral => Kind is "annual" or "sick" or "parental";
}

/// <param name="Date">The local day it says it belongs to.</param>
/// <param name="PaidMinutes">What it says it is paid.</param>
/// <param name="Activities">What was done when; empty for a shift of which that is not known.</param>
public sealed record AuditedShift(
    string Agent, LocalDate Date, string Template, Instant Start, Instant End, int PaidMinutes, IReadOnlyList<AuditedActivity> Activities)
{
    /// <summary>The group worked, where the activities are not known.</summary>
    public string? Group { get; init; }

    public Duration Length => End - Start;

    public Duration Paid => Duration.FromMinutes(PaidMinutes);

    /// <summary>Whether the person is there at some time between two moments: not in a part of the shift that is leave.</summary>
    public bool IsThere(Instant from, Instant to) => Activities.Count == 0 ? Start < to && from < End
        : Activities.Any(a => a.Kind != AuditedActivity.Leave && a.Start < to && from < a.End);

    /// <summary>Working time between two moments: least and most, which differ only where the activities are not known.</summary>
    public (Duration Least, Duration Most) Worked(Instant from, Instant to)
    {
        var present = AuditedWork.Common(Start, End, from, to);
        if (Activities.Count == 0) return (Duration.Max(Duration.Zero, present - (Length - Paid)), Duration.Min(present, Paid));
        var paid = Activities.Where(a => a.IsPaid).Aggregate(Duration.Zero, (sum, a) => sum + AuditedWork.Common(a.Start, a.End, from, to));
        return (paid, paid);
    }
}

/// <param name="Group">Skill group worked on; null for anything but work.</param>
public sealed record AuditedActivity(string Kind, string? Group, Instant Start, Instant End)
{
    public const string Work = "work";
    public const string Meal = "meal";
    public const string Gap = "gap";
    public const string Leave = "leave";

    public bool IsWork => Kind == Work;

    /// <summary>Training, meetings, coaching and overtime are work to a rule on breaks; breaks, wellness, cool-down and leave are none.</summary>
    public bool IsWorkingTime => Kind is not ("break" or Meal or Gap or "wellness" or "cooldown" or "leave");

    /// <summary>Rest is a break, a meal or the gap of a split shift; wellness time, training and meetings are something else than work, but no rest.</summary>
    public bool IsRest => Kind is "break" or Meal or Gap;

    /// <summary>Working time; a meal and a gap are none unless the template says otherwise.</summary>
    public bool IsPaid { get; init; } = Kind is not (Meal or Gap);

    public Duration Length => End - Start;
}

/// <summary>A broken rule, with the values that show it.</summary>
internal sealed record AuditFinding(string Rule, string? Agent, LocalDate? Date, string Values)
{
    /// <summary>
    /// False where the words of the rule leave it open, or where nothing of the roster itself has part in it: such a breach may be reported and need not be.
    /// </summary>
    public bool IsCertain { get; init; } = true;

    public override string ToString() => $"{Agent ?? "-",-10} {Date?.ToString("uuuu-MM-dd", null) ?? "-",-10} {Rule}: {Values}{(IsCertain ? "" : " (open)")}";
}
