namespace Wfm.Scheduling.Solving;

/// <summary>Coverage in the relaxation's own plan: everybody's weeks keep hours, working days, skills, leave and availability, rest and runs of days are let
/// go, and weeks may be mixed in fractions. What it still misses is a measure of what no roster can do much about.</summary>
/// <param name="MissingHours">Head-hours missing, 0 or more; where shifts are counted, a shift counts as one hour.</param>
/// <param name="SurplusHours">Head-hours beyond the demand, 0 or more, counted alike.</param>
public sealed record RelaxedCoverage(double MissingHours, double SurplusHours)
{
    internal static RelaxedCoverage Of(Scoring.CoverageCosts costs, double[] scheduled) => new(
        costs.Required.Zip(scheduled, (r, s) => Math.Max(0, r - s)).Sum() / Scoring.Money.HeadHour,
        costs.Required.Zip(scheduled, (r, s) => Math.Max(0, s - r)).Sum() / Scoring.Money.HeadHour);
}
