namespace Wfm.Forecasting.Models;

/// <summary>Seasonal ARIMA, φ(B)Φ(Bᵐ)(1 − B)ᵈ(1 − Bᵐ)ᴰ·y = c + θ(B)Θ(Bᵐ)·e, its order given or found.</summary>
/// <remarks>
/// Exact maximum likelihood of the differenced series where that takes milliseconds, conditional least squares otherwise: a weekly season of hours has
/// 168 lags. Signs and criteria as in R's <c>Arima</c>. Source: Box, Jenkins &amp; Reinsel, <i>Time Series Analysis</i>; Hyndman &amp; Khandakar,
/// <i>Journal of Statistical Software</i> 27 (2008).
/// </remarks>
/// <param name="order">A fixed order, its seasonal part left out where the history is too short for it; <see langword="null"/> searches.</param>
/// <param name="logarithm">On logarithms, for positive series: errors and seasons in proportion to the level.</param>
public sealed class Arima(ArimaOrder? order = null, bool logarithm = false) : IForecastModel
{
    private const int CyclesUsed = 8; // of the season
    private const int LeastUsed = 1000;

    /// <inheritdoc/>
    public string Name => (order is null ? "arima" : $"arima-{order.Code}") + (logarithm ? "-log" : "");

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => order?.WithoutSeason().Needs(1) ?? 8;

    /// <inheritdoc/>
    IFittedModel IForecastModel.Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths) => Fit(y, seasonLengths);

    /// <inheritdoc cref="IForecastModel.Fit"/>
    public ArimaFit Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        var m = Season(y.Length, seasonLengths);
        y = Used(y, m);
        var scale = LogScale.Choose(y, logarithm);
        var x = scale.Forward(y);
        var estimate = order is null ? new ArimaSearch(x, m).Run() : Fixed(x, m);
        return ArimaFit.Run(x, scale, estimate, m);
    }

    /// <inheritdoc/>
    public IFittedModel Resume(double[] parameters, ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        var (stored, estimate, m) = ArimaFit.Read(parameters);
        y = Used(y, m);
        if (y.Length < estimate.Order.Needs(m))
        {
            return Fit(y, seasonLengths);
        }

        var x = stored.Forward(y);
        var scale = stored with { Low = x.Min(), High = x.Max() };
        return ArimaFit.Run(x, scale, estimate, m);
    }

    private static ReadOnlySpan<double> Used(ReadOnlySpan<double> y, int m) => y[^Math.Min(y.Length, Math.Max(LeastUsed, CyclesUsed * m))..];

    private int Season(int length, ReadOnlySpan<int> seasonLengths)
    {
        if (order is null)
        {
            return ModelGuard.LongestSeason(length, seasonLengths, 3);
        }

        for (var i = seasonLengths.Length - 1; i >= 0 && order.Seasonal; i--)
        {
            if (order.Needs(seasonLengths[i]) <= length)
            {
                return seasonLengths[i];
            }
        }

        return 1;
    }

    private ArimaEstimate Fixed(double[] x, int m)
    {
        var used = m > 1 ? order! : order!.WithoutSeason();
        var w = ArimaSearch.Differenced(x, used, m);
        var estimate = ArimaEstimator.Conditional(w, used, m, null, thorough: true);
        return ArimaEstimator.CanBeExact(w, used, m) ? ArimaEstimator.Exact(w, estimate, m) : estimate;
    }
}

/// <summary>A fitted ARIMA model.</summary>
public sealed class ArimaFit : IFittedModel
{
    private readonly LogScale _scale;
    private readonly ArimaEstimate _estimate;
    private readonly ArmaPolynomials _arma;
    private readonly double[] _last;
    private readonly double[] _ahead;

    private ArimaFit(LogScale scale, ArimaEstimate estimate, ArmaPolynomials arma, double[] last, double[] ahead) =>
        (_scale, _estimate, _arma, _last, _ahead) = (scale, estimate, arma, last, ahead);

    /// <summary>Order.</summary>
    public ArimaOrder Order => _estimate.Order;

    /// <summary>φ, θ, Φ, Θ in this order.</summary>
    public IReadOnlyList<double> Coefficients => _estimate.Point[..Order.Coefficients];

