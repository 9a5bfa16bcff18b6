using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Intraday;
using Wfm.Forecasting.Series;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>What re-forecasting during the day is worth: forecasts at midnight, updates through the day, scores of the rest of the day.</summary>
internal static class IntradayCommand
{
    private static readonly int[] Hours = [6, 9, 12, 15];

    public static Command Create()
    {
        var data = new Option<FileInfo>("--data") { Description = "CSV: series_id,timestamp,count; local time without a zone", Required = true };
        var seasons = new Option<string>("--season-lengths") { Description = "Rows in a day and in a week, such as 24,168", Required = true };
        var days = new Option<int>("--days") { Description = "Last days of each series, one forecast each", DefaultValueFactory = _ => 28 };
        var command = new Command("intraday", "Measures the re-forecast of the rest of the day.") { data, seasons, days };
        command.SetAction(result => Run(
            result.GetRequiredValue(data), int.Parse(result.GetRequiredValue(seasons).Split(',')[^1], CultureInfo.InvariantCulture), result.GetValue(days),
            Hours));
        return command;
    }

    /// <param name="week">Rows in a week.</param>
    /// <param name="days">Last days of each series, one forecast each.</param>
    /// <param name="hours">Hours of the day at which it is forecast again.</param>
    internal static void Run(FileInfo data, int week, int days, IReadOnlyList<int> hours)
    {
        foreach (var (id, rows) in RollingCommand.Read(data))
        {
            var scores = hours.ToDictionary(hour => hour, _ => new IntradayScore());
            var series = new VolumeDays(rows, week);
            foreach (var midnight in series.LastDays(days))
            {
                var forecast = ForecastEngine.Forecast(series.Before(midnight), series.StepsPerDay, new ForecastOptions());
                foreach (var hour in hours)
                {
                    Score(series, midnight, hour, forecast, scores[hour]);
                }
            }

            foreach (var hour in hours)
            {
                scores[hour].Print($"{id} {hour:00}:00");
            }
        }
    }

    private static void Score(VolumeDays series, int midnight, int hour, SeriesForecast forecast, IntradayScore score)
    {
        var (now, end) = (series.StepsPerDay * hour / 24, series.StepsPerDay);
        var observed = series.Values.AsSpan(midnight, now);
        IntradayUpdate.Update(forecast, observed, 0, end, end); // compiled before the clock runs
        var clock = Stopwatch.GetTimestamp();
        var update = IntradayUpdate.Update(forecast, observed, 0, end, end);
        score.AddTime(Stopwatch.GetElapsedTime(clock));
        var total = 0.0;
        for (var h = now; h < end; h++)
        {
            var actual = series.Values[midnight + h];
            if (!double.IsNaN(actual))
            {
                total += actual;
                score.Add(
                    actual, series.LastWeek[midnight + h], forecast.Mean[h], update.Mean[h - now], forecast.QuantileLevels,
                    k => forecast.Quantiles[k][h], k => update.Quantiles[k][h - now]);
            }
        }

        if (total > 0)
        {
            score.AddTotal(total, forecast.Mean[now..].Sum(), update.RestOfDay, forecast.QuantileLevels);
        }
    }

    /// <summary>The rows of a series on an even grid of local time, NaN where there is none.</summary>
    private sealed class VolumeDays
    {
        private readonly Instant _start;
        private readonly IntervalGrid _grid;

        public VolumeDays(List<(LocalDateTime Time, double Count)> rows, int week)
        {
            var interval = rows.Zip(rows.Skip(1), (a, b) => b.Time.InUtc().ToInstant() - a.Time.InUtc().ToInstant()).Take(500).Min();
            _start = rows[0].Time.Date.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
            _grid = new IntervalGrid(interval, DateTimeZone.Utc);
            StepsPerDay = _grid.IntervalsPerDay;
            var end = rows[^1].Time.Date.PlusDays(1).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
            Values = new double[(int)((end - _start) / interval)];
            Array.Fill(Values, double.NaN);
            LastWeek = [.. Values];
            foreach (var (row, (time, count)) in rows.Index())
            {
                var step = (int)((time.InUtc().ToInstant() - _start) / interval);
                Values[step] = count;
                LastWeek[step] = row >= week ? rows[row - week].Count : count;
            }
        }

        public int StepsPerDay { get; }

        public double[] Values { get; }

        /// <summary>What the row a week of rows before said.</summary>
        public double[] LastWeek { get; }

        /// <summary>Midnights of the last days that have any volume.</summary>
        public IEnumerable<int> LastDays(int days) => Enumerable.Range(0, Values.Length / StepsPerDay).Select(day => day * StepsPerDay)
            .Where(m => m > 0 && Array.Exists(Values[m..(m + StepsPerDay)], v => !double.IsNaN(v))).TakeLast(days);

        public TimeSeries Before(int midnight) => new(_start, _grid, Values[..midnight]);
    }
}
