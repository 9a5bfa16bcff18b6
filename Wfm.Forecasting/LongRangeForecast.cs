using NodaTime;
using Wfm.Forecasting.Models;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting;

/// <summary>Weeks ahead for capacity plans: the history summed to weeks, with a yearly season where there are years to learn it from.</summary>
public static class LongRangeForecast
{
    /// <summary>Most weeks ahead.</summary>
    public const int MostWeeks = 104;

    private const int WeeksPerYear = 52;
    private const int HorizonsTested = 4; // as many horizons a plan of origins keeps for tests
    private const int MonthOfWeeks = 4;
    private const int SilentShare = 4; // a quarter of the weeks without a contact

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

        var years = new YearsByDate(weekly.Grid.DateOf(weekly.Start));
        var plain = new ForecastOptions { Seed = options.Seed, QuantileLevels = options.QuantileLevels };
        var prepared = HistoryPreparation.Prepare(weekly, weeks, plain);
        plain = plain with { BacktestHorizon = BacktestHorizon(prepared.Complete, weeks) };
        var models = LongRangeModels.Of(years, options.Models, prepared, plain);
        var learned = LearnedForecast.Learn(weekly, prepared, models, weeks, plain, cancellationToken);
        return LongRangeWidth.Widen(
            ForecastAssembly.Assemble(weekly, weeks, plain, prepared, learned), learned.Plan, prepared.Complete.Length,
            years.UpTo(prepared.Complete).Year.Spread());
    }

    /// <summary>A queue that is silent for months cannot be told before its year is known: it is tested where it could be.</summary>
    private static int? BacktestHorizon(double[] weeks, int ahead)
    {
        var silent = SilentShare * weeks.Count(week => week == 0) >= weeks.Length;
        return silent && weeks.Length > YearByDate.FewestWeeks ? Math.Clamp((weeks.Length - YearByDate.FewestWeeks) / HorizonsTested, 1, ahead) : null;
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
        history = WithSilence(history);
        if (history.Grid.Interval == Duration.FromDays(7))
        {
            return history;
        }

        var prepared = HistoryPreparation.Prepare(history, 1, options);
        var usual = new double[history.Length];
        var shifts = prepared.Report.LevelShifts;
        var passing = shifts.Any(s => s.Factor > 1) && shifts.Any(s => s.Factor < 1); // what came and went again is a season, no lasting change
        for (var i = 0; i < usual.Length; i++)
        {
            usual[i] = prepared.Frame.IsOpen(i) ? prepared.Complete[prepared.Frame.SlotOf(i)] : 0;
            usual[i] /= passing ? shifts.Where(s => s.Index > i).Aggregate(1.0, (product, s) => product * s.Factor) : 1;
        }

        return RollUp.To(new TimeSeries(history.Start, history.Grid, usual), Duration.FromDays(7));
    }

    /// <summary>Nobody imports the silence of a queue that is closed for months: where such months are missing for more than half of the history, they are
    /// zero. Shorter gaps, and long ones in a queue that is there most of the time, stay unknown.</summary>
    private static TimeSeries WithSilence(TimeSeries history)
    {
        var values = history.Values.ToArray();
        var (longest, missing) = (MonthOfWeeks * history.Grid.IntervalsPerWeek, 0);
        var first = Array.FindIndex(values, v => !double.IsNaN(v));
        for (int start = 0, end; start < values.Length; start = end + 1)
        {
            end = Array.FindIndex(values, start, v => !double.IsNaN(v));
            end = end < 0 ? values.Length : end;
            if (end - start >= longest)
            {
                Array.Fill(values, 0, start, end - start);
                missing += start > first ? end - start : 0; // before its first contact a queue may not have been there
            }
        }

        return first >= 0 && 2 * missing > values.Length - first ? new TimeSeries(history.Start, history.Grid, values) : history;
    }
}
