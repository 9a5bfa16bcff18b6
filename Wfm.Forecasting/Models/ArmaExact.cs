using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>Exact Gaussian likelihood of an ARMA model by the innovations algorithm on Ansley's transform, whose covariance is a narrow band.</summary>
/// <remarks>
/// O(n·q²) until the innovations settle, O(n·q) after; no state covariance is held. Source: Brockwell &amp; Davis, <i>Time Series: Theory and
/// Methods</i>, §5.3 and §8.7; Ansley, “An algorithm for the exact likelihood of a mixed autoregressive–moving average process”, <i>Biometrika</i> 66 (1979).
/// </remarks>
/// <param name="w">Differenced series, longer than the lags of the model.</param>
internal sealed class ArmaExact(double[] w)
{
    private const double Settled = 1e-13; // excess of the innovation variance: coefficients are then right to its root
    private readonly double[] _errors = new double[w.Length]; // of the series
    private readonly double[] _ones = new double[w.Length]; // of a series of ones, which the mean multiplies

    /// <summary>Mean of the last run.</summary>
    public double Mean { get; private set; }

    /// <summary>Sum of squared innovations of the last run, each over its relative variance.</summary>
    public double Squares { get; private set; }

    /// <summary>Floating point operations of a run while the innovations have not settled, roughly.</summary>
    public static double Cost(int n, int p, int q) => (n * (20 + (q * q) + (4.0 * q))) + (p * p * p / 3.0);

    /// <summary>Runs over the series.</summary>
    /// <param name="arma">Stationary model.</param>
    /// <param name="mean">The mean; <see langword="null"/> takes the likeliest.</param>
    /// <param name="ahead">Gets the moving average part of the forecasts of the transformed series; empty where it is not wanted.</param>
    /// <returns>n·log σ² + log determinant: minus twice the log-likelihood but for a constant; infinite outside the domain.</returns>
    public double Run(ArmaPolynomials arma, double? mean, Span<double> ahead)
    {
        var b = arma.FullMa();
        if (ArmaCovariance.Of(arma.FullAr(), b) is not { } covariance)
        {
            return double.PositiveInfinity;
        }

        Transform(arma, covariance.Head);
        Span<double> onesAhead = new double[ahead.Length];
        var determinant = Innovate(covariance, b, ahead, onesAhead, out var variances);
        if (double.IsPositiveInfinity(determinant))
        {
            return determinant;
        }

        var (zz, z1, oo) = (0.0, 0.0, 0.0);
        for (var t = 0; t < w.Length; t++)
        {
            zz += _errors[t] * _errors[t] / variances[t];
            z1 += _errors[t] * _ones[t] / variances[t];
            oo += _ones[t] * _ones[t] / variances[t];
        }

        Mean = mean ?? (oo > 0 ? z1 / oo : 0);
        Squares = zz - (2 * Mean * z1) + (Mean * Mean * oo);
        for (var h = 0; h < ahead.Length; h++)
        {
            ahead[h] -= Mean * onesAhead[h];
        }

        return Squares > 0 ? (w.Length * Math.Log(Squares / w.Length)) + determinant : double.PositiveInfinity;
    }

    /// <summary>φ(B)Φ(Bᵐ) of the series and of ones, from the first time that has all lags.</summary>
    private void Transform(ArmaPolynomials arma, int head)
    {
        var a = arma.FullAr();
        var sum = 1 - a.Sum();
        int[] lags = [.. Enumerable.Range(0, a.Length).Where(j => a[j] != 0)];
        for (var t = 0; t < w.Length; t++)
        {
            (_errors[t], _ones[t]) = (w[t], t < head ? 1 : sum);
            for (var k = 0; k < lags.Length && t >= head; k++)
            {
                _errors[t] -= a[lags[k]] * w[t - lags[k] - 1];
            }
        }
    }

    /// <summary>Turns the transformed series into its innovations; the logarithm of the determinant.</summary>
    private double Innovate(ArmaCovariance covariance, double[] b, Span<double> ahead, Span<double> onesAhead, out double[] variances)
    {
        var (n, q, head) = (w.Length, b.Length, covariance.Head);
        var width = Math.Max(head, q) + 1;
        var band = new double[width * width]; // the last rows of the unit triangular factor, each from its first column
        var scaled = new double[width];
        variances = new double[n + ahead.Length];
        var (determinant, settled) = (0.0, false);
        for (var i = 0; i < n + ahead.Length; i++)
        {
            var low = i < head ? 0 : Math.Max(0, i - q);
            var row = band.AsSpan(i % width * width, width);
            if (settled)
            {
                variances[i] = 1;
            }
            else
            {
                variances[i] = Factor(covariance, i, low, band, row, scaled, variances, width, head, q);
                if (!(variances[i] > 0))
                {
                    return double.PositiveInfinity;
                }

                settled = i >= head + q && variances[i] - 1 < Settled;
                if (settled)
                {
                    b.CopyTo(row);
                    row[..q].Reverse(); // columns i−q … i−1 meet lags q … 1
                    row[..q].CopyTo(scaled);
                }
            }

            var weights = settled ? scaled.AsSpan(0, q) : row[..(i - low)];
            if (i < n)
            {
                _errors[i] -= Vectors.Dot(weights, _errors.AsSpan(low, weights.Length));
                _ones[i] -= Vectors.Dot(weights, _ones.AsSpan(low, weights.Length));
                determinant += Math.Log(variances[i]);
            }
            else
            {
                var known = Math.Max(0, n - low); // errors to come have mean zero
                ahead[i - n] = Vectors.Dot(weights[..known], _errors.AsSpan(low, known));
                onesAhead[i - n] = Vectors.Dot(weights[..known], _ones.AsSpan(low, known));
            }
        }

        return determinant;
    }

    /// <summary>One row of the factorisation L·D·Lᵀ of the band; its variance.</summary>
    private static double Factor(
        ArmaCovariance covariance, int i, int low, double[] band, Span<double> row, double[] scaled, double[] variances, int width, int head, int q)
    {
        var variance = covariance.Between(i, i);
        for (var j = low; j < i; j++)
        {
            var otherLow = j < head ? 0 : Math.Max(0, j - q);
            var from = Math.Max(low, otherLow);
            var other = band.AsSpan((j % width * width) + from - otherLow, j - from);
            scaled[j - low] = covariance.Between(i, j) - Vectors.Dot(other, scaled.AsSpan(from - low, j - from));
            row[j - low] = scaled[j - low] / variances[j];
            variance -= scaled[j - low] * row[j - low];
        }

        return variance;
    }
}
