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

    internal static RuleDefinition Of(LabourRule rule) => (RuleDefinition)rule.Kind; // there are no others that a rule can be of
}

/// <summary>A kind of rule that every problem has, or that a contract brings with its own fields: it can be broken, and is told like the others.</summary>
internal sealed class GivenRule(string code, string text) : RuleKind(code, text, []);
