using NodaTime;
using Wfm.Api.Hosting;
using Wfm.Scheduling;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.LabourPolicies;

/// <summary>Stored rules (a kind and named numbers) as the scheduling library's rules, and the names of those numbers.</summary>
/// <remarks>
/// The unit is in the name: <c>hours</c> or <c>minutes</c> (the limit), <c>days</c>, <c>nights</c> or <c>weekends</c> (a count), <c>weeks</c>
/// (averaging), <c>afterHours</c> and <c>withinHours</c> (breaks), <c>perDays</c> (rolling window), <c>nightFromHour</c>, <c>nightToHour</c>,
/// <c>minimumNightHours</c>, <c>minimumExposureClass</c>.
/// </remarks>
internal static class LabourPolicyMapping
{
    private static readonly HashSet<string> Known =
    [
        "hours", "minutes", "days", "nights", "weekends", "weeks", "afterHours", "withinHours", "perDays", "nightFromHour", "nightToHour",
        "minimumNightHours", "minimumExposureClass",
    ];

    /// <summary>The rules of several policy versions in force together, the hub's law first.</summary>
    public static LabourPolicy ToProblem(IReadOnlyList<LabourPolicyVersion> versions) => new(
        string.Join(" + ", versions.Select(v => v.Code)), versions.Max(v => v.ValidFrom), [.. versions.SelectMany(v => v.Rules).Select(ToRule)]);

    /// <exception cref="ProblemException">422: an unknown kind or parameter, or a number the rule cannot use.</exception>
    public static LabourRule ToRule(LabourRuleData rule)
    {
        if (!Enum.TryParse<LabourRuleKind>(rule.Kind, ignoreCase: true, out var kind) || int.TryParse(rule.Kind, out _))
        {
            var kinds = string.Join(", ", Enum.GetNames<LabourRuleKind>().Select(name => char.ToLowerInvariant(name[0]) + name[1..]));
            throw ProblemException.Semantic("kind", $"There is no rule of kind '{rule.Kind}'; there are {kinds}.");
        }

        if (rule.Parameters.Keys.FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
        {
            throw ProblemException.Semantic($"parameters/{unknown}", $"Rule {rule.Kind} has a parameter '{unknown}' nobody knows; there are {string.Join(", ", Known)}.");
        }

        try
        {
            return new LabourRule(kind, ToParameters(kind, rule.Parameters), rule.Source, rule.AsOf, rule.Text);
        }
        catch (SchedulingDataException e)
        {
            throw ProblemException.Semantic("parameters", e.Message);
        }
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
