namespace Wfm.Forecasting.Models;

/// <summary>Covariances of an ARMA process after Ansley's transform, innovation variance 1: the series itself at first, its moving average part
/// after.</summary>
/// <remarks>Source: Brockwell &amp; Davis, <i>Time Series: Theory and Methods</i>, formula 5.3.5.</remarks>
internal sealed class ArmaCovariance
{
    private readonly double[] _series;
    private readonly double[] _cross;
    private readonly double[] _movingAverage;

    private ArmaCovariance(double[] series, double[] cross, double[] movingAverage)
    {
        (_series, _cross, _movingAverage) = (series, cross, movingAverage);
        Head = Math.Max(series.Length - 1, movingAverage.Length - 1);
    }

    /// <summary>Observations taken as they are: the longest lag.</summary>
    public int Head { get; }

    /// <summary>Covariances of a model; <see langword="null"/> where it is as good as not stationary.</summary>
    /// <param name="a">Autoregressive coefficients.</param>
    /// <param name="b">Moving average coefficients.</param>
    public static ArmaCovariance? Of(double[] a, double[] b)
    {
        double[] theta = [1, .. b];
        var (p, q) = (a.Length, b.Length);
        var head = Math.Max(p, q);
        var psi = new double[q + 1];
        for (var j = 0; j <= q; j++)
        {
            psi[j] = theta[j];
            for (var k = 1; k <= Math.Min(j, p); k++)
            {
                psi[j] += a[k - 1] * psi[j - k];
            }
        }

        var (cross, moving) = (new double[q + 1], new double[q + 1]);
        for (var lag = 0; lag <= q; lag++)
        {
            for (var k = lag; k <= q; k++)
            {
                cross[lag] += theta[k] * psi[k - lag];
                moving[lag] += theta[k] * theta[k - lag];
            }
        }

        var series = YuleWalker(a, cross, head);
        return series is null || !(series[0] > 0) ? null : new ArmaCovariance(series, cross, moving);
    }

    /// <summary>Covariance of the transformed series at times i ≥ j, counted from 0.</summary>
    public double Between(int i, int j)
    {
        if (i < Head)
        {
            return _series[i - j];
        }

        var lag = i - j;
        return lag >= _cross.Length ? 0 : j < Head ? _cross[lag] : _movingAverage[lag];
    }

    /// <summary>Autocovariances 0…head from γ(k) − Σ a(j)·γ(k−j) = cross(k).</summary>
    private static double[]? YuleWalker(double[] a, double[] cross, int head)
    {
        var (p, size) = (a.Length, a.Length + 1);
        var matrix = new double[size * size];
        var gamma = new double[head + 1];
        for (var k = 0; k <= p; k++)
        {
            matrix[(k * size) + k] += 1;
            for (var j = 1; j <= p; j++)
            {
                matrix[(k * size) + Math.Abs(k - j)] -= a[j - 1];
            }

            gamma[k] = k < cross.Length ? cross[k] : 0;
        }

        if (!Eliminate(matrix, gamma.AsSpan(0, size)))
        {
            return null;
        }

        for (var k = size; k <= head; k++)
        {
            gamma[k] = k < cross.Length ? cross[k] : 0;
            for (var j = 1; j <= p; j++)
            {
                gamma[k] += a[j - 1] * gamma[k - j];
            }
        }

        return gamma;
    }

    /// <summary>Gaussian elimination with row pivots; <see langword="false"/> for a singular matrix.</summary>
    private static bool Eliminate(double[] matrix, Span<double> right)
    {
        var n = right.Length;
        for (var column = 0; column < n; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < n; row++)
            {
                pivot = Math.Abs(matrix[(row * n) + column]) > Math.Abs(matrix[(pivot * n) + column]) ? row : pivot;
            }

            if (!(Math.Abs(matrix[(pivot * n) + column]) > 1e-12))
            {
                return false;
            }

            for (var k = column; k < n && pivot != column; k++)
            {
                (matrix[(column * n) + k], matrix[(pivot * n) + k]) = (matrix[(pivot * n) + k], matrix[(column * n) + k]);
            }

            (right[column], right[pivot]) = (right[pivot], right[column]);
            for (var row = column + 1; row < n; row++)
            {
                var factor = matrix[(row * n) + column] / matrix[(column * n) + column];
                for (var k = column; k < n && factor != 0; k++)
                {
                    matrix[(row * n) + k] -= factor * matrix[(column * n) + k];
                }

                right[row] -= factor * right[column];
            }
        }

        for (var row = n - 1; row >= 0; row--)
        {
            for (var k = row + 1; k < n; k++)
            {
                right[row] -= matrix[(row * n) + k] * right[k];
            }

            right[row] /= matrix[(row * n) + row];
        }

        return true;
    }
}
