using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>A linear recurrence that does not explode.</summary>
internal static class SsaRecurrence
{
    private const int Windows = 3;

    /// <summary>Continues a series by a recurrence.</summary>
    /// <param name="coefficients">Coefficients of the last values, oldest first.</param>
    /// <param name="last">Last values, oldest first; at least as many as coefficients.</param>
    /// <param name="next">Where the next values go.</param>
    /// <param name="low">Least value taken.</param>
    /// <param name="high">Largest value taken.</param>
    public static void Continue(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> last, Span<double> next, double low, double high)
    {
        var order = coefficients.Length;
        var path = new double[order + next.Length];
        last[^order..].CopyTo(path);
        for (var h = 0; h < next.Length; h++)
        {
            path[order + h] = Math.Clamp(Vectors.Dot(coefficients, path.AsSpan(h, order)), low, high);
        }

        path.AsSpan(order).CopyTo(next);
    }

    /// <summary>Draws the roots inward where the recurrence would more than double within a window.</summary>
    /// <param name="coefficients">Coefficients, oldest first; changed where needed.</param>
    /// <remarks>Coefficient a(j) times ρʲ multiplies every root by ρ. The largest root shows in the growth of the response to an impulse.</remarks>
    public static void Stabilize(double[] coefficients)
    {
        var order = coefficients.Length;
        if (order == 0)
        {
            return;
        }

        var response = ImpulseResponse(coefficients, (Windows + 1) * (order + 1));
        var (early, late) = (0.0, 0.0);
        for (var t = 0; t <= order; t++)
        {
            var (a, b) = (response[order + 1 + t], response[(Windows * (order + 1)) + t]);
            early += a * a;
            late += b * b;
        }

        var growth = Math.Pow(late / early, 0.5 / ((Windows - 1) * (order + 1)));
        var most = Math.Pow(2, 1.0 / (order + 1));
        if (!(growth > most))
        {
            return;
        }

        var factor = double.IsFinite(growth) ? 1 / growth : 0;
        var power = factor;
        for (var j = order - 1; j >= 0; j--, power *= factor)
        {
            coefficients[j] *= power;
        }
    }

    /// <summary>ψ: what an error of one adds to itself and to the values after it.</summary>
    public static double[] ImpulseResponse(ReadOnlySpan<double> coefficients, int length)
    {
        var order = coefficients.Length;
        var path = new double[order + length];
        path[order] = 1;
        for (var h = 1; h < length; h++)
        {
            path[order + h] = Vectors.Dot(coefficients, path.AsSpan(h, order));
        }

        return path[order..];
    }
}
