using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>Why nobody can waive a rule.</summary>
public enum NeverWaived
{
    /// <summary>It is law.</summary>
    Statute,

    /// <summary>It was agreed with the people it binds.</summary>
    Agreement,

    /// <summary>It keeps harmful content from harming those who see it.</summary>
    Wellbeing,

    /// <summary>It is no rule but a fact: leave, skill, availability, employment, seats, one shift at a time.</summary>
    Fact,
}

/// <summary>Which broken rules somebody may answer for. Only the organisation's own can be waived, and of these none that limits what people are shown:
/// an emergency makes harmful content more, not less harmful.</summary>
public static class Waivable
{
    /// <summary>Why a broken rule cannot be waived; <see langword="null"/> when it can.</summary>
    /// <param name="violation">The breach.</param>
    public static NeverWaived? WhyNot(Violation violation)
    {
        ArgumentNullException.ThrowIfNull(violation);
        return WhyNot(violation.Kind, violation.Authority, violation.Limits.Keys);
    }

    /// <summary>Why a rule cannot be waived; <see langword="null"/> when it can.</summary>
    /// <param name="rule">The rule.</param>
    public static NeverWaived? WhyNot(LabourRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return WhyNot(rule.Kind, rule.Authority, rule.Parameters.Names);
    }

    /// <summary>Rest that makes up for a breach: as much as was taken. An hour for an hour, a day for a day; none where the breach is not counted in
    /// time.</summary>
    /// <param name="kind">The kind of rule.</param>
    /// <param name="amount">How far it is broken, in the unit of the kind.</param>
    public static Duration RestFor(RuleKind kind, double amount)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return kind.Unit switch
        {
            "minutes" => Duration.FromMinutes(amount),
            "days" => Duration.FromDays(amount),
            _ => Duration.Zero,
        };
    }

    private static NeverWaived? WhyNot(RuleKind kind, RuleAuthority? authority, IEnumerable<string> numbers) => authority switch
    {
        null => NeverWaived.Fact,
        RuleAuthority.Statute => NeverWaived.Statute,
        RuleAuthority.Agreement => NeverWaived.Agreement,
        RuleAuthority.Wellbeing => NeverWaived.Wellbeing,
        _ when kind.LimitsExposure || numbers.Contains(Exposure.MinimumClass.Name) => NeverWaived.Wellbeing,
        _ => null,
    };
}
