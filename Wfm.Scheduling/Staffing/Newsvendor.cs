namespace Wfm.Scheduling.Staffing;

/// <summary>The risk level worth paying for, when a head too few and a head too many have known costs.</summary>
/// <remarks>Source: F. Y. Edgeworth (1888); K. Arrow, T. Harris, J. Marschak, “Optimal inventory policy”, Econometrica 19 (1951), 250–272.</remarks>
public static class Newsvendor
{
    /// <summary>The quantile of the requirement with the lowest expected cost: costUnder ÷ (costUnder + costOver).</summary>
    /// <param name="costUnder">Cost of one head missing for one interval, finite, more than 0.</param>
    /// <param name="costOver">Cost of one head too many for one interval, in the same money, finite, more than 0.</param>
    /// <returns>A risk level in (0, 1) for <see cref="RiskStaffing"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A cost is not finite or not more than 0.</exception>
    public static double RiskLevel(double costUnder, double costOver)
    {
        Guard.Positive(costUnder);
        Guard.Positive(costOver);
        return 1 / (1 + costOver / costUnder);
    }
}