    /// <summary>Gaussian log-likelihood of the differenced observations; on logarithms, of theirs.</summary>
    public double LogLikelihood => _estimate.LogLikelihood - (_scale.Logarithm ? 0 : _estimate.Length * Math.Log(_scale.Unit));

    /// <summary>Akaike's criterion corrected for small samples, on the scale of R's <c>Arima</c>.</summary>
    public double Aicc => _estimate.Aicc + (_scale.Logarithm ? 0 : 2 * _estimate.Length * Math.Log(_scale.Unit));

    /// <summary>Whether estimated by the exact likelihood; otherwise by conditional least squares.</summary>
    public bool Exact => _estimate.Exact;

    /// <inheritdoc/>
    public double[] Parameters =>
    [
        .. _scale.ToArray(), _arma.Season, Order.P, Order.D, Order.Q, Order.SeasonalP, Order.SeasonalD, Order.SeasonalQ, Order.Constant ? 1 : 0,
        _estimate.Loss, Exact ? 1 : 0, _estimate.Length, .. _estimate.Point,
    ];

    private double MeanOfDifferences => Order.Constant ? _estimate.Point[^1] : 0;

    /// <inheritdoc/>
    public void Forecast(Span<double> mean)
    {
        var (low, high) = _scale.Bounds;
        var path = Path(mean.Length);
        for (var h = 0; h < mean.Length; h++)
        {
            mean[h] = _scale.Back(Math.Clamp(path[h], low, high));
        }
    }

    internal static ArimaFit Run(double[] x, LogScale scale, ArimaEstimate estimate, int m)
    {
        var order = estimate.Order;
        var w = ArimaSearch.Differenced(x, order, m);
        var arma = ArmaPolynomials.From(estimate.Point, order, m);
        var ahead = new double[arma.MaLags];
        if (estimate.Exact)
        {
            var filter = new ArmaExact(w);
            filter.Run(arma, order.Constant ? estimate.Point[^1] : 0, ahead);
        }
        else
        {
            var errors = new double[w.Length];
            new ArmaConditional(w, order, m).Errors(estimate.Point, errors);
            Remember(arma.FullMa(), errors, ahead);
        }

        var lags = arma.ArLags + order.D + (m * order.SeasonalD);
        return new ArimaFit(scale, estimate, arma, x[^lags..], ahead);
    }

    internal static (LogScale Scale, ArimaEstimate Estimate, int Season) Read(ReadOnlySpan<double> stored)
    {
        var scale = LogScale.From(stored);
        stored = stored[scale.ToArray().Length..];
        var order = new ArimaOrder((int)stored[1], (int)stored[2], (int)stored[3], (int)stored[4], (int)stored[5], (int)stored[6], stored[7] != 0);
        return (scale, new ArimaEstimate(order, stored[11..].ToArray(), stored[8], stored[9] != 0, (int)stored[10]), (int)stored[0]);
    }

    /// <summary>Past errors' part in the errors' moving average of each step to come.</summary>
    private static void Remember(double[] ma, double[] errors, double[] ahead)
    {
        for (var h = 0; h < ahead.Length; h++)
        {
            for (var lag = h + 1; lag <= ma.Length && lag - h <= errors.Length; lag++)
            {
                ahead[h] += ma[lag - 1] * errors[^(lag - h)];
            }
        }
    }

    /// <summary>Autoregressive part and differences as one.</summary>
    private double[] Integrated() => ArmaPolynomials.Multiply(_arma.FullAr(), ArmaPolynomials.Differences(Order, _arma.Season), 1, -1);

    private double[] Path(int horizon)
    {
        var ar = Integrated();
        int[] lags = [.. Enumerable.Range(1, ar.Length).Where(j => ar[j - 1] != 0)]; // most of a seasonal polynomial is zero
        var drift = MeanOfDifferences * (1 - _arma.FullAr().Sum());
        var path = new double[_last.Length + horizon];
        _last.CopyTo(path, 0);
        for (var h = 0; h < horizon; h++)
        {
            var value = drift + (h < _ahead.Length ? _ahead[h] : 0);
            foreach (var lag in lags)
            {
                value += ar[lag - 1] * path[_last.Length + h - lag];
            }

            path[_last.Length + h] = value;
        }

        return path[_last.Length..];
    }
}
