using Wfm.Forecasting.Combination;
using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting;

/// <summary>Width of a forecast far ahead, where the back-test saw few errors that have nothing to do with each other, or none.</summary>
/// <remarks>
/// Errors h weeks ahead at neighbouring origins are one error seen often: T weeks of back-test hold T ÷ h of them. Their quantiles are those of Student's
/// t with ½ + 0.4·T ÷ h degrees of freedom, at least 1: fewer than that many, since weights and models were chosen on the same weeks. Beyond the reach R of
/// the back-test they grow by another (h ÷ R)^¼, so that a level that moves at random (½) comes to ¾, half-way to a growth rate that is wrong (1).
/// Source: Wallace, “Bounds on normal approximations to Student's and the chi-square distributions”, <i>Annals of Mathematical Statistics</i> 30 (1959):
/// t = √(ν·(exp(w²·z² ÷ ν) − 1)), w = (8ν + 3) ÷ (8ν + 1).
/// </remarks>
internal static class LongRangeWidth
{
    // Chosen on held-out last years of every sixth M4 Weekly training series and of Wales, from 60, 110, 160 and all weeks of history.
    private const double DegreesAtLeast = 0.5;
    private const double DegreesByTime = 0.4;
    private const double FewestDegrees = 1; // at one the tail has no variance: wide enough
    private const double Outermost = 1.2815515655446004; // the 80 % interval: what few errors say about rarer ones is nothing, so beyond it the factor stays
    private const double GrowsOn = 0.25; // beside what the errors themselves grow by, at most the root of the weeks ahead

    /// <summary>A forecast with its quantiles widened; median and mean stay.</summary>
    /// <param name="forecast">The forecast.</param>
    /// <param name="plan">Origins of its back-test.</param>
    /// <param name="history">Weeks of history.</param>
    /// <param name="spread">Standard deviation of a week about what its date is worth, as a share: no forecast is narrower.</param>
    public static SeriesForecast Widen(SeriesForecast forecast, OriginPlan plan, int history, double spread)
    {
        var seen = plan.Origins.Length == 0 ? 0 : history - plan.Origins[0];
        var reach = Math.Max(1, plan.Horizon);
        var centre = forecast.Quantile(0.5);
        var quantiles = forecast.Quantiles.Select(row => row.ToArray()).ToArray();
        for (var k = 0; k < quantiles.Length; k++)
        {
            var z = NormalDistribution.Quantile(forecast.QuantileLevels[k]);
            var usual = Math.Clamp(z, -Outermost, Outermost);
            for (var h = 0; h < forecast.Horizon; h++)
            {
                var lowest = forecast.Quantiles[0][h] < 0 ? double.NegativeInfinity : 0;
                var factor = Heavier(usual, DegreesAtLeast + (DegreesByTime * seen / (h + 1.0))) * Math.Pow(Math.Max(1, (h + 1.0) / reach), GrowsOn);
                var wide = Math.Max(lowest, Apart(centre[h], quantiles[k][h], factor));
                var least = Math.Max(lowest, centre[h] + (z * spread * Math.Abs(centre[h])));
                quantiles[k][h] = z < 0 ? Math.Min(wide, least) : Math.Max(wide, least);
            }
        }

        return forecast with { Quantiles = quantiles };
    }

    /// <summary>A quantile farther from the centre; below it by ratio where both are above zero.</summary>
    private static double Apart(double centre, double quantile, double factor) => quantile > 0 && quantile < centre
        ? centre * Math.Pow(quantile / centre, factor) : centre + (factor * (quantile - centre));

    /// <summary>How much farther out a quantile of Student's t lies than the normal one.</summary>
    private static double Heavier(double z, double degrees)
    {
        if (Math.Abs(z) < 1e-9)
        {
            return 1;
        }

        degrees = Math.Max(FewestDegrees, degrees);
        var w = ((8 * degrees) + 3) / ((8 * degrees) + 1) * z;
        return Math.Sqrt(degrees * (Math.Exp(w * w / degrees) - 1)) / Math.Abs(z);
    }
}
