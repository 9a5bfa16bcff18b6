namespace Wfm.Forecasting.Intraday;

/// <summary>What is to be expected given what came in so far.</summary>
/// <param name="FirstStep">First step of the curve, counted from the start of the forecast: the one after the last observed.</param>
/// <param name="Mean">Expected value per step from <paramref name="FirstStep"/> on.</param>
/// <param name="QuantileLevels">Levels in (0, 1), strictly ascending: those of the forecast.</param>
/// <param name="Quantiles">One row per level, one value per step of the curve; ascending from row to row, not negative where the forecast's are not.</param>
/// <param name="RestOfDay">Sum over the steps of the curve that belong to today.</param>
/// <param name="DayTotal">Sum over all of today: what was observed, what was missed in between, and the rest.</param>
/// <param name="Unusual">How far today is from what was expected of it.</param>
public sealed record IntradayForecast(
    int FirstStep,
    double[] Mean,
    double[] QuantileLevels,
    double[][] Quantiles,
    SumForecast RestOfDay,
    SumForecast DayTotal,
    DayRarity Unusual);

/// <summary>Forecast of a sum over several steps.</summary>
/// <param name="Mean">Expected value.</param>
/// <param name="Quantiles">One value per quantile level, ascending.</param>
public sealed record SumForecast(double Mean, double[] Quantiles);

/// <summary>How unusual the observed part of a day is under what was known before the day began.</summary>
/// <param name="ObservedSteps">Steps of today that were observed; without any both probabilities are 1.</param>
/// <param name="Observed">Their sum.</param>
/// <param name="Expected">What was expected of those steps before the day began.</param>
/// <param name="AtLeast">Probability of at least this much in those steps, had the forecast been right; small on a day unusually high.</param>
/// <param name="AtMost">Probability of at most this much; small on a day unusually low.</param>
public sealed record DayRarity(int ObservedSteps, double Observed, double Expected, double AtLeast, double AtMost)
{
    /// <summary>What was expected of those steps before the day began, one value per quantile level, ascending; empty without any observed.</summary>
    public double[] Quantiles { get; init; } = [];
}
