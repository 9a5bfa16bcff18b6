using Wfm.Forecasting.Decomposition;
using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>Automatic order of an ARIMA model: differences by tests, the rest by a stepwise search for the least AICc.</summary>
/// <remarks>
/// Orders are compared by conditional least squares, the best few again by exact likelihood where that is affordable; short series by exact likelihood
/// throughout. Source: Hyndman &amp; Khandakar,
/// “Automatic time series forecasting: the forecast package for R”, <i>Journal of Statistical Software</i> 27 (2008), with the later defaults of R's
/// <c>auto.arima</c>: a seasonal difference where the seasonal strength exceeds 0.64, up to two differences while the KPSS test rejects.
/// </remarks>
/// <param name="x">Series.</param>
/// <param name="m">Season length; 1 for none.</param>
internal sealed class ArimaSearch(double[] x, int m)
{
    private const double StrongSeason = 0.64;
    private const double ClearOfUnity = 1.01; // roots nearer to the unit circle mean a difference too few or a moving average for one too many
    private const int MostOrders = 60;
    private const int Finalists = 4;
    private readonly Dictionary<ArimaOrder, ArimaEstimate?> _tried = [];
    private readonly bool _exact = x.Length <= 150 && m <= 12; // conditional errors of a short series are too few to compare by, as R has it

    /// <summary>The estimate of the chosen order.</summary>
    public ArimaEstimate Run()
    {
        var seasonal = m > 1 && SeasonIsStrong() ? 1 : 0;
        var w = seasonal == 1 ? Difference(x, m) : x;
        var d = 0;
        for (; d < 2 && w.Length > 4 && !IsConstant(w) && KpssTest.Rejects(w); d++)
        {
            w = Difference(w, 1);
        }

        var bare = new ArimaOrder(0, d, 0, 0, seasonal, 0, Constant: d + seasonal <= 1);
        if (w.Length < 6 || IsConstant(w))
        {
            return ArimaEstimator.Conditional(w, bare, m, null, thorough: true);
        }

        Stepwise(w, bare);
        return Best(w, bare);
    }

    /// <summary>x(t) − x(t − lag).</summary>
    public static double[] Difference(double[] x, int lag)
    {
        var w = new double[Math.Max(0, x.Length - lag)];
        for (var t = 0; t < w.Length; t++)
        {
            w[t] = x[t + lag] - x[t];
        }

        return w;
    }

    /// <summary>The series with the differences of an order taken.</summary>
    public static double[] Differenced(double[] x, ArimaOrder order, int m)
    {
        var w = order.SeasonalD > 0 ? Difference(x, m) : x;
        for (var i = 1; i < order.SeasonalD; i++)
        {
            w = Difference(w, m);
        }

        for (var i = 0; i < order.D; i++)
        {
            w = Difference(w, 1);
        }

        return w;
    }

    private bool SeasonIsStrong()
    {
        var parts = Mstl.Decompose(x, [m]);
        double[] detrended = [.. parts.Seasonals[0].Zip(parts.Remainder, (season, rest) => season + rest)];
        var whole = Variance(detrended);
        return whole > 1e-20 && 1 - (Variance(parts.Remainder) / whole) > StrongSeason;
    }

    private static double Variance(double[] values)
    {
        var mean = Statistics.Mean(values);
        return (Vectors.Dot(values, values) / values.Length) - (mean * mean);
    }

    /// <summary>Whether nothing but rounding is left; the series is in units of its size.</summary>
    private static bool IsConstant(double[] w) => w.Max() - w.Min() < 1e-9;

    private void Stepwise(double[] w, ArimaOrder bare)
    {
        var (seasonal, one) = (m > 1, m > 1 ? 1 : 0);
        var best = bare;
        foreach (var start in new[]
        {
            bare with { P = 2, Q = 2, SeasonalP = one, SeasonalQ = one }, bare, bare with { P = 1, SeasonalP = one },
            bare with { Q = 1, SeasonalQ = one }, bare with { Constant = false },
        })
        {
            best = Criterion(w, start, null) < Criterion(w, best, null) ? start : best;
        }

        for (var improved = true; improved && _tried.Count < MostOrders;)
        {
            improved = false;
            foreach (var next in Neighbours(best, seasonal, bare.Constant))
            {
                if (!_tried.ContainsKey(next) && Criterion(w, next, _tried[best]) < Criterion(w, best, null))
                {
                    (best, improved) = (next, true);
                    break;
                }
            }
        }
    }

    /// <summary>Orders one step away, in the order of R.</summary>
    private static IEnumerable<ArimaOrder> Neighbours(ArimaOrder order, bool seasonal, bool constant)
    {
        (int Ar, int Ma)[] steps = [(-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)];
        foreach (var (ar, ma) in seasonal ? steps : [])
        {
            yield return order with { SeasonalP = order.SeasonalP + ar, SeasonalQ = order.SeasonalQ + ma };
        }

        foreach (var (ar, ma) in steps)
        {
            yield return order with { P = order.P + ar, Q = order.Q + ma };
        }

        if (constant)
        {
            yield return order with { Constant = !order.Constant };
        }
    }

    private double Criterion(double[] w, ArimaOrder order, ArimaEstimate? start)
    {
        if (!_tried.TryGetValue(order, out var estimate))
        {
            // A likelihood has several hills; from nothing, as R starts, more often than from a neighbour the way leads up the highest.
            estimate = Allowed(w, order) ? ArimaEstimator.Conditional(w, order, m, _exact ? null : start, thorough: _exact) : null;
            estimate = estimate is not null && _exact && ArimaEstimator.CanBeExact(w, order, m) ? ArimaEstimator.Exact(w, estimate, m) : estimate;
            _tried[order] = estimate is not null && IsClear(estimate) ? estimate : null;
            estimate = _tried[order];
        }

        return estimate?.Aicc ?? double.PositiveInfinity;
    }

    private bool IsClear(ArimaEstimate estimate) => ArmaPolynomials.From(estimate.Point, estimate.Order, m).RootsBeyond(ClearOfUnity);

    private bool Allowed(double[] w, ArimaOrder order)
    {
        var near = Math.Min(5, w.Length / 3);
        var far = Math.Min(m > 24 ? 1 : 2, x.Length / (3 * m)); // of long seasons there are few cycles
        return order.P >= 0 && order.P <= near && order.Q >= 0 && order.Q <= near && order.SeasonalP >= 0 && order.SeasonalP <= far
            && order.SeasonalQ >= 0 && order.SeasonalQ <= far && w.Length > order.P + (m * order.SeasonalP) + order.Parameters + 2;
    }

    private ArimaEstimate Best(double[] w, ArimaOrder bare)
    {
        ArimaEstimate[] finalists =
        [
            .. _tried.Values.OfType<ArimaEstimate>().OrderBy(e => e.Aicc).ThenBy(e => e.Order.Parameters).Take(Finalists)
        ];
        if (finalists.Length == 0)
        {
            return ArimaEstimator.Conditional(w, bare, m, null, thorough: true);
        }

        if (finalists[0].Exact)
        {
            return finalists[0];
        }

        if (!finalists.All(e => ArimaEstimator.CanBeExact(w, e.Order, m)))
        {
            return ArimaEstimator.Conditional(w, finalists[0].Order, m, finalists[0], thorough: true);
        }

        ArimaEstimate[] exact = [.. finalists.Select(e => ArimaEstimator.Exact(w, e, m)).Where(e => e.Exact && IsClear(e)).OrderBy(e => e.Aicc)];
        return exact.Length > 0 ? exact[0] : finalists[0];
    }
}
