using System.CommandLine;
using System.Diagnostics;
using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Series;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>Bias and width of forecasts by week up to a year ahead, over held-out last years of public series.</summary>
internal static class WeeksCommand
{
    private const int Ahead = 52;
    private const int ShortestHistory = 52; // weeks; without a year there is nothing to say about the next

    public static Command Create()
    {
        var m4 = new Option<DirectoryInfo?>("--m4") { Description = "Folder with Weekly-train.csv" };
        var data = new Option<FileInfo[]>("--data")
        {
            Description = "CSVs: series_id,timestamp,count; local time without a zone",
            DefaultValueFactory = _ => [],
            AllowMultipleArgumentsPerToken = true,
        };
        var holdouts = new Option<int>("--holdouts") { Description = "Last years forecast, one by one", DefaultValueFactory = _ => 1 };
        var every = new Option<int>("--every") { Description = "Take every n-th series only", DefaultValueFactory = _ => 1 };
        var history = new Option<int?>("--history") { Description = "Weeks of history at most; all there are without it" };
        var threads = new Option<int>("--threads") { Description = "Series forecast at the same time", DefaultValueFactory = _ => 1 };
        var command = new Command("weeks", "Measures bias and coverage 13, 26 and 52 weeks ahead on held-out years.")
        {
            m4,
            data,
            holdouts,
            every,
            history,
            threads,
        };
        command.SetAction(result =>
        {
            if (result.GetValue(m4) is { } folder)
            {
                Run("M4 Weekly", M4(folder, result.GetValue(every)), result.GetValue(holdouts), result.GetValue(history), result.GetValue(threads));
            }

            foreach (var file in result.GetRequiredValue(data))
            {
                Run(file.Name, [.. Volumes(file)], result.GetValue(holdouts), result.GetValue(history), result.GetValue(threads));
            }
        });
        return command;
    }

    private static void Run(string name, TimeSeries[] all, int holdouts, int? history, int threads)
    {
        var score = new WeeksScore();
        var clock = Stopwatch.StartNew();
        var forecasts = 0;
        for (var year = 1; year <= holdouts; year++)
        {
            var cut = all.Select(s => (Whole: s, Known: Without(s, year * Ahead, history))).Where(s => s.Known is not null).ToArray();
            var made = new SeriesForecast[cut.Length];
            Parallel.For(
                0, cut.Length, new ParallelOptions { MaxDegreeOfParallelism = threads },
                i => made[i] = LongRangeForecast.Forecast(cut[i].Known!, Ahead, new ForecastOptions()));
            forecasts += made.Length;
            for (var i = 0; i < made.Length; i++)
            {
                var weeks = RollUp.To(cut[i].Whole, Duration.FromDays(7));
                var known = (int)Math.Round((made[i].Start - weeks.Start) / Duration.FromDays(7));
                score.Add(weeks.Values[..known], weeks.Values[known..Math.Min(weeks.Length, known + Ahead)], made[i]);
            }
        }

        score.Print(name);
        Console.WriteLine($"{forecasts} forecasts, {clock.Elapsed.TotalMilliseconds / Math.Max(1, forecasts):0} ms each");
    }

    /// <summary>The history without its last weeks; null where too little is left.</summary>
    private static TimeSeries? Without(TimeSeries series, int weeks, int? history)
    {
        var week = series.Grid.IntervalsPerWeek;
        var kept = series.Length - (weeks * week);
        var skipped = Math.Max(0, kept - ((history ?? kept) * week));
        return kept < ShortestHistory * week ? null : new TimeSeries(series.InstantAt(skipped), series.Grid, series.Values[skipped..kept].ToArray());
    }

    private static TimeSeries[] M4(DirectoryInfo folder, int every)
    {
        var grid = new IntervalGrid(Duration.FromDays(7), DateTimeZone.Utc);
        var read = M4Command.Read(Path.Combine(folder.FullName, "Weekly-train.csv"));
        return [.. read.Where((_, i) => i % every == 0).Select(s => M4Command.HistoryOf(s.Values, grid))];
    }

    private static IEnumerable<TimeSeries> Volumes(FileInfo file)
    {
        foreach (var (_, rows) in RollingCommand.Read(file))
        {
            var interval = Duration.FromMinutes((long)(rows[1].Time.InUtc().ToInstant() - rows[0].Time.InUtc().ToInstant()).TotalMinutes);
            var start = rows[0].Time.InUtc().ToInstant();
            var values = new double[(int)((rows[^1].Time.InUtc().ToInstant() - start) / interval) + 1];
            Array.Fill(values, double.NaN);
            foreach (var (time, count) in rows)
            {
                values[(int)((time.InUtc().ToInstant() - start) / interval)] = count;
            }

            yield return new TimeSeries(start, new IntervalGrid(interval, DateTimeZone.Utc), values);
        }
    }
}
