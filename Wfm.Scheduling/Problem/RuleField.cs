using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>A parameter a kind of rule needs, and the check of its value.</summary>
internal sealed record RuleField(string Name, Action<RuleParameters, string> Check)
{
    public static RuleField Limit { get; } = Time(nameof(RuleParameters.Limit), p => p.Limit, Duration.FromMinutes(1), Duration.FromHours(10_000));

    public static RuleField MaximumLimit { get; } = Time(nameof(RuleParameters.Limit), p => p.Limit, Duration.Zero, Duration.FromHours(10_000));

    public static RuleField ShiftLength { get; } = Time(nameof(RuleParameters.ShiftLength), p => p.ShiftLength, Duration.Zero, Duration.FromHours(24));

    public static RuleField Within { get; } = Time(nameof(RuleParameters.Within), p => p.Within, Duration.Zero, Duration.FromHours(24));

    public static RuleField Weeks { get; } = Number(nameof(RuleParameters.Weeks), p => p.Weeks, 1, 53);

    public static RuleField Days { get; } = Number(nameof(RuleParameters.Days), p => p.Days, 1, 371);

    public static RuleField Night { get; } = new(nameof(RuleParameters.NightFrom), (p, owner) =>
    {
        if (p.NightFrom is null || p.NightTo is null) throw new SchedulingDataException($"{owner}: NightFrom and NightTo are needed.");
        if (p.NightFrom == p.NightTo) throw new SchedulingDataException($"{owner}: NightFrom and NightTo are both {p.NightFrom:HH:mm}; the night is empty.");
    });

    public static RuleField Severity { get; } = new(nameof(RuleParameters.MinimumSeverity), (p, owner) => _ = p.MinimumSeverity is > 0 ? p
        : throw new SchedulingDataException($"{owner}: MinimumSeverity is {p.MinimumSeverity}; it must be above 0."));

    public static RuleField Templates { get; } = new(nameof(RuleParameters.Templates),
        (p, owner) => Guard.Unique(p.Templates, t => t.Template, owner, nameof(RuleParameters.Templates)));

    public static RuleField Successions { get; } = new(nameof(RuleParameters.Successions),
        (p, owner) => Guard.Unique(p.Successions, t => t.Template, owner, nameof(RuleParameters.Successions)));

    public static RuleField Count(int minimum, int maximum) => Number(nameof(RuleParameters.Count), p => p.Count, minimum, maximum);

    private static RuleField Time(string name, Func<RuleParameters, Duration?> read, Duration minimum, Duration maximum) => new(name, (p, owner) =>
        Guard.Minutes(read(p) ?? throw new SchedulingDataException($"{owner}: {name} is missing."), minimum, maximum, owner, name));

    private static RuleField Number(string name, Func<RuleParameters, int?> read, int minimum, int maximum) => new(name, (p, owner) =>
        _ = read(p) is { } value && value >= minimum && value <= maximum ? p
            : throw new SchedulingDataException($"{owner}: {name} is {read(p)?.ToString() ?? "missing"}; it must lie between {minimum} and {maximum}."));
}
