using MathNet.Numerics;

namespace Wfm.Forecasting.Pooled;

/// <summary>How counts scatter about their forecast: variance = dispersion·mean + relative·mean², of a negative binomial distribution.</summary>
/// <param name="Dispersion">Variance of thin counts ÷ their mean, at least 1.</param>
/// <param name="Relative">Variance of what the forecast did not know of the rate, relative to its square.</param>
internal readonly record struct CountSpread(double Dispersion, double Relative)
{
    private const int MostErrors = 4000;
    private static readonly double[] Nearby = [0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.35];
    private static readonly double[] Dispersions = [1, 1.15, 1.35, 1.6, 2, 3, 5];
    private static readonly double[] Relatives = [0, 0.002, 0.005, 0.01, 0.02, 0.04, 0.07, 0.1, 0.15, 0.2, 0.3, 0.45, 0.7, 1, 1.5];

    /// <summary>Variance of a count.</summary>
    public double VarianceOf(double mean) => (Dispersion * mean) + (Relative * mean * mean);

    /// <summary>The most likely of a grid of them, by maximum likelihood.</summary>
    /// <param name="errors">Errors of the donors, in their own size.</param>
    public static CountSpread Learn(IReadOnlyList<(double Forecast, double Actual, double Weight)> errors)
    {
        var stride = Math.Max(1, errors.Count / MostErrors);
        while (stride > 1 && (stride % 2 == 0 || stride % 3 == 0 || stride % 7 == 0))
        {
            stride++; // no common divisor with a day or a week of intervals: every phase gets its share
        }

        var some = errors.Where((e, i) => i % stride == 0 && e.Forecast > 0).ToArray();
        var coarse = Likeliest(some, Dispersions.SelectMany(d => Relatives.Select(r => new CountSpread(d, r))));
        return Likeliest(some, Nearby.SelectMany(d => Nearby.Select(r => new CountSpread(Math.Max(1, d * coarse.Dispersion), r * coarse.Relative))));
    }

    private static CountSpread Likeliest((double Forecast, double Actual, double Weight)[] errors, IEnumerable<CountSpread> spreads) =>
        spreads.MaxBy(spread => errors.Sum(e => e.Weight * spread.LogLikelihood(e.Forecast, e.Actual)));

    private double LogLikelihood(double mean, double count)
    {
        var excess = VarianceOf(mean) - mean;
        if (excess <= 1e-9 * mean)
        {
            return (count * Math.Log(mean)) - mean;
        }

        var size = mean * mean / excess;
        return SpecialFunctions.GammaLn(count + size) - SpecialFunctions.GammaLn(size) + (count * Math.Log(mean / (mean + size)))
            - (size * Math.Log(1 + (mean / size)));
    }
}
