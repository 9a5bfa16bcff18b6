namespace Wfm.Forecasting.Numerics;

/// <summary>Function to be minimised.</summary>
internal delegate double Objective(ReadOnlySpan<double> x);

/// <summary>Minimisation without derivatives by a simplex. Deterministic.</summary>
/// <remarks>Source: Nelder &amp; Mead, “A simplex method for function minimization”, <i>The Computer Journal</i> 7 (1965).</remarks>
internal static class NelderMead
{
    /// <summary>Minimises from a start; points where the function is not finite count as worst.</summary>
    /// <param name="function">The function.</param>
    /// <param name="start">First point; overwritten by the best.</param>
    /// <param name="step">Size of the first simplex.</param>
    /// <param name="evaluations">Most evaluations.</param>
    /// <param name="tolerance">Stops when the values of the simplex differ by less, relatively.</param>
    /// <returns>The least value.</returns>
    public static double Minimize(Objective function, Span<double> start, ReadOnlySpan<double> step, int evaluations, double tolerance = 1e-8)
    {
        var n = start.Length;
        var points = new double[n + 1][];
        var values = new double[n + 1];
        for (var i = 0; i <= n; i++)
        {
            points[i] = start.ToArray();
            if (i > 0)
            {
                points[i][i - 1] += step[i - 1];
            }

            values[i] = Evaluate(function, points[i]);
        }

        var used = n + 1;
        var (centre, trial, other) = (new double[n], new double[n], new double[n]);
        Array.Sort(values, points);
        while (used < evaluations && values[n] - values[0] > tolerance * (Math.Abs(values[0]) + tolerance))
        {
            Array.Clear(centre);
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    centre[j] += points[i][j] / n;
                }
            }

            var reflected = Try(function, centre, points[n], 1, trial);
            used++;
            if (reflected < values[0])
            {
                var expanded = Try(function, centre, points[n], 2, other);
                used++;
                Replace(points, values, expanded < reflected ? other : trial, Math.Min(expanded, reflected));
            }
            else if (reflected < values[n - 1])
            {
                Replace(points, values, trial, reflected);
            }
            else
            {
                var outside = reflected < values[n];
                var contracted = Try(function, centre, points[n], outside ? 0.5 : -0.5, other);
                used++;
                if (contracted < Math.Min(reflected, values[n]))
                {
                    Replace(points, values, other, contracted);
                }
                else
                {
                    Shrink(function, points, values);
                    used += n;
                }
            }
        }

        points[0].CopyTo(start);
        return values[0];
    }

    private static double Evaluate(Objective function, double[] point)
    {
        var value = function(point);
        return double.IsNaN(value) ? double.PositiveInfinity : value;
    }

    private static double Try(Objective function, double[] centre, double[] worst, double factor, double[] point)
    {
        for (var j = 0; j < point.Length; j++)
        {
            point[j] = centre[j] + (factor * (centre[j] - worst[j]));
        }

        return Evaluate(function, point);
    }

    /// <summary>Puts a point in the place of the worst and keeps the order; ties stay in the order of age.</summary>
    private static void Replace(double[][] points, double[] values, double[] point, double value)
    {
        var slot = values.Length - 1;
        var row = points[slot];
        point.CopyTo(row, 0);
        while (slot > 0 && values[slot - 1] > value)
        {
            (points[slot], values[slot]) = (points[slot - 1], values[slot - 1]);
            slot--;
        }

        (points[slot], values[slot]) = (row, value);
    }

    private static void Shrink(Objective function, double[][] points, double[] values)
    {
        for (var i = 1; i < points.Length; i++)
        {
            for (var j = 0; j < points[i].Length; j++)
            {
                points[i][j] = points[0][j] + (0.5 * (points[i][j] - points[0][j]));
            }

            values[i] = Evaluate(function, points[i]);
        }

        Array.Sort(values, points);
    }
}
