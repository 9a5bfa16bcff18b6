using NodaTime;
using Wfm.Scheduling;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Setup.LabourPolicies;

/// <summary>Stored rules (a kind and named numbers) as the scheduling library's rules.</summary>
internal static class LabourPolicyMapping
{
    /// <summary>The rules of several policies together, each version from its first day until the day before the next of its code.</summary>
    /// <param name="versions">Versions of one policy or several, the hub's law first; of each code one in force on the first day.</param>
    /// <param name="start">First local day of the roster. What is said once for all rules (days of the week, exposure) is that of the versions in force
    /// then.</param>
    /// <param name="kinds">The kinds of rule there are.</param>
    public static LabourPolicy ToProblem(IReadOnlyList<LabourPolicyVersion> versions, LocalDate start, ConstraintCatalog kinds)
    {
        var codes = versions.Select(v => v.Code).Distinct().ToArray();
        var inForce = codes.Select(code => versions.Where(v => v.Code == code && v.ValidFrom <= start).MaxBy(v => v.ValidFrom)!).ToArray();
        return new LabourPolicy(
            string.Join(" + ", codes),
            inForce.Max(v => v.ValidFrom),
            [.. codes.SelectMany(code => Rules(versions.Where(v => v.Code == code), kinds))])
        {
            FirstDayOfWeek = inForce[0].FirstDayOfWeek,
            WeekendDays = inForce[0].WeekendDays.Aggregate(DaysOfWeek.None, (days, day) => days | (DaysOfWeek)(1 << ((int)day - 1))),
            ExposureBasis =
                Array.TrueForAll(inForce, v => v.ExposureBasis == ExposureBasis.Expected || v.Rules.TrueForAll(r => !kinds.Find(r.Kind)!.LimitsExposure))
                && Array.Exists(inForce, v => v.ExposureBasis == ExposureBasis.Expected)
                    ? ExposureBasis.Expected
                    : ExposureBasis.WorstCase,
            SegmentedShifts = inForce.Max(v => v.SegmentedShifts),
        };
    }

    /// <exception cref="SchedulingDataException">A kind or number the library cannot use.</exception>
    public static LabourRule ToRule(LabourRuleData rule, ConstraintCatalog kinds) =>
        kinds.Rule(rule.Kind, new RuleParameters(rule.Parameters), rule.Source, rule.AsOf, rule.Text, rule.ValidFrom, rule.ValidTo,
            rule.Authority);

    private static IEnumerable<LabourRule> Rules(IEnumerable<LabourPolicyVersion> versions, ConstraintCatalog kinds)
    {
        var ordered = versions.OrderBy(v => v.ValidFrom).ToArray();
        for (var i = 0; i < ordered.Length; i++)
        {
            LocalDate? first = i == 0 ? null : ordered[i].ValidFrom; // the first one handed in holds for the days before it too
            LocalDate? last = i + 1 < ordered.Length ? ordered[i + 1].ValidFrom.PlusDays(-1) : null;
            foreach (var rule in ordered[i].Rules)
            {
                var (from, to) = (Later(rule.ValidFrom, first), Earlier(rule.ValidTo, last));
                if (from is null || to is null || from <= to) yield return ToRule(rule with { ValidFrom = from, ValidTo = to }, kinds);
            }
        }
    }

    private static LocalDate? Later(LocalDate? a, LocalDate? b) => a is null ? b : b is null ? a : LocalDate.Max(a.Value, b.Value);

    private static LocalDate? Earlier(LocalDate? a, LocalDate? b) => a is null ? b : b is null ? a : LocalDate.Min(a.Value, b.Value);
}
