namespace Wfm.Scheduling.Staffing;

/// <summary>Requirement at a stated risk level, from sample paths of volume and handle time.</summary>
public static class RiskStaffing
{
    /// <summary>In each interval the heads that suffice on the stated share of the paths.</summary>
    /// <param name="work">Queue, goal and paths.</param>
    /// <param name="riskLevel">Share of the paths, more than 0 and less than 1; 0.8 is “P80”.</param>
    /// <param name="cancellationToken">Looked at at every interval.</param>
    /// <returns>Whole heads per interval, with the waterfall of the path that stands at the quantile.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The risk level is outside its range, or a volume makes more than 10,000,000 erlangs.</exception>
    /// <remarks>
    /// Heads grow with the load, so with a certain AHT the quantile of the heads is the heads of the load's quantile: one inversion per interval, not
    /// one per path. With an uncertain AHT (<see cref="ImmediateWork.AhtPaths"/>) every path is inverted.
    /// </remarks>
    public static RequirementCurve Require(ImmediateWork work, double riskLevel, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        Guard.InsideUnit(riskLevel);
        return ImmediateRisk.Require(work, riskLevel, cancellationToken);
    }

    /// <summary>The smoothest staffing that does, by each moment, what is due by then on the stated share of the paths.</summary>
    /// <param name="work">Queue, goal and paths.</param>
    /// <param name="riskLevel">Share of the paths, more than 0 and less than 1.</param>
    /// <param name="cancellationToken">Looked at with every path.</param>
    /// <returns>Fractional heads per interval and the cumulative band.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The risk level is outside its range.</exception>
    /// <remarks>
    /// Each path has its own cumulative due and arrived curves; the band is their quantile at each moment. Sums over many intervals vary less than
    /// single intervals, so this is far below staffing the P80 volume of every interval. What is left at the end is at most
    /// <see cref="DeferrableWork.ClosingBacklogContacts"/>, and what is not yet due beyond that.
    /// </remarks>
    public static RequirementCurve Require(DeferrableWork work, double riskLevel, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        Guard.InsideUnit(riskLevel);
        return DeferrableRisk.Require(work, riskLevel, cancellationToken);
    }
}
