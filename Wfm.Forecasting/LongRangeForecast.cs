using NodaTime;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting;

/// <summary>Weeks ahead for capacity plans: the history summed to weeks, with a yearly season where there are years to learn it from.</summary>
public static class LongRangeForecast
{
    /// <summary>Most weeks ahead.</summary>
    public const int MostWeeks = 104;

    private const int WeeksPerYear = 52;

    /// <summary>Forecasts whole weeks.</summary>
    /// <param name="history">Observations on any grid up to a week, NaN where missing; years of them, if there are.</param>
    /// <param name="weeks">Weeks after the last whole week of the history, 1 to <see cref="MostWeeks"/>.</param>
    /// <param name="options">As for <see cref="ForecastEngine.Forecast"/>; events and opening hours are those of the history's own grid.</param>
    /// <param name="cancellationToken">Checked between models.</param>
    /// <returns>
    /// A forecast on a weekly grid that starts on a Monday. Weeks are as usual: what events did to the past is taken out, and what they will do is not put
    /// in. The back-test says what such a forecast would have been worth before, as far as the history reaches.
    /// </returns>
    /// <exception cref="ForecastDataException">The history is empty, wholly missing, or shorter than a whole week.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of weeks is out of range.</exception>
    public static SeriesForecast Forecast(TimeSeries history, int weeks, ForecastOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(weeks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weeks, MostWeeks);
        options.Validate();
        var weekly = Weekly(history, options);
        if (weekly.Length == 0)
        {
            throw new ForecastDataException(
                $"The history from {history.Start} to {history.End} holds no whole week from Monday to Sunday. Import more volumes first.");
        }

        return ForecastEngine.Forecast(
            weekly, weeks, new ForecastOptions { Seed = options.Seed, QuantileLevels = options.QuantileLevels, Models = options.Models }, cancellationToken);
    }

    /// <summary>Whether a forecast knows the season of the year: two whole years of history.</summary>
    /// <param name="history">The history.</param>
    public static bool KnowsTheYear(TimeSeries history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return history.End - history.Start >= Duration.FromDays(2 * 7 * WeeksPerYear);
    }

    /// <summary>Whole weeks of the history, without its events, gaps and outliers.</summary>
    private static TimeSeries Weekly(TimeSeries history, ForecastOptions options)
    {
        if (history.Grid.Interval == Duration.FromDays(7))
        {
            return history;
        }

        var prepared = HistoryPreparation.Prepare(history, 1, options);
        var usual = new double[history.Length];
        for (var i = 0; i < usual.Length; i++)
        {
            usual[i] = prepared.Frame.IsOpen(i) ? prepared.Complete[prepared.Frame.SlotOf(i)] : 0;
        }

        return RollUp.To(new TimeSeries(history.Start, history.Grid, usual), Duration.FromDays(7));
    }
}
