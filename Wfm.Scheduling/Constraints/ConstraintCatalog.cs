using Wfm.Scheduling.Problem;
using Kind = Wfm.Scheduling.Problem.LabourRuleKind;

namespace Wfm.Scheduling.Constraints;

/// <summary>Every kind of rule, one line each. A new rule is its file and its line here.</summary>
public static class ConstraintCatalog
{
    // In the order in which the search asks: what is cheap and often says no comes first.
    private static readonly RuleDefinition[] Definitions =
    [
        new(Kind.MaximumDailyHours, "maximum-daily-hours", [RuleField.MaximumLimit], _ => 0, (r, c) => new MaximumDailyHours(r, c)),
        new(Kind.MaximumSpread, "maximum-spread", [RuleField.MaximumLimit], _ => 0, (r, c) => new MaximumSpread(r, c)),
        new(Kind.BreakAfter, "break-after", [RuleField.Limit, RuleField.ShiftLength, RuleField.Within], _ => 0, (r, c) => new BreakAfter(r, c)),
        new(Kind.MaximumContinuousWork, "maximum-continuous-work", [RuleField.Limit], _ => 0, (r, c) => new MaximumContinuousWork(r, c)),
        new(Kind.MaximumNightHours, "maximum-night-hours", [RuleField.MaximumLimit, RuleField.Night], _ => 0, (r, c) => new MaximumNightHours(r, c)),
        new(Kind.NoExposureAtEnd, "no-exposure-at-end", [RuleField.Limit, RuleField.Severity], _ => 0, (r, c) => new NoExposureAtEnd(r, c)),
        new(Kind.ForbiddenSuccession, "forbidden-succession", [RuleField.Successions], _ => 1, (r, c) => new ForbiddenSuccession(r, c)),
        new(Kind.MinimumDailyRest, "minimum-daily-rest", [RuleField.Limit], p => 2 + p.Limit!.Value.Days, (r, c) => new MinimumDailyRest(r, c)),
        new(Kind.MaximumWeeklyHours, "maximum-weekly-hours", [RuleField.MaximumLimit], _ => 7, (r, c) => new MaximumWeeklyHours(r, c)),
        new(Kind.MinimumDaysOffPerWeek, "minimum-days-off", [RuleField.Count(0, 7)], _ => 7, (r, c) => new MinimumDaysOff(r, c)),
        new(Kind.MaximumConsecutiveDays, "maximum-consecutive-days", [RuleField.Count(1, 371)], p => p.Count!.Value + 1, (r, c) => new MaximumConsecutiveDays(r, c)),
        new(Kind.MinimumWeeklyRest, "minimum-weekly-rest", [RuleField.Limit], _ => 8, (r, c) => new MinimumWeeklyRest(r, c)),
        new(Kind.MaximumConsecutiveNights, "maximum-consecutive-nights", [RuleField.Count(0, 371), RuleField.Night], p => p.Count!.Value + 1, (r, c) => new MaximumConsecutiveNights(r, c)),
        new(Kind.MaximumExposure, "maximum-exposure", [RuleField.MaximumLimit, RuleField.Days], p => p.Days!.Value, (r, c) => new MaximumExposure(r, c)),
        new(Kind.MaximumAverageWeeklyHours, "maximum-average-weekly-hours", [RuleField.MaximumLimit, RuleField.Weeks], p => 7 * p.Weeks!.Value, (r, c) => new MaximumAverageWeeklyHours(r, c)),
        new(Kind.MaximumWeekends, "maximum-weekends", [RuleField.Count(0, 60)], _ => 0, (r, c) => new MaximumWeekends(r, c)),
        new(Kind.MaximumShifts, "maximum-shifts", [RuleField.Templates], _ => 0, (r, c) => new MaximumShifts(r, c)),
        new(Kind.MaximumPeriodHours, "maximum-period-hours", [RuleField.MaximumLimit], _ => 0, (r, c) => new MaximumPeriodHours(r, c)),
        new(Kind.MinimumConsecutiveDays, "minimum-consecutive-days", [RuleField.Count(1, 371)], p => p.Count!.Value + 1, (r, c) => new MinimumConsecutiveDays(r, c)),
        new(Kind.MinimumConsecutiveDaysOff, "minimum-consecutive-days-off", [RuleField.Count(1, 371)], p => p.Count!.Value + 1, (r, c) => new MinimumConsecutiveDaysOff(r, c)),
        new(Kind.MinimumPeriodHours, "minimum-period-hours", [RuleField.Limit], _ => 0, (r, c) => new MinimumPeriodHours(r, c)),
    ];

    /// <summary>All kinds of rule.</summary>
    public static IReadOnlyList<RuleDefinition> All { get; } = Definitions;

    /// <summary>The entry of a kind.</summary>
    /// <param name="kind">A defined kind.</param>
    /// <exception cref="SchedulingDataException">The kind is not defined.</exception>
    public static RuleDefinition Of(LabourRuleKind kind) => Array.Find(Definitions, d => d.Kind == kind)
        ?? throw new SchedulingDataException($"labour rule: Kind {(int)kind} is not known; ConstraintCatalog lists the kinds.");

    /// <summary>Days before a period that some rules have to know, and as many after it: what looks back from the first day looks ahead from the last.</summary>
    /// <param name="rules">The rules; those on rests and weeks that every contract has are always seen to.</param>
    /// <returns>At least 8.</returns>
    public static int DaysAround(IEnumerable<LabourRule> rules) => rules.Select(r => Of(r.Kind).DaysAround(r.Parameters)).Append(8).Max();

    /// <summary>Checks that a rule's parameters serve its kind.</summary>
    internal static RuleParameters Validated(LabourRuleKind kind, RuleParameters? parameters)
    {
        var definition = Of(kind);
        var owner = $"labour rule {kind}";
        if (parameters is null) throw new SchedulingDataException($"{owner}: Parameters are missing.");
        foreach (var field in definition.Fields)
        {
            field.Check(parameters, owner);
        }

        return parameters;
    }

    internal static int Order(AgentRule rule) => Array.FindIndex(Definitions, d => d.Code == rule.Code);
}
