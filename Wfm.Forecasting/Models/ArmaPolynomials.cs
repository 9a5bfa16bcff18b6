namespace Wfm.Forecasting.Models;

/// <summary>Coefficients of a seasonal ARMA model, φ(B)Φ(Bᵐ)·z = θ(B)Θ(Bᵐ)·e with φ(B) = 1 − Σφⱼ·Bʲ and θ(B) = 1 + Σθⱼ·Bʲ.</summary>
/// <param name="ar">φ.</param>
/// <param name="ma">θ.</param>
/// <param name="seasonalAr">Φ.</param>
/// <param name="seasonalMa">Θ.</param>
/// <param name="m">Season length.</param>
internal sealed class ArmaPolynomials(double[] ar, double[] ma, double[] seasonalAr, double[] seasonalMa, int m)
{
    public double[] Ar => ar;

    public double[] Ma => ma;

    public double[] SeasonalAr => seasonalAr;

    public double[] SeasonalMa => seasonalMa;

    public int Season => m;

    /// <summary>Lags of the autoregressive part.</summary>
    public int ArLags => ar.Length + (m * seasonalAr.Length);

    /// <summary>Lags of the moving average part.</summary>
    public int MaLags => ma.Length + (m * seasonalMa.Length);

    /// <summary>Splits a vector φ, θ, Φ, Θ.</summary>
    public static ArmaPolynomials From(ReadOnlySpan<double> vector, ArimaOrder order, int m)
    {
        var (q, s) = (order.P + order.Q, order.P + order.Q + order.SeasonalP);
        return new ArmaPolynomials(
            vector[..order.P].ToArray(), vector[order.P..q].ToArray(), vector[q..s].ToArray(), vector[s..order.Coefficients].ToArray(), m);
    }

    /// <summary>φ(B)Φ(Bᵐ) as one: z(t) = Σ a[j−1]·z(t−j) + ….</summary>
    public double[] FullAr() => Multiply(ar, seasonalAr, m, -1);

    /// <summary>θ(B)Θ(Bᵐ) as one: … + e(t) + Σ b[j−1]·e(t−j).</summary>
    public double[] FullMa() => Multiply(ma, seasonalMa, m, 1);

    /// <summary>Whether every root lies outside the circle of a radius: stationary and invertible with 1, clearly so with 1.01.</summary>
    public bool RootsBeyond(double radius) =>
        RootsBeyond(ar, radius, 1) && RootsBeyond(ma, radius, -1) && RootsBeyond(seasonalAr, radius, 1) && RootsBeyond(seasonalMa, radius, -1);

    /// <summary>The differences (1 − B)ᵈ(1 − Bᵐ)ᴰ as x(t) = w(t) + Σ c[j−1]·x(t−j).</summary>
    public static double[] Differences(ArimaOrder order, int m)
    {
        double[] full = [];
        for (var i = 0; i < order.D; i++)
        {
            full = Multiply(full, [1], 1, -1);
        }

        for (var i = 0; i < order.SeasonalD; i++)
        {
            full = Multiply(full, [1], m, -1);
        }

        return full;
    }

    public static double[] Multiply(double[] near, double[] far, int step, int sign)
    {
        if (far.Length == 0)
        {
            return near;
        }

        var product = new double[near.Length + (step * far.Length)];
        near.CopyTo(product, 0);
        for (var k = 0; k < far.Length; k++)
        {
            var lag = (k + 1) * step;
            product[lag - 1] += far[k];
            for (var j = 0; j < near.Length; j++)
            {
                product[lag + j] += sign * far[k] * near[j];
            }
        }

        return product;
    }

    /// <summary>Step-down recursion: partial autocorrelations of 1 − Σaⱼ·zʲ lie in (−1, 1) exactly where its roots lie outside the unit circle.</summary>
    private static bool RootsBeyond(double[] coefficients, double radius, int sign)
    {
        var a = new double[coefficients.Length];
        var power = 1.0;
        for (var j = 0; j < a.Length; j++)
        {
            power *= radius;
            a[j] = sign * coefficients[j] * power;
        }

        var next = new double[a.Length];
        for (var order = a.Length; order > 0; order--)
        {
            var partial = a[order - 1];
            if (!(Math.Abs(partial) < 1))
            {
                return false;
            }

            for (var j = 0; j < order - 1; j++)
            {
                next[j] = (a[j] + (partial * a[order - 2 - j])) / (1 - (partial * partial));
            }

            (a, next) = (next, a);
        }

        return true;
    }
}
