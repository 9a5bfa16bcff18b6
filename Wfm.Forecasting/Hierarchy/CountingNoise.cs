namespace Wfm.Forecasting.Hierarchy;

/// <summary>Keeps a reconciliation from reading more into thin series of counts than is there.</summary>
/// <remarks>
/// A handful of errors of a series with two contacts a day says little about its variance and nothing about its correlations. Such a series gets
/// the variance of a count, its mean times a dispersion pooled over all thin series, and no covariance: its share of an adjustment is then in
/// proportion to its size, which is top-down by proportions. No node's variance is below that of a Poisson count.
/// </remarks>
internal static class CountingNoise
{
    /// <summary>Contacts per step below which a series is thin: the usual least expectation at which a count is taken as near normal.</summary>
    public const double Thin = 5;

    /// <summary>Protects a covariance.</summary>
    /// <param name="covariance">Learned from <paramref name="errors"/>.</param>
    /// <param name="means">Mean forecast per node, in contacts.</param>
    /// <param name="errors">By sample and node; NaN where nothing was observed.</param>
    public static ErrorCovariance Protect(ErrorCovariance covariance, double[] means, IReadOnlyList<double[]> errors)
    {
        var (squares, counts) = (0.0, 0.0);
        foreach (var sample in errors)
        {
            for (var i = 0; i < means.Length; i++)
            {
                if (means[i] < Thin && double.IsFinite(sample[i]))
                {
                    squares += sample[i] * sample[i];
                    counts += means[i];
                }
            }
        }

        var dispersion = counts > 0 ? Math.Max(1, squares / counts) : 1;
        return covariance.With(Array.ConvertAll(means, mean => mean < Thin ? dispersion * mean : double.NaN), means);
    }
}
