using Wfm.Scheduling.Constraints;

namespace Wfm.Api.Features.Setup.LabourPolicies;

/// <summary>One number of a rule.</summary>
/// <param name="Name">Its name, with the unit.</param>
/// <param name="Minimum">Least value.</param>
/// <param name="Maximum">Greatest value.</param>
/// <param name="Required">False when it may be left out.</param>
/// <param name="Whole">True when it is a whole number.</param>
/// <param name="Text">What it says.</param>
public sealed record LabourRuleParameter(string Name, double Minimum, double Maximum, bool Required, bool Whole, string Text);

/// <summary>A kind of rule a labour policy may hold.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Text">What it asks.</param>
/// <param name="Hard">False for a minimum that is owed rather than a limit: a roster that cannot give it says so.</param>
/// <param name="Unit">Unit of how far it is broken: minutes, days, shifts, weekends or weighted minutes.</param>
/// <param name="Parameters">Its numbers.</param>
public sealed record LabourRuleDefinition(string Kind, string Text, bool Hard, string Unit, IReadOnlyList<LabourRuleParameter> Parameters);

/// <summary>The kinds of rule of the library that a policy may hold: those that are numbers alone.</summary>
internal static class LabourRuleKinds
{
    public static IReadOnlyList<LabourRuleDefinition> Of(ConstraintCatalog kinds) =>
        [.. kinds.All.Where(k => !k.NamesTemplates).Select(k => new LabourRuleDefinition(k.Code, k.Text, k.IsHard, k.Unit,
            [.. k.Parameters.Select(p => new LabourRuleParameter(p.Name, p.Minimum, p.Maximum, p.IsRequired, p.IsWhole, p.Text))]))];

    public static RuleDefinition? Find(ConstraintCatalog kinds, string code) => kinds.Find(code) is { NamesTemplates: false } kind ? kind : null;
}
