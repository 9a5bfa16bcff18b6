namespace Wfm.Forecasting.Models;

/// <summary>What the search of a <see cref="HarmonicRegressionArma"/> found.</summary>
/// <param name="Alpha">Share of the local level renewed by an observation; 0 for no local level.</param>
/// <param name="Damping">Share of the local level left after a step ahead.</param>
/// <param name="Autoregression">Coefficients of the errors.</param>
/// <param name="Pairs">Pairs of each season.</param>
internal sealed record HarmonicParameters(double Alpha, double Damping, double[] Autoregression, int[] Pairs)
{
    /// <summary>As plain numbers.</summary>
    public double[] ToArray() => [Alpha, Damping, .. Pairs.Select(k => (double)k), .. Autoregression];

    /// <summary>What <see cref="ToArray"/> stored.</summary>
    /// <param name="stored">The numbers.</param>
    /// <param name="seasons">Number of seasons.</param>
    public static HarmonicParameters From(ReadOnlySpan<double> stored, int seasons)
    {
        var pairs = new int[Math.Min(seasons, stored.Length - 2)];
        for (var s = 0; s < pairs.Length; s++)
        {
            pairs[s] = (int)stored[2 + s];
        }

        return new HarmonicParameters(stored[0], stored[1], stored[(2 + pairs.Length)..].ToArray(), pairs);
    }
}
