namespace Wfm.Forecasting.Models;

/// <summary>Order of a seasonal ARIMA model, (p,d,q)(P,D,Q) with or without a constant.</summary>
/// <param name="P">Autoregressive terms p.</param>
/// <param name="D">Differences d.</param>
/// <param name="Q">Moving average terms q.</param>
/// <param name="SeasonalP">Seasonal autoregressive terms P.</param>
/// <param name="SeasonalD">Seasonal differences D.</param>
/// <param name="SeasonalQ">Seasonal moving average terms Q.</param>
/// <param name="Constant">Whether the differenced series has a mean: a mean of the series without differences, a drift with one.</param>
public sealed record ArimaOrder(int P, int D, int Q, int SeasonalP = 0, int SeasonalD = 0, int SeasonalQ = 0, bool Constant = false)
{
    /// <summary>Autoregressive and moving average coefficients.</summary>
    internal int Coefficients => P + Q + SeasonalP + SeasonalQ;

    /// <summary>Free parameters as AIC counts them: coefficients, constant and variance.</summary>
    internal int Parameters => Coefficients + (Constant ? 1 : 0) + 1;

    /// <summary>Whether a season enters.</summary>
    internal bool Seasonal => SeasonalP + SeasonalD + SeasonalQ > 0;

    /// <summary>Digits of the order, such as <c>011-011</c> or <c>101-c</c>.</summary>
    internal string Code => $"{P}{D}{Q}{(Seasonal ? $"-{SeasonalP}{SeasonalD}{SeasonalQ}" : "")}{(Constant ? "-c" : "")}";

    /// <summary>Order as it is written, such as <c>ARIMA(0,1,1)(0,1,1)</c>.</summary>
    public override string ToString() =>
        $"ARIMA({P},{D},{Q}){(Seasonal ? $"({SeasonalP},{SeasonalD},{SeasonalQ})" : "")}{(Constant ? " with constant" : "")}";

    /// <summary>The order with what it needs left out where there is no season.</summary>
    internal ArimaOrder WithoutSeason() => this with { SeasonalP = 0, SeasonalD = 0, SeasonalQ = 0 };

    /// <summary>Observations for which the order makes sense: the lags, and eight errors.</summary>
    internal int Needs(int m) => D + P + Q + 8 + (Seasonal ? m * (SeasonalD + SeasonalP + SeasonalQ + 1) : 0) + P;
}
