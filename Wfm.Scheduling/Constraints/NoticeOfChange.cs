using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>How long before the work people are to know of a change of their published shifts. It binds whoever changes them: no roster breaks it by
/// itself.</summary>
public static class NoticeOfChange
{
    private const string Hours = "hours";
    private const string ConsentHours = "consentHours";
    private const string Factor = "factor";

    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "noticeOfChange", "Time from a change of published working times to the work.",
        [
            RuleParameter.Number(Hours, 0.25, 2160, "Least notice, hours before the work as it was or is, whichever begins earlier."),
            RuleParameter.Number(ConsentHours, 0.25, 2160, "Nearer than so many hours a change needs the consent of the person; none when absent.").Optional,
            RuleParameter.Number(Factor, 1, 100, "How many times as much a change inside the notice weighs when a roster is repaired; 1 when absent.").Optional,
        ],
        (_, _) => throw new InvalidOperationException("A rule on changes is none on an agent's days."))
    {
        IsHard = false,
        BindsDays = false,
        Check = p => p.Find(ConsentHours) > p[Hours]
            ? (ConsentHours, $"{ConsentHours} {p.Find(ConsentHours)} is more than {Hours} {p[Hours]}; a change that is in time needs no consent.")
            : null,
    };

    /// <summary>The rules on notice that are in force on a day, the longest notice first; all of them bind.</summary>
    /// <param name="rules">Rules of any kind.</param>
    /// <param name="day">The local day that changes.</param>
    public static IReadOnlyList<LabourRule> InForce(IEnumerable<LabourRule> rules, LocalDate day)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return [.. rules.Where(r => r.Kind == Definition && !(day < r.ValidFrom) && !(day > r.ValidTo)).OrderByDescending(r => r.Parameters[Hours])];
    }

    /// <summary>The notice that a rule asks for.</summary>
    /// <param name="rule">A rule of this kind.</param>
    public static Duration Due(LabourRule rule) => Duration.FromMinutes(Of(rule).Minutes(Hours));

    /// <summary>How near to the work a change needs the consent of the person; zero for a rule that asks for none.</summary>
    /// <param name="rule">A rule of this kind.</param>
    public static Duration ConsentDue(LabourRule rule) =>
        Of(rule) is var numbers && numbers.Find(ConsentHours) is null ? Duration.Zero : Duration.FromMinutes(numbers.Minutes(ConsentHours));

    /// <summary>How many times as much a change inside the notice weighs, at least 1.</summary>
    /// <param name="rule">A rule of this kind.</param>
    public static double WeightInside(LabourRule rule) => Of(rule).Find(Factor) ?? 1;

    private static RuleParameters Of(LabourRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule.Kind == Definition ? rule.Parameters
            : throw new SchedulingDataException($"{rule.Kind.Code} is no rule on notice; {Definition.Code} is needed.");
    }
}
