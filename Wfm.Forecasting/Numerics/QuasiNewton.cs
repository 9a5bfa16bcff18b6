namespace Wfm.Forecasting.Numerics;

/// <summary>Minimisation of a smooth function by BFGS with forward differences. Deterministic.</summary>
/// <remarks>
/// For few parameters of order 1 and a good start it needs a fraction of the evaluations of <see cref="NelderMead"/>. Source: Nocedal &amp; Wright,
/// <i>Numerical Optimization</i>, 2nd ed., algorithm 6.1, with backtracking; where the function is not finite the step is halved.
/// </remarks>
internal static class QuasiNewton
{
    private const double Difference = 1e-5;

    /// <summary>Minimises from a start where the function is finite.</summary>
    /// <param name="function">The function; infinite outside its domain.</param>
    /// <param name="point">Start; overwritten by the best.</param>
    /// <param name="iterations">Most iterations, each of n + 1 evaluations or a few more.</param>
    /// <param name="tolerance">Stops when an iteration gains less.</param>
    /// <returns>The least value.</returns>
    public static double Minimize(Objective function, double[] point, int iterations, double tolerance)
    {
        var n = point.Length;
        var value = function(point);
        var gradient = Gradient(function, point, value);
        var inverse = new double[n * n];
        var fresh = true;
        for (var iteration = 0; iteration < iterations && double.IsFinite(value); iteration++)
        {
            var direction = Direction(inverse, gradient, fresh);
            var (length, trial, next) = (1.0, new double[n], double.PositiveInfinity);
            var slope = Math.Min(0, Vectors.Dot(direction, gradient));
            for (var attempt = 0; attempt < 25 && !(next <= value + (1e-4 * length * slope)); attempt++, length *= 0.5)
            {
                for (var i = 0; i < n; i++)
                {
                    trial[i] = point[i] + (length * direction[i]);
                }

                next = function(trial);
            }

            var gain = value - next;
            if (!(gain > 0))
            {
                return value;
            }

            var after = Gradient(function, trial, next);
            Update(inverse, point, trial, gradient, after, fresh);
            (fresh, value, gradient) = (false, next, after);
            trial.CopyTo(point, 0);
            if (gain < tolerance)
            {
                return value;
            }
        }

        return value;
    }

    private static double[] Gradient(Objective function, double[] point, double value)
    {
        var gradient = new double[point.Length];
        var moved = (double[])point.Clone();
        for (var i = 0; i < point.Length; i++)
        {
            moved[i] = point[i] + Difference;
            var there = function(moved);
            if (double.IsFinite(there))
            {
                gradient[i] = (there - value) / Difference;
            }
            else
            {
                moved[i] = point[i] - Difference; // at the edge of the domain
                there = function(moved);
                gradient[i] = double.IsFinite(there) ? (value - there) / Difference : 0;
            }

            moved[i] = point[i];
        }

        return gradient;
    }

    /// <summary>−H·g; without a curvature yet, a step of a tenth downhill.</summary>
    private static double[] Direction(double[] inverse, double[] gradient, bool fresh)
    {
        var n = gradient.Length;
        var direction = new double[n];
        var size = Math.Sqrt(Vectors.Dot(gradient, gradient));
        for (var i = 0; i < n; i++)
        {
            direction[i] = fresh ? (size > 0 ? -0.1 * gradient[i] / size : 0) : -Vectors.Dot(inverse.AsSpan(i * n, n), gradient);
        }

        return direction;
    }

    private static void Update(double[] inverse, double[] from, double[] to, double[] before, double[] after, bool fresh)
    {
        var n = from.Length;
        var (s, y) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            (s[i], y[i]) = (to[i] - from[i], after[i] - before[i]);
        }

        var (sy, yy) = (Vectors.Dot(s, y), Vectors.Dot(y, y));
        if (fresh)
        {
            Array.Clear(inverse);
            for (var i = 0; i < n; i++)
            {
                inverse[(i * n) + i] = sy > 0 ? sy / yy : 1e-3;
            }
        }

        if (!(sy > 1e-14))
        {
            return; // no positive curvature: the last one stays
        }

        var hy = new double[n];
        for (var i = 0; i < n; i++)
        {
            hy[i] = Vectors.Dot(inverse.AsSpan(i * n, n), y);
        }

        var factor = (1 + (Vectors.Dot(y, hy) / sy)) / sy;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                inverse[(i * n) + j] += (factor * s[i] * s[j]) - (((hy[i] * s[j]) + (s[i] * hy[j])) / sy);
            }
        }
    }
}
