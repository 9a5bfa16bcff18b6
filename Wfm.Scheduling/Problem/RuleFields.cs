using Kind = Wfm.Scheduling.Problem.LabourRuleKind;

namespace Wfm.Scheduling.Problem;

/// <summary>The parameters each kind of rule needs.</summary>
internal static class RuleFields
{
    private static readonly Dictionary<Kind, RuleField[]> All = new()
    {
        [Kind.MaximumDailyHours] = [RuleField.MaximumLimit],
        [Kind.MaximumSpread] = [RuleField.MaximumLimit],
        [Kind.BreakAfter] = [RuleField.Limit, RuleField.ShiftLength, RuleField.Within],
        [Kind.MaximumContinuousWork] = [RuleField.Limit],
        [Kind.MaximumNightHours] = [RuleField.MaximumLimit, RuleField.Night],
        [Kind.NoExposureAtEnd] = [RuleField.Limit, RuleField.Severity],
        [Kind.ForbiddenSuccession] = [RuleField.Successions],
        [Kind.MinimumDailyRest] = [RuleField.Limit],
        [Kind.MaximumWeeklyHours] = [RuleField.MaximumLimit],
        [Kind.MinimumDaysOffPerWeek] = [RuleField.Count(0, 7)],
        [Kind.MaximumConsecutiveDays] = [RuleField.Count(1, 371)],
        [Kind.MinimumWeeklyRest] = [RuleField.Limit],
        [Kind.MaximumConsecutiveNights] = [RuleField.Count(0, 371), RuleField.Night],
        [Kind.MaximumExposure] = [RuleField.MaximumLimit, RuleField.Days],
        [Kind.MaximumAverageWeeklyHours] = [RuleField.MaximumLimit, RuleField.Weeks],
        [Kind.MaximumWeekends] = [RuleField.Count(0, 60)],
        [Kind.MaximumShifts] = [RuleField.Templates],
        [Kind.MaximumPeriodHours] = [RuleField.MaximumLimit],
        [Kind.MinimumConsecutiveDays] = [RuleField.Count(1, 371)],
        [Kind.MinimumConsecutiveDaysOff] = [RuleField.Count(1, 371)],
        [Kind.MinimumPeriodHours] = [RuleField.Limit],
    };

    public static RuleField[] Of(LabourRuleKind kind) => All.TryGetValue(kind, out var fields) ? fields
        : throw new SchedulingDataException($"labour rule: Kind {(int)kind} is not known; ConstraintCatalog lists the kinds.");

    /// <summary>Checks that a rule's parameters serve its kind.</summary>
    public static RuleParameters Validated(LabourRuleKind kind, RuleParameters? parameters)
    {
        var owner = $"labour rule {kind}";
        if (parameters is null) throw new SchedulingDataException($"{owner}: Parameters are missing.");
        foreach (var field in Of(kind))
        {
            field.Check(parameters, owner);
        }

        return parameters;
    }
}
