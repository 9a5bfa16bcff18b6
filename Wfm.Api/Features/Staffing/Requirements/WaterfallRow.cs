using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Features.Staffing.Requirements;

/// <summary>How one interval gets from volume to heads; all but the volume in heads, and they add up to <paramref name="Heads"/>.</summary>
/// <param name="Volume">Contacts at the risk level.</param>
/// <param name="Workload">Volume × handle time ÷ interval.</param>
/// <param name="Deferral">Work moved into (+) or out of (−) the interval: deferrable work by its deadline, immediate work because contacts last into the next
/// interval.</param>
/// <param name="Queueing">Agents so that random arrivals wait as short as promised.</param>
/// <param name="Occupancy">Agents so that nobody is busy above the cap.</param>
/// <param name="Minimum">Agents up to the minimum presence.</param>
/// <param name="Shrinkage">Heads for paid time without work.</param>
/// <param name="Rounding">Up to a whole head.</param>
/// <param name="Heads">Scheduled heads.</param>
public sealed record WaterfallRow(
    double Volume, double Workload, double Deferral, double Queueing, double Occupancy, double Minimum, double Shrinkage, double Rounding, double Heads)
{
    private const int Steps = 8;

    internal static double[] Flatten(Waterfall w) =>
    [
        .. w.Volume, .. w.Workload, .. w.DeferralMargin, .. w.QueueingMargin, .. w.OccupancyMargin, .. w.MinimumMargin, .. w.ShrinkageMargin, .. w.Rounding,
    ];

    /// <summary>A stored curve as the library's.</summary>
    internal static RequirementCurve Curve(SeriesRequirement row)
    {
        var n = row.Waterfall.Length / Steps;
        double[] Step(int step) => row.Waterfall[(step * n)..((step + 1) * n)];
        return new RequirementCurve(
            row.RiskLevel, new Waterfall(Step(0), Step(1), Step(2), Step(3), Step(4), Step(5), Step(6), Step(7)), row.Heads, row.DueHours, row.ArrivedHours,
            FirstBreach: null);
    }

    internal static WaterfallRow At(SeriesRequirement row, int interval)
    {
        var n = row.Waterfall.Length / Steps;
        double Step(int step) => row.Waterfall[(step * n) + interval];
        return new WaterfallRow(Step(0), Step(1), Step(2), Step(3), Step(4), Step(5), Step(6), Step(7), row.Heads[interval]);
    }
}
