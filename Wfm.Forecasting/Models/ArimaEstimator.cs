using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>Estimates one order of ARIMA on a series: conditional least squares, then maximum likelihood where that is affordable.</summary>
internal static class ArimaEstimator
{
    // Operations of all likelihoods of an order: a few milliseconds. A season of 24 on months of hours is beyond it, and needs it least.
    private const double Affordable = 4e6;
    private const int Iterations = 60;

    /// <summary>Conditional least squares.</summary>
    /// <param name="w">Differenced series.</param>
    /// <param name="order">Order.</param>
    /// <param name="m">Season length.</param>
    /// <param name="start">Coefficients of a neighbouring order to start from; <see langword="null"/> for none.</param>
    /// <param name="thorough">Whether to go on to full precision, or just to compare orders.</param>
    public static ArimaEstimate Conditional(double[] w, ArimaOrder order, int m, ArimaEstimate? start, bool thorough)
    {
        var point = Start(w, order, start);
        var problem = new ArmaConditional(w, order, m);
        var squares = problem.Minimize(point, thorough ? 40 : 12, thorough ? 1e-9 : 1e-4);
        var variance = squares / Math.Max(1, problem.Count);
        return new ArimaEstimate(order, point, w.Length * Math.Log(Math.Max(variance, 1e-300)), Exact: false, w.Length);
    }

    /// <summary>Whether the exact likelihood can be maximised in a few milliseconds.</summary>
    public static bool CanBeExact(double[] w, ArimaOrder order, int m)
    {
        var (p, q) = (order.P + (m * order.SeasonalP), order.Q + (m * order.SeasonalQ));
        return w.Length > Math.Max(p, q) + order.Parameters && ArmaExact.Cost(w.Length, p, q) * Evaluations(order) <= Affordable;
    }

    /// <summary>Maximum likelihood from an estimate; the mean follows from the coefficients.</summary>
    public static ArimaEstimate Exact(double[] w, ArimaEstimate start, int m)
    {
        var order = start.Order;
        var filter = new ArmaExact(w);
        var point = start.Point[..order.Coefficients];
        double? mean = order.Constant ? null : 0;
        var loss = point.Length == 0 ? filter.Run(Polynomials(point), mean, []) : QuasiNewton.Minimize(Loss, point, Iterations, 1e-8);
        if (!double.IsFinite(loss))
        {
            return start;
        }

        filter.Run(Polynomials(point), mean, []);
        return new ArimaEstimate(order, order.Constant ? [.. point, filter.Mean] : point, loss, Exact: true, w.Length);

        ArmaPolynomials Polynomials(ReadOnlySpan<double> p) => ArmaPolynomials.From(p, order, m);

        double Loss(ReadOnlySpan<double> p)
        {
            var arma = Polynomials(p);
            return arma.RootsBeyond(1) ? filter.Run(arma, mean, []) : double.PositiveInfinity;
        }
    }

    private static int Evaluations(ArimaOrder order) => 12 * (order.Coefficients + 2); // what it mostly takes

    private static double[] Start(double[] w, ArimaOrder order, ArimaEstimate? start)
    {
        var point = new double[order.Coefficients + (order.Constant ? 1 : 0)];
        if (start is not null)
        {
            var from = start.Order;
            Copy(0, 0, order.P, from.P);
            Copy(order.P, from.P, order.Q, from.Q);
            Copy(order.P + order.Q, from.P + from.Q, order.SeasonalP, from.SeasonalP);
            Copy(order.Coefficients - order.SeasonalQ, from.Coefficients - from.SeasonalQ, order.SeasonalQ, from.SeasonalQ);
            if (!ArmaPolynomials.From(point, order, 1).RootsBeyond(1.01))
            {
                Array.Clear(point); // a polynomial cut short need not be stationary
            }
        }

        if (order.Constant)
        {
            point[^1] = Statistics.Mean(w);
        }

        return point;

        void Copy(int to, int at, int wanted, int there) => start!.Point.AsSpan(at, Math.Min(wanted, there)).CopyTo(point.AsSpan(to));
    }
}

/// <summary>Coefficients of one order and how well they do.</summary>
/// <param name="Order">Order.</param>
/// <param name="Point">φ, θ, Φ, Θ, and the mean of the differenced series where the order has one.</param>
/// <param name="Loss">Minus twice the log-likelihood but for n·(1 + log 2π).</param>
/// <param name="Exact">Whether by the exact likelihood; otherwise conditional on the first lags.</param>
/// <param name="Length">Observations of the differenced series.</param>
internal sealed record ArimaEstimate(ArimaOrder Order, double[] Point, double Loss, bool Exact, int Length)
{
    /// <summary>Gaussian log-likelihood.</summary>
    public double LogLikelihood => -0.5 * (Loss + (Length * (1 + Math.Log(2 * Math.PI))));

    /// <summary>Akaike's criterion corrected for small samples; infinite where the sample is too small for it.</summary>
    public double Aicc
    {
        get
        {
            var room = Length - Order.Parameters - 1;
            return room > 0 ? (-2 * LogLikelihood) + (2.0 * Order.Parameters * Length / room) : double.PositiveInfinity;
        }
    }
}
