using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>The leading components of singular spectrum analysis: what they leave of a series, and how they continue it.</summary>
/// <param name="vectors">Orthonormal eigenvectors of the lag-covariance matrix, most energy first.</param>
/// <param name="window">Window L.</param>
internal sealed class SsaComponents(double[][] vectors, int window)
{
    private const double MostVertical = 0.9; // ν²: near 1 the last value is not a function of those before it

    /// <summary>Number of components.</summary>
    public int Count => vectors.Length;

    /// <summary>The vectors, one after another.</summary>
    public IEnumerable<double> Values => vectors.SelectMany(v => v);

    /// <summary>Coefficients of the recurrence of the first components: the next value from the last L − 1, oldest first.</summary>
    /// <param name="rank">Number of components.</param>
    /// <returns>Empty when the space of the components is too near the vertical for a recurrence.</returns>
    /// <remarks>R = Σ π·P∇ ÷ (1 − ν²), π the last entry of P, P∇ the others, ν² = Σ π². Source: Golyandina, Nekrutkin &amp; Zhigljavsky, <i>Analysis of
    /// Time Series Structure: SSA and Related Techniques</i> (2001), §2.1.</remarks>
    public double[] Recurrence(int rank)
    {
        var coefficients = new double[window - 1];
        var verticality = 0.0;
        foreach (var vector in vectors.AsSpan(0, rank))
        {
            var last = vector[^1];
            verticality += last * last;
            Vectors.AddScaled(coefficients, last, vector);
        }

        if (!(verticality < MostVertical))
        {
            return [];
        }

        for (var i = 0; i < coefficients.Length; i++)
        {
            coefficients[i] /= 1 - verticality;
        }

        return coefficients;
    }

    /// <summary>The last L values as each number of components sees them, by averages over the diagonals.</summary>
    /// <param name="x">Observations, at least L.</param>
    /// <param name="ranks">Numbers of components, ascending.</param>
    public double[][] LastValues(ReadOnlySpan<double> x, ReadOnlySpan<int> ranks)
    {
        var values = new double[ranks.Length][];
        var first = Math.Max(0, x.Length - (2 * window) + 1);
        var columns = x.Length - window + 1 - first;
        var total = new double[x.Length - first];
        var next = 0;
        for (var k = 0; k < vectors.Length && next < ranks.Length; k++)
        {
            for (var j = 0; j < columns; j++)
            {
                Vectors.AddScaled(total.AsSpan(j, window), Vectors.Dot(vectors[k], x.Slice(first + j, window)), vectors[k]);
            }

            for (; next < ranks.Length && ranks[next] == k + 1; next++)
            {
                values[next] = new double[window];
                for (var i = 0; i < window; i++)
                {
                    values[next][i] = total[total.Length - window + i] / Math.Min(columns, window - i);
                }
            }
        }

        return values;
    }
}
