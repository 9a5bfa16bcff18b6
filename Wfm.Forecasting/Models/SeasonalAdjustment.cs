using Wfm.Forecasting.Decomposition;
using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>Classical seasonal adjustment before a method that knows no seasons, where the season is beyond chance.</summary>
/// <remarks>
/// Ratios where every observation is above zero, differences otherwise. The test is that of the M competitions. Source: Assimakopoulos &amp; Nikolopoulos,
/// “The theta model”, <i>International Journal of Forecasting</i> 16 (2000); Makridakis, Spiliotis &amp; Assimakopoulos, “The M4 Competition”, 36 (2020).
/// </remarks>
/// <param name="Indices">One per phase, phase 0 that of the first observation; empty without a season.</param>
/// <param name="Multiplicative">Whether indices are ratios.</param>
internal sealed record SeasonalAdjustment(double[] Indices, bool Multiplicative)
{
    /// <summary>Tests for a season and measures it.</summary>
    /// <param name="y">Observations, at least two seasons.</param>
    /// <param name="m">Season length; 1 for none.</param>
    public static SeasonalAdjustment Of(ReadOnlySpan<double> y, int m)
    {
        var multiplicative = m > 1 && AllPositive(y);
        return new SeasonalAdjustment(m == 1 || !SeasonIsThere(y, m) ? [] : SeasonalIndices.Classical(y, m, multiplicative), multiplicative);
    }

    /// <summary>Takes the season out.</summary>
    public double[] Adjust(ReadOnlySpan<double> y)
    {
        var adjusted = y.ToArray();
        for (var t = 0; t < adjusted.Length && Indices.Length > 0; t++)
        {
            adjusted[t] = Multiplicative ? adjusted[t] / Indices[t % Indices.Length] : adjusted[t] - Indices[t % Indices.Length];
        }

        return adjusted;
    }

    /// <summary>Puts the season back on a value at time t, counted from the first observation.</summary>
    public double Restore(double value, int t) =>
        Indices.Length == 0 ? value : Multiplicative ? value * Indices[t % Indices.Length] : value + Indices[t % Indices.Length];

    private static bool AllPositive(ReadOnlySpan<double> y)
    {
        foreach (var value in y)
        {
            if (!(value > 0))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the autocorrelation at the season is beyond chance at 90 %.</summary>
    private static bool SeasonIsThere(ReadOnlySpan<double> y, int m)
    {
        var mean = Statistics.Mean(y);
        var centred = new double[y.Length];
        for (var t = 0; t < centred.Length; t++)
        {
            centred[t] = y[t] - mean;
        }

        var variance = Vectors.Dot(centred, centred);
        if (variance <= 0)
        {
            return false;
        }

        var squares = 0.0;
        for (var lag = 1; lag < m; lag++)
        {
            var r = Vectors.Dot(centred.AsSpan(0, centred.Length - lag), centred.AsSpan(lag)) / variance;
            squares += r * r;
        }

        var atSeason = Vectors.Dot(centred.AsSpan(0, centred.Length - m), centred.AsSpan(m)) / variance;
        return Math.Abs(atSeason) > 1.645 * Math.Sqrt((1 + (2 * squares)) / y.Length);
    }
}
