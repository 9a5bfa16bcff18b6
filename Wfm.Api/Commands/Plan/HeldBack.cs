using NodaTime;
using Wfm.Forecasting.Series;
using Wfm.Forecasting;

namespace Wfm.Api.Commands.Plan;

/// <summary>An honest look back: the last weeks are hidden, forecast, and compared with what came.</summary>
/// <param name="Days">Days held back.</param>
/// <param name="Wape">Σ|error| ÷ Σ volume of our forecast.</param>
/// <param name="SeasonalNaiveWape">The same of copying the last week before.</param>
/// <param name="Bias">Σ(forecast − actual) ÷ Σ volume.</param>
/// <param name="Coverage95">Share of actuals inside the 95 % interval.</param>
/// <param name="Volume">Σ volume held back, the weight in the total.</param>
internal sealed record HeldBack(int Days, double Wape, double SeasonalNaiveWape, double Bias, double Coverage95, double Volume)
{
    private const int MostDays = 28;

    /// <summary>Null when the history is too short to hide a day of it.</summary>
    public static HeldBack? Test(TimeSeries history, ForecastOptions options, CancellationToken cancellationToken)
    {
        var available = (int)((history.End - history.Start).TotalDays / 3); // at least two thirds stay for fitting
        var days = Math.Min(MostDays, available);
        if (days < 1)
        {
            return null;
        }

        var cut = history.Grid.Zone.AtStartOfDay(history.End.InZone(history.Grid.Zone).Date.PlusDays(EndsAtMidnight(history) ? -days : 1 - days)).ToInstant();
        var train = Math.Min(history.Length, history.Grid.StepsUntil(history.Start, cut));

        var known = history.Head(train);
        if (!known.Values.ContainsAnyInRange(double.MinValue, double.MaxValue) || train == history.Length)
        {
            return null;
        }

        var forecast = ForecastEngine.Forecast(known, history.Length - train, options, cancellationToken);
        return Score(history, train, forecast, days);
    }

    private static bool EndsAtMidnight(TimeSeries history) => history.End.InZone(history.Grid.Zone).TimeOfDay == LocalTime.Midnight;

    private static HeldBack? Score(TimeSeries history, int train, SeriesForecast forecast, int days)
    {
        var (low, high) = (forecast.Quantile(0.025), forecast.Quantile(0.975));
        var (error, naiveError, signed, volume, inside, count) = (0.0, 0.0, 0.0, 0.0, 0, 0);
        for (var h = 0; h < forecast.Horizon; h++)
        {
            var actual = history.Values[train + h];
            if (double.IsNaN(actual))
            {
                continue;
            }

            error += Math.Abs(actual - forecast.Mean[h]);
            naiveError += Math.Abs(actual - WeekBefore(history, train, h));
            signed += forecast.Mean[h] - actual;
            volume += actual;
            inside += actual >= low[h] && actual <= high[h] ? 1 : 0;
            count++;
        }

        return volume > 0 ? new HeldBack(days, error / volume, naiveError / volume, signed / volume, (double)inside / count, volume) : null;
    }

    /// <summary>The same interval of the last week that has it, before the cut.</summary>
    private static double WeekBefore(TimeSeries history, int train, int h)
    {
        var week = history.Grid.IntervalsPerWeek;
        for (var at = train + h - (week * (1 + (h / week))); at >= 0; at -= week)
        {
            if (!double.IsNaN(history.Values[at]))
            {
                return history.Values[at];
            }
        }

        return 0;
    }
}
