using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Decomposition;

/// <summary>Locally weighted regression on an even grid, as STL uses it.</summary>
/// <remarks>
/// Tricube weights over the nearest points, local constant or line. Inside the series, without outer weights, the window is symmetric and the
/// smooth is one inner product with fixed weights. Source: Cleveland, Cleveland, McRae &amp; Terpenning, “STL”, <i>Journal of Official
/// Statistics</i> 6 (1990), and its Fortran (netlib a/stl), whose conventions R follows.
/// </remarks>
internal static class Loess
{
    /// <summary>Smooths a series.</summary>
    /// <param name="y">Values, at least one.</param>
    /// <param name="window">Points in the window, odd, at least 3; may exceed the length.</param>
    /// <param name="degree">0 for a local constant, 1 for a local line.</param>
    /// <param name="jump">The smooth is computed at every jump-th point and interpolated between.</param>
    /// <param name="outer">Robustness weights, empty for none.</param>
    /// <param name="smooth">Result, as long as <paramref name="y"/>.</param>
    public static void Smooth(
        ReadOnlySpan<double> y, int window, int degree, int jump, ReadOnlySpan<double> outer, Span<double> smooth)
    {
        var n = y.Length;
        if (n < 2)
        {
            y.CopyTo(smooth);
            return;
        }

        jump = Math.Min(jump, n - 1);
        Span<double> weights = window <= 512 ? stackalloc double[window] : new double[window];
        Span<double> kernel = window <= 512 ? stackalloc double[window] : new double[window];
        var half = window / 2;
        var fast = outer.IsEmpty && window < n;
        if (fast)
        {
            Kernel(kernel, half);
        }

        for (var t = 0; t < n; t += jump)
        {
            smooth[t] = At(y, t, window, degree, outer, weights, kernel, fast, half);
        }

        if (jump > 1)
        {
            Interpolate(y, window, degree, jump, outer, smooth, weights, kernel, fast, half);
        }
    }

    /// <summary>The smooth at a point that may lie one step outside the series.</summary>
    public static double Evaluate(
        ReadOnlySpan<double> y, double x, int left, int right, int window, int degree, ReadOnlySpan<double> outer, Span<double> weights)
    {
        var n = y.Length;
        var h = Math.Max(x - left, right - x);
        if (window > n)
        {
            h += (window - n) / 2; // whole numbers, as in the original
        }

        var (far, near, total) = (0.999 * h, 0.001 * h, 0.0);
        for (var j = left; j <= right; j++)
        {
            var r = Math.Abs(j - x);
            var weight = 0.0;
            if (r <= far)
            {
                var ratio = r / h;
                var cube = 1 - (ratio * ratio * ratio);
                weight = r <= near ? 1 : cube * cube * cube;
                weight *= outer.IsEmpty ? 1 : outer[j];
            }

            weights[j - left] = weight;
            total += weight;
        }

        if (total <= 0)
        {
            return double.NaN;
        }

        var width = right - left + 1;
        for (var j = 0; j < width; j++)
        {
            weights[j] /= total;
        }

        if (h > 0 && degree > 0)
        {
            Tilt(weights[..width], x - left, n - 1);
        }

        return Vectors.Dot(weights[..width], y[left..]);
    }

    private static void Tilt(Span<double> weights, double x, double range)
    {
        var centre = 0.0;
        for (var j = 0; j < weights.Length; j++)
        {
            centre += weights[j] * j;
        }

        var (slope, spread) = (x - centre, 0.0);
        for (var j = 0; j < weights.Length; j++)
        {
            spread += weights[j] * (j - centre) * (j - centre);
        }

        if (Math.Sqrt(spread) <= 0.001 * range)
        {
            return;
        }

        slope /= spread;
        for (var j = 0; j < weights.Length; j++)
        {
            weights[j] *= (slope * (j - centre)) + 1;
        }
    }

    private static void Kernel(Span<double> kernel, int half)
    {
        var total = 0.0;
        for (var j = -half; j <= half; j++)
        {
            var ratio = Math.Abs(j) / (double)half;
            var cube = 1 - (ratio * ratio * ratio);
            kernel[j + half] = ratio <= 0.001 ? 1 : ratio <= 0.999 ? cube * cube * cube : 0;
            total += kernel[j + half];
        }

        for (var j = 0; j < kernel.Length; j++)
        {
            kernel[j] /= total;
        }
    }

    private static double At(
        ReadOnlySpan<double> y, int t, int window, int degree, ReadOnlySpan<double> outer, Span<double> weights, ReadOnlySpan<double> kernel,
        bool fast, int half)
    {
        var n = y.Length;
        if (fast && t >= half && t + half < n)
        {
            return Vectors.Dot(kernel, y[(t - half)..]);
        }

        var left = Math.Clamp(t - half, 0, Math.Max(0, n - window));
        var right = Math.Min(n - 1, left + window - 1);
        Span<double> local = right - left + 1 <= weights.Length ? weights : new double[right - left + 1];
        var value = Evaluate(y, t, left, right, window, degree, outer, local);
        return double.IsNaN(value) ? y[t] : value;
    }

    private static void Interpolate(
        ReadOnlySpan<double> y, int window, int degree, int jump, ReadOnlySpan<double> outer, Span<double> smooth, Span<double> weights,
        ReadOnlySpan<double> kernel, bool fast, int half)
    {
        var n = y.Length;
        var last = 0;
        for (var t = jump; t < n; t += jump)
        {
            Line(smooth, last, t);
            last = t;
        }

        if (last < n - 1)
        {
            smooth[n - 1] = At(y, n - 1, window, degree, outer, weights, kernel, fast, half);
            Line(smooth, last, n - 1);
        }
    }

    private static void Line(Span<double> smooth, int from, int to)
    {
        var slope = (smooth[to] - smooth[from]) / (to - from);
        for (var k = from + 1; k < to; k++)
        {
            smooth[k] = smooth[from] + (slope * (k - from));
        }
    }
}
