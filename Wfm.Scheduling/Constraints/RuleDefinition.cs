using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A kind of rule that policies and contracts may hold, and how it is compiled.</summary>
public sealed class RuleDefinition : RuleKind
{
    internal RuleDefinition(string code, string text, IReadOnlyList<RuleParameter> parameters, Func<LabourRule, RuleContext, AgentRule> compile)
        : base(code, text, parameters)
    {
        Compile = compile;
    }

    /// <summary>Days before the period, and after it, that the rule has to know.</summary>
    internal Func<RuleParameters, int> DaysAround { get; init; } = _ => 0;

    internal Func<LabourRule, RuleContext, AgentRule> Compile { get; }

    /// <summary>For a rule that depends on whose days it is on: the rules of an agent, each with its dates, in its place.
    /// <see langword="null"/> for one that is the same for all.</summary>
    internal Func<LabourRule, RosterAgent, DateTimeZone, IEnumerable<LabourRule>>? Personal { get; init; }

    /// <summary>False for a rule that no agent's days can break by themselves: on how many people work together, or on how late days may change.</summary>
    internal bool BindsDays { get; init; } = true;

    internal static RuleDefinition Of(LabourRule rule) => (RuleDefinition)rule.Kind; // there are no others that a rule can be of
}

/// <summary>A kind of rule that every problem has, or that a contract brings with its own fields: it can be broken, and is told like the others.</summary>
internal sealed class GivenRule(string code, string text) : RuleKind(code, text, [])
{
    /// <summary>Whose rule it is; <see langword="null"/> for what is no rule but a fact.</summary>
    public RuleAuthority? Authority { get; init; }
}
