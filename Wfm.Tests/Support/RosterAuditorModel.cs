using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>A roster and all that decides whether it is legal, in the auditor's own words: no type of the solver comes in here.</summary>
/// <param name="Rules">The law and the wellbeing policy of the hub, as they are in force on the first day.</param>
/// <param name="ExposureOf">Exposure class of each skill group, 0 … 4; a group that is not here has class 0.</param>
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
    /// <summary>The day after the last.</summary>
    public LocalDate End => Start.PlusDays(Days);

    public Instant Midnight(LocalDate date) => Zone.AtStartOfDay(date).ToInstant();

    public LocalDateTime Local(Instant instant) => instant.InZone(Zone).LocalDateTime;
}

/// <summary>One rule of a policy; a parameter that is not there has the default the rule's text names.</summary>
public sealed record AuditedRule(string Kind, IReadOnlyDictionary<string, double> Parameters)
{
    public AuditedRule(string kind, params (string Name, double Value)[] parameters)
        : this(kind, parameters.ToDictionary(p => p.Name, p => p.Value))
    {
    }

    public double this[string name] => Parameters.TryGetValue(name, out var value) ? value
        : throw new KeyNotFoundException($"The rule '{Kind}' has no parameter '{name}', only {string.Join(", ", Parameters.Keys)}.");

    public double? Find(string name) => Parameters.TryGetValue(name, out var value) ? value : null;

    public Duration Hours(string name) => Duration.FromHours(this[name]);

    public Duration Minutes(string name) => Duration.FromMinutes(this[name]);
}

/// <param name="Days">Days a shift may start; empty means every day.</param>
public sealed record AuditedTemplate(
    string Code, LocalTime EarliestStart, LocalTime LatestStart, int StepMinutes, int LengthMinutes, IReadOnlyList<IsoDayOfWeek> Days, IReadOnlyList<AuditedBreak> Breaks);

/// <summary>A break whose start lies so many minutes after the start of its shift.</summary>
public sealed record AuditedBreak(string Kind, int LengthMinutes, int EarliestMinute, int LatestMinute, bool Paid);

/// <param name="Templates">Those the contract allows; empty allows all.</param>
/// <param name="Skills">Group → proficiency.</param>
/// <param name="Availability">Local windows; empty means always.</param>
public sealed record AuditedAgent(
    string Code,
    string Hub,
    bool Active,
    double MaximumWeeklyHours,
    int? MaximumDaysPerWeek,
    IReadOnlyList<string> Templates,
    IReadOnlyDictionary<string, double> Skills,
    IReadOnlyList<string> OptOutGroups,
    IReadOnlyList<AuditedWindow> Availability,
    IReadOnlyList<Interval> TimeOff);

/// <summary>A weekly local window; <paramref name="To"/> at or before <paramref name="From"/> lies on the next day.</summary>
public sealed record AuditedWindow(IsoDayOfWeek Day, LocalTime From, LocalTime To);

/// <param name="Date">The local day it says it belongs to.</param>
/// <param name="PaidMinutes">What it says it is paid.</param>
public sealed record AuditedShift(
    string Agent, LocalDate Date, string Template, Instant Start, Instant End, int PaidMinutes, IReadOnlyList<AuditedActivity> Activities)
{
    public Duration Length => End - Start;

    public Duration Paid => Duration.FromMinutes(PaidMinutes);
}

/// <param name="Group">Skill group worked on; null for anything but work.</param>
public sealed record AuditedActivity(string Kind, string? Group, Instant Start, Instant End)
{
    public const string Work = "work";

    public bool IsWork => Kind == Work;

    /// <summary>Rest is a break or a meal; wellness time, training and meetings are something else than work, but no rest.</summary>
    public bool IsRest => Kind is "break" or "meal";

    public Duration Length => End - Start;
}

/// <summary>A broken rule, with the values that show it.</summary>
internal sealed record AuditFinding(string Rule, string? Agent, LocalDate? Date, string Values)
{
    public override string ToString() => $"{Agent ?? "-",-10} {Date?.ToString("uuuu-MM-dd", null) ?? "-",-10} {Rule}: {Values}";
}
