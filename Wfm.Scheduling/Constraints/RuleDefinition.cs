using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>An entry of the catalog: a kind of rule, the parameters it needs and how it is compiled.</summary>
public sealed class RuleDefinition
{
    internal RuleDefinition(
        LabourRuleKind kind, string code, Func<RuleParameters, int> daysAround, Func<LabourRule, RuleContext, AgentRule> compile)
    {
        (Kind, Code, DaysAround, Compile) = (kind, code, daysAround, compile);
    }

    /// <summary>The kind.</summary>
    public LabourRuleKind Kind { get; }

    /// <summary>The code used in violations, such as <c>minimum-daily-rest</c>.</summary>
    public string Code { get; }

    /// <summary>Names of the parameters the kind needs, as in <see cref="RuleParameters"/>.</summary>
    public IReadOnlyList<string> Required => [.. RuleFields.Of(Kind).Select(f => f.Name)];

    /// <summary>Days before and after the period that the rule has to know.</summary>
    internal Func<RuleParameters, int> DaysAround { get; }

    internal Func<LabourRule, RuleContext, AgentRule> Compile { get; }
}
