using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>Conditional sum of squares of a seasonal ARMA model: errors before the first full set of lags count as zero.</summary>
/// <remarks>
/// Costs a few operations per observation whatever the season length. Minimised by Gauss–Newton steps with Levenberg's damping; derivatives of the errors
/// are the series filtered by the same polynomials and shifted. Source: Box, Jenkins &amp; Reinsel, <i>Time Series Analysis</i>, §7.1–7.2.
/// </remarks>
/// <param name="w">Differenced series.</param>
/// <param name="order">Order; differences are not looked at.</param>
/// <param name="m">Season length.</param>
internal sealed class ArmaConditional(double[] w, ArimaOrder order, int m)
{
    private readonly int _start = order.P + (m * order.SeasonalP);

    /// <summary>Errors that count.</summary>
    public int Count => w.Length - _start;

    /// <summary>Improves a vector φ, θ, Φ, Θ and mean where the order has one; the sum of squares it ends with.</summary>
    /// <param name="point">Overwritten by the best.</param>
    /// <param name="iterations">Most steps.</param>
    /// <param name="tolerance">Stops when a step lowers the sum by less, relatively.</param>
    public double Minimize(double[] point, int iterations, double tolerance)
    {
        var e = new double[w.Length];
        var best = Errors(point, e);
        var damping = 1e-3;
        for (var i = 0; i < iterations && best > 0; i++)
        {
            var derivatives = Derivatives(point, e);
            var (gram, gradient) = Normal(derivatives, e);
            var lowered = false;
            for (var attempt = 0; attempt < 8 && !lowered; attempt++)
            {
                var trial = Step(point, gram, gradient, damping);
                var errors = new double[w.Length];
                var loss = trial is null ? double.PositiveInfinity : Errors(trial, errors);
                if (loss < best)
                {
                    var gain = best - loss;
                    trial!.CopyTo(point, 0);
                    (e, best, damping, lowered) = (errors, loss, Math.Max(damping * 0.2, 1e-9), true);
                    if (gain < tolerance * best)
                    {
                        return best;
                    }
                }
                else
                {
                    damping *= 6;
                }
            }

            if (!lowered)
            {
                return best;
            }
        }

        return best;
    }

    /// <summary>Writes the errors; their sum of squares.</summary>
    public double Errors(ReadOnlySpan<double> point, double[] e)
    {
        var arma = ArmaPolynomials.From(point, order, m);
        var z = Centred(point);
        var moved = Lagged(Lagged(z, arma.SeasonalAr, m, m * order.SeasonalP), arma.Ar, 1, _start);
        Array.Clear(e, 0, _start);
        moved.AsSpan(_start).CopyTo(e.AsSpan(_start));
        Invert(e, arma.Ma, 1, _start);
        Invert(e, arma.SeasonalMa, m, _start);
        var errors = e.AsSpan(_start);
        var loss = Vectors.Dot(errors, errors);
        return double.IsFinite(loss) ? loss : double.PositiveInfinity;
    }

    private double[] Centred(ReadOnlySpan<double> point)
    {
        var mean = order.Constant ? point[order.Coefficients] : 0;
        var z = new double[w.Length];
        for (var t = 0; t < z.Length; t++)
        {
            z[t] = w[t] - mean;
        }

        return z;
    }

    /// <summary>x(t) − Σ c(k)·x(t−k·step) from a time on, zero before.</summary>
    private static double[] Lagged(double[] x, double[] coefficients, int step, int from)
    {
        if (coefficients.Length == 0)
        {
            return x;
        }

        var y = new double[x.Length];
        for (var t = from; t < x.Length; t++)
        {
            var value = x[t];
            for (var k = 0; k < coefficients.Length; k++)
            {
                value -= coefficients[k] * x[t - ((k + 1) * step)];
            }

            y[t] = value;
        }

        return y;
    }

    /// <summary>x ← x(t) − Σ c(k)·x(t−k·step), each with those before it already done: division by a moving average polynomial.</summary>
    private static void Invert(double[] x, double[] coefficients, int step, int from)
    {
        if (coefficients.Length == 0)
        {
            return;
        }

        for (var t = from + step; t < x.Length; t++)
        {
            var value = x[t];
            for (var k = 0; k < coefficients.Length && t - ((k + 1) * step) >= from; k++)
            {
                value -= coefficients[k] * x[t - ((k + 1) * step)];
            }

            x[t] = value;
        }
    }

    /// <summary>Minus the derivatives of the errors, one row per parameter.</summary>
    private double[][] Derivatives(double[] point, double[] e)
    {
        var arma = ArmaPolynomials.From(point, order, m);
        var z = Centred(point);
        var rows = new List<double[]>();
        Add(order.P, 1, () => Divided(Lagged(z, arma.SeasonalAr, m, m * order.SeasonalP), m * order.SeasonalP, true, true));
        Add(order.Q, 1, () => Divided(e, _start, true, false));
        Add(order.SeasonalP, m, () => Divided(Lagged(z, arma.Ar, 1, order.P), order.P, true, true));
        Add(order.SeasonalQ, m, () => Divided(e, _start, false, true));
        if (order.Constant)
        {
            var gain = (1 - arma.Ar.Sum()) * (1 - arma.SeasonalAr.Sum());
            var ones = new double[w.Length];
            Array.Fill(ones, gain, _start, Count);
            rows.Add(Divided(ones, _start, true, true));
        }

        return [.. rows];

        void Add(int count, int step, Func<double[]> series)
        {
            var filtered = count == 0 ? [] : series();
            for (var k = 1; k <= count; k++)
            {
                var row = new double[w.Length];
                filtered.AsSpan(0, w.Length - (k * step)).CopyTo(row.AsSpan(k * step));
                rows.Add(row);
            }
        }

        double[] Divided(double[] x, int from, bool near, bool far)
        {
            var y = new double[x.Length];
            x.AsSpan(from).CopyTo(y.AsSpan(from));
            Invert(y, near ? arma.Ma : [], 1, from);
            Invert(y, far ? arma.SeasonalMa : [], m, from);
            return y;
        }
    }

    private (double[] Gram, double[] Gradient) Normal(double[][] rows, double[] e)
    {
        var k = rows.Length;
        var (gram, gradient) = (new double[k * k], new double[k]);
        for (var i = 0; i < k; i++)
        {
            // Minus the derivative of e by a moving average coefficient is the shifted error itself, by an autoregressive one the shifted series:
            // both lower e when the coefficient rises along them, so the signs agree.
            gradient[i] = Vectors.Dot(rows[i].AsSpan(_start), e.AsSpan(_start));
            for (var j = 0; j <= i; j++)
            {
                gram[(i * k) + j] = Vectors.Dot(rows[i].AsSpan(_start), rows[j].AsSpan(_start));
            }
        }

        return (gram, gradient);
    }

    /// <summary>The damped step; <see langword="null"/> where it leaves the stationary and invertible region.</summary>
    private double[]? Step(double[] point, double[] gram, double[] gradient, double damping)
    {
        var k = point.Length;
        var (damped, step) = ((double[])gram.Clone(), (double[])gradient.Clone());
        for (var i = 0; i < k; i++)
        {
            damped[(i * k) + i] = (gram[(i * k) + i] * (1 + damping)) + 1e-12;
        }

        if (!RidgeRegression.Solve(damped, step))
        {
            return null;
        }

        for (var i = 0; i < k; i++)
        {
            step[i] += point[i];
        }

        return ArmaPolynomials.From(step, order, m).RootsBeyond(1.0001) ? step : null;
    }
}
