using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>What the rules on harmful content have in common.</summary>
internal static class Exposure
{
    /// <summary>The class from which content counts.</summary>
    public static RuleParameter MinimumClass { get; } =
        RuleParameter.Number("minimumExposureClass", 0, 4, "Groups that may show content of this exposure class (3 is E3) and above count.");
}
