namespace Wfm.Forecasting.Numerics;

/// <summary>Stationary autoregressions of a series without a mean: x(t) = Σ φ(j)·x(t−j) + e(t).</summary>
internal static class Autoregression
{
    /// <summary>Coefficients by least squares; by Yule &amp; Walker where those would not be stationary.</summary>
    /// <param name="x">Observations.</param>
    /// <param name="order">Order, below the number of observations.</param>
    public static double[] LeastSquares(ReadOnlySpan<double> x, int order)
    {
        var (gram, coefficients) = (new double[order * order], new double[order]);
        var rows = x.Length - order;
        var target = x[order..];
        for (var i = 0; i < order; i++)
        {
            var lagged = x.Slice(order - 1 - i, rows);
            coefficients[i] = Vectors.Dot(lagged, target);
            for (var j = 0; j <= i; j++)
            {
                gram[(i * order) + j] = Vectors.Dot(lagged, x.Slice(order - 1 - j, rows));
            }
        }

        return RidgeRegression.Solve(gram, coefficients) && IsStationary(coefficients) ? coefficients : YuleWalker(x, order, out _);
    }

    /// <summary>Coefficients from the autocovariances, by the recursion of Levinson and Durbin; always stationary.</summary>
    /// <param name="x">Observations.</param>
    /// <param name="order">Order, below the number of observations.</param>
    /// <param name="variances">Innovation variance of every order from 0.</param>
    /// <remarks>Source: Brockwell &amp; Davis, <i>Time Series: Theory and Methods</i>, 2nd ed., §5.2 and §8.2.</remarks>
    public static double[] YuleWalker(ReadOnlySpan<double> x, int order, out double[] variances)
    {
        var covariances = new double[order + 1];
        for (var lag = 0; lag <= order; lag++)
        {
            covariances[lag] = Vectors.Dot(x[..^lag], x[lag..]) / x.Length;
        }

        var (phi, before) = (new double[order], new double[order]);
        variances = new double[order + 1];
        variances[0] = covariances[0];
        for (var k = 0; k < order; k++)
        {
            var sum = covariances[k + 1];
            for (var j = 0; j < k; j++)
            {
                sum -= phi[j] * covariances[k - j];
            }

            var partial = variances[k] > 1e-12 * covariances[0] ? sum / variances[k] : 0; // a series known exactly needs no further lag
            phi.CopyTo(before, 0);
            phi[k] = partial;
            for (var j = 0; j < k; j++)
            {
                phi[j] = before[j] - (partial * before[k - 1 - j]);
            }

            variances[k + 1] = variances[k] * Math.Max(0, 1 - (partial * partial));
        }

        return phi;
    }

    /// <summary>Whether every partial autocorrelation, by the recursion run backwards, is inside (−1, 1).</summary>
    private static bool IsStationary(double[] coefficients)
    {
        var phi = coefficients.ToArray();
        for (var k = phi.Length - 1; k >= 0; k--)
        {
            var partial = phi[k];
            if (!(Math.Abs(partial) < 1))
            {
                return false;
            }

            var before = phi[..k];
            for (var j = 0; j < k; j++)
            {
                phi[j] = (before[j] + (partial * before[k - 1 - j])) / (1 - (partial * partial));
            }
        }

        return true;
    }

    /// <summary>Innovations e(t) = x(t) − Σ φ(j)·x(t−j), without the first ones, which have no past.</summary>
    public static double[] Filter(ReadOnlySpan<double> x, ReadOnlySpan<double> coefficients)
    {
        var order = coefficients.Length;
        var innovations = x[order..].ToArray();
        for (var j = 0; j < order; j++)
        {
            Vectors.AddScaled(innovations, -coefficients[j], x.Slice(order - 1 - j, innovations.Length));
        }

        return innovations;
    }
}
