using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling;

namespace Wfm.Api.Features.Setup.LabourPolicies;

/// <summary>Stored rules (a kind and named numbers, both of <see cref="LabourRuleCatalog"/>) as the scheduling library's rules.</summary>
internal static class LabourPolicyMapping
{
    /// <summary>The rules of several policy versions in force together, the hub's law first.</summary>
    public static LabourPolicy ToProblem(IReadOnlyList<LabourPolicyVersion> versions) => new(
        string.Join(" + ", versions.Select(v => v.Code)), versions.Max(v => v.ValidFrom), [.. versions.SelectMany(v => v.Rules).Select(ToRule)]);

    /// <exception cref="SchedulingDataException">A number the rule cannot use.</exception>
    public static LabourRule ToRule(LabourRuleData rule)
    {
        var kind = Enum.Parse<LabourRuleKind>(rule.Kind, ignoreCase: true);
        return new LabourRule(kind, ToParameters(kind, rule.Parameters), rule.Source, rule.AsOf, rule.Text, rule.ValidFrom, rule.ValidTo);
    }

    private static RuleParameters ToParameters(LabourRuleKind kind, Dictionary<string, double> numbers)
    {
        double? Number(string name) => numbers.TryGetValue(name, out var value) ? value : null;
        Duration? Hours(string name) => Number(name) is { } hours ? Duration.FromMinutes(Math.Round(hours * 60)) : null;
        LocalTime? Time(string name) => Number(name) is { } hour ? LocalTime.Midnight.PlusMinutes((long)Math.Round(hour * 60)) : null;
        var exposure = kind is LabourRuleKind.MaximumExposure;
        return new RuleParameters
        {
            Limit = Number("minutes") is { } minutes ? Duration.FromMinutes(minutes) : Hours("hours"),
            Count = (int?)(Number("nights") ?? Number("weekends") ?? (exposure ? null : Number("days"))),
            Weeks = (int?)Number("weeks"),
            Days = exposure ? (int?)(Number("days") ?? 1) : null,
            ShiftLength = Hours("afterHours"),
            Within = Hours("withinHours") ?? Hours("afterHours"), // owed by the time the shift is long enough to owe it
            NightFrom = Time("nightFromHour"),
            NightTo = Time("nightToHour"),
            NightMinimum = Hours("minimumNightHours"),
            MinimumSeverity = Number("minimumExposureClass"),
            Rolling = Number("perDays") is not null,
        };
    }
}
