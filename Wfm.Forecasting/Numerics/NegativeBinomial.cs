namespace Wfm.Forecasting.Numerics;

/// <summary>The negative binomial distribution of counts, by mean μ and dispersion α: variance μ + α·μ². α = 0 is the Poisson distribution.</summary>
/// <remarks>R's <c>size</c> is 1 ÷ α. Source: McCullagh &amp; Nelder, <i>Generalized Linear Models</i>, 2nd ed., §6.2.3.</remarks>
internal static class NegativeBinomial
{
    private const double Summed = 1e5; // largest mean whose probabilities are added up one by one
    private const double Large = 1e200;

    /// <summary>Writes quantiles: the least count whose distribution function reaches the level.</summary>
    /// <param name="mean">Mean ≥ 0.</param>
    /// <param name="dispersion">α ≥ 0.</param>
    /// <param name="levels">Levels in (0, 1), ascending.</param>
    /// <param name="quantiles">One cell per level.</param>
    /// <remarks>
    /// One pass over the counts for all levels, p(k+1) ÷ p(k) = μ(1 + αk) ÷ ((1 + αμ)(k + 1)), scaled so that the first probability may be as small as
    /// e^−100000. No gamma function, so nothing cancels near the Poisson limit. Above a mean of 100 000 the quantile is that of the gamma distribution with
    /// the same mean and variance by Wilson &amp; Hilferty's cube root, within a hundredth of the standard deviation for small α.
    /// </remarks>
    public static void Quantiles(double mean, double dispersion, ReadOnlySpan<double> levels, Span<double> quantiles)
    {
        if (!(mean > 0))
        {
            quantiles.Clear();
        }
        else if (mean > Summed)
        {
            for (var i = 0; i < levels.Length; i++)
            {
                quantiles[i] = CubeRoot(mean, dispersion, NormalDistribution.Quantile(levels[i]));
            }
        }
        else
        {
            Sum(mean, dispersion, levels, quantiles);
        }
    }

    private static void Sum(double mean, double dispersion, ReadOnlySpan<double> levels, Span<double> quantiles)
    {
        // The first probability is e^(log): p and the sum are relative to e^(log), and move there in large steps.
        var log = dispersion * mean < 1e-12 ? -mean : -LogOnePlus(dispersion * mean) / dispersion;
        var factor = mean / (1 + (dispersion * mean));
        var (p, sum, next) = (1.0, 1.0, 0);
        var unit = Unit(log);
        for (var k = 0.0; ; k++)
        {
            while (next < levels.Length && sum * unit >= levels[next])
            {
                quantiles[next++] = k;
            }

            p *= factor * (1 + (dispersion * k)) / (k + 1);
            if (next == levels.Length || (k > mean && p < 1e-17 * sum))
            {
                break;
            }

            sum += p;
            if (sum > Large)
            {
                (p, sum, log) = (p / Large, sum / Large, log + Math.Log(Large));
                unit = Unit(log);
            }
        }

        // A level beyond the last bit of the sum: as far as the sum could tell.
        for (var last = next > 0 ? quantiles[next - 1] : mean; next < levels.Length; next++)
        {
            quantiles[next] = last;
        }
    }

    private static double Unit(double log) => log < -700 ? 0 : Math.Exp(log);

    /// <summary>log(1 + x) without loss where x is small.</summary>
    private static double LogOnePlus(double x)
    {
        var y = 1 + x;
        return y == 1 ? x : Math.Log(y) * x / (y - 1); // Goldberg, ACM Computing Surveys 23 (1991), theorem 4
    }

    private static double CubeRoot(double mean, double dispersion, double z)
    {
        var shape = 1 / ((1 / mean) + dispersion);
        var root = 1 - (1 / (9 * shape)) + (z / (3 * Math.Sqrt(shape)));
        return mean * Math.Pow(Math.Max(0, root), 3);
    }
}
