using Wfm.Scheduling.Problem;
using Kind = Wfm.Scheduling.Problem.LabourRuleKind;

namespace Wfm.Scheduling.Constraints;

/// <summary>Every kind of rule, one line each. A new rule is its file and its line here.</summary>
public static class ConstraintCatalog
{
    // In the order in which the search asks: what is cheap and often says no comes first.
    private static readonly RuleDefinition[] Definitions =
    [
        new(Kind.MaximumDailyHours, "maximum-daily-hours", _ => 0, (r, c) => new MaximumDailyHours(r, c)),
        new(Kind.MaximumSpread, "maximum-spread", _ => 0, (r, c) => new MaximumSpread(r, c)),
        new(Kind.BreakAfter, "break-after", _ => 0, (r, c) => new BreakAfter(r, c)),
        new(Kind.MaximumContinuousWork, "maximum-continuous-work", _ => 0, (r, c) => new MaximumContinuousWork(r, c)),
        new(Kind.MaximumNightHours, "maximum-night-hours", _ => 0, (r, c) => new MaximumNightHours(r, c)),
        new(Kind.NoExposureAtEnd, "no-exposure-at-end", _ => 0, (r, c) => new NoExposureAtEnd(r, c)),
        new(Kind.ForbiddenSuccession, "forbidden-succession", _ => 1, (r, c) => new ForbiddenSuccession(r, c)),
        new(Kind.MinimumDailyRest, "minimum-daily-rest", p => 2 + p.Limit!.Value.Days, (r, c) => new MinimumDailyRest(r, c)),
        new(Kind.MaximumWeeklyHours, "maximum-weekly-hours", _ => 7, (r, c) => new MaximumWeeklyHours(r, c)),
        new(Kind.MinimumDaysOffPerWeek, "minimum-days-off", _ => 7, (r, c) => new MinimumDaysOff(r, c)),
        new(Kind.MaximumConsecutiveDays, "maximum-consecutive-days", p => p.Count!.Value + 1, (r, c) => new MaximumConsecutiveDays(r, c)),
        new(Kind.MinimumWeeklyRest, "minimum-weekly-rest", _ => 8, (r, c) => new MinimumWeeklyRest(r, c)),
        new(Kind.MaximumConsecutiveNights, "maximum-consecutive-nights", p => p.Count!.Value + 1, (r, c) => new MaximumConsecutiveNights(r, c)),
        new(Kind.MaximumExposure, "maximum-exposure", p => p.Days!.Value, (r, c) => new MaximumExposure(r, c)),
        new(Kind.MaximumAverageWeeklyHours, "maximum-average-weekly-hours", p => 7 * p.Weeks!.Value, (r, c) => new MaximumAverageWeeklyHours(r, c)),
        new(Kind.MaximumWeekends, "maximum-weekends", _ => 0, (r, c) => new MaximumWeekends(r, c)),
        new(Kind.MaximumShifts, "maximum-shifts", _ => 0, (r, c) => new MaximumShifts(r, c)),
        new(Kind.MaximumPeriodHours, "maximum-period-hours", _ => 0, (r, c) => new MaximumPeriodHours(r, c)),
        new(Kind.MinimumConsecutiveDays, "minimum-consecutive-days", p => p.Count!.Value + 1, (r, c) => new MinimumConsecutiveDays(r, c)),
        new(Kind.MinimumConsecutiveDaysOff, "minimum-consecutive-days-off", p => p.Count!.Value + 1, (r, c) => new MinimumConsecutiveDaysOff(r, c)),
        new(Kind.MinimumPeriodHours, "minimum-period-hours", _ => 0, (r, c) => new MinimumPeriodHours(r, c)),
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

    internal static int Order(AgentRule rule) => Array.FindIndex(Definitions, d => d.Code == rule.Code);
}
