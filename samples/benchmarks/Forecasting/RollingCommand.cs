using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Wfm.Forecasting;
using Wfm.Forecasting.Models;
using Wfm.Forecasting.Pooled;
using Wfm.Forecasting.Series;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>Rolling-origin accuracy on a CSV of volumes, next to the weekly seasonal naive and the four-week mean.</summary>
internal static class RollingCommand
{
    private static readonly double[] Levels = [.. Enumerable.Range(1, 19).Select(i => i * 5 / 100.0)];

    public static Command Create()
    {
        var data = new Option<FileInfo>("--data") { Description = "CSV: series_id,timestamp,count; local time without a zone", Required = true };
        var seasons = new Option<string>("--season-lengths") { Description = "Rows in a day and in a week, such as 24,168", Required = true };
        var horizon = new Option<int>("--horizon") { Description = "Rows ahead", Required = true };
        var origins = new Option<int>("--origins") { Description = "Number of origins", DefaultValueFactory = _ => 12 };
        var step = new Option<int>("--step") { Description = "Rows between origins", Required = true };
        var output = new Option<FileInfo>("--out") { Description = "CSV to write", Required = true };
        var last = new Option<string?>("--last-origin")
        {
            Description = "Last timestamp known at the last origin; the one a horizon before the end without it",
        };
        var models = new Option<string?>("--models")
        {
            Description = "Names of the models that may take part, comma-separated; the default combination without it",
        };
        var pooled = new Option<int>("--pooled")
        {
            Description = "Train the models of a pool on the series itself at the first origin, and anew every so many origins; never without it",
        };
        var command = new Command("rolling", "Measures accuracy at rolling origins.") { data, seasons, horizon, origins, step, output, last, models, pooled };
        command.SetAction(result =>
        {
            var lengths = result.GetRequiredValue(seasons).Split(',').Select(s => int.Parse(s, CultureInfo.InvariantCulture)).ToArray();
            Run(result.GetRequiredValue(data), lengths, result.GetValue(horizon), result.GetValue(origins), result.GetValue(step),
                result.GetRequiredValue(output), result.GetValue(last), new ForecastOptions { Models = result.GetValue(models)?.Split(',') },
                result.GetValue(pooled));
        });
        return command;
    }

    private static void Run(
        FileInfo data, int[] seasons, int horizon, int origins, int step, FileInfo output, string? lastOrigin, ForecastOptions options, int trainEvery)
    {
        var (engine, naive, fourWeeks) = (new RollingScore(Levels), new RollingScore(Levels), new RollingScore(Levels));
        using var writer = output.CreateText();
        writer.WriteLine("series_id,origin,h,actual,mean,lo95,hi95," + string.Join(',', Levels.Select(l => $"q{l * 100:00}")));
        var (fits, cpu) = (0, TimeSpan.Zero);
        var models = new ModelTable();
        using var process = Process.GetCurrentProcess();
        foreach (var (id, rows) in Read(data))
        {
            var last = lastOrigin is null ? rows.Count - horizon : rows.FindLastIndex(r => r.Time <= Parse(lastOrigin)) + 1;
            var trained = options;
            for (var k = origins - 1; k >= 0; k--)
            {
                var origin = last - (k * step);
                if (origin < 2 || origin + 1 > rows.Count)
                {
                    continue;
                }

                var ahead = Math.Min(horizon, rows.Count - origin);
                if (trainEvery > 0 && (origins - 1 - k) % trainEvery == 0)
                {
                    trained = options with { PooledModels = Trained(id, rows, origin, ahead) };
                }

                process.Refresh();
                var before = process.TotalProcessorTime;
                var forecast = ForecastAt(rows, origin, ahead, trained, out var steps);
                process.Refresh();
                cpu += process.TotalProcessorTime - before;
                fits++;
                models.Add(forecast);

                var known = rows.Take(origin).Select(r => r.Count).ToArray();
                var week = Math.Min(seasons[^1], known.Length);
                engine.Scale(known, week);
                naive.Scale(known, week);
                fourWeeks.Scale(known, week);
                var copies = new SeasonalNaive().Fit(known, new[] { week }).Forecast(ahead);
                var means = new SeasonalWindowAverage(4).Fit(known, new[] { week }).Forecast(ahead);
                var quantiles = Levels.Select(forecast.Quantile).ToArray();
                var (low, high) = (forecast.Quantile(0.025), forecast.Quantile(0.975));
                for (var h = 0; h < ahead; h++)
                {
                    var (actual, i) = (rows[origin + h].Count, steps[h]);
                    engine.Add(h * 7 / seasons[^1], actual, forecast.Mean[i], low[i], high[i], [.. quantiles.Select(q => q[i])]);
                    naive.Add(h * 7 / seasons[^1], actual, copies[h]);
                    fourWeeks.Add(h * 7 / seasons[^1], actual, means[h]);
                    writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{id},{rows[origin - 1].Time:uuuu-MM-dd'T'HH:mm:ss},{h + 1},{actual:R},{forecast.Mean[i]:R},{low[i]:R},{high[i]:R},")
                        + string.Join(',', quantiles.Select(q => q[i].ToString("R", CultureInfo.InvariantCulture))));
                }
            }
        }

        engine.Print("engine");
        naive.Print("weekly seasonal naive");
        fourWeeks.Print("mean of four weeks");
        models.Print();
        Console.WriteLine($"{fits} fits, {cpu.TotalMilliseconds / Math.Max(1, fits):0.0} CPU ms per fit, the first one's compilation included");
    }

    private static SeriesForecast ForecastAt(List<(LocalDateTime Time, double Count)> rows, int origin, int ahead, ForecastOptions options, out int[] steps)
    {
        var known = KnownAt(rows, origin);
        int IndexOf(int row) => (int)((rows[row].Time.InUtc().ToInstant() - known.Start) / known.Grid.Interval);

        steps = [.. Enumerable.Range(origin, ahead).Select(row => IndexOf(row) - known.Length)];
        return ForecastEngine.Forecast(known, steps[^1] + 1, options);
    }

    private static IReadOnlyList<PooledModel> Trained(string id, List<(LocalDateTime Time, double Count)> rows, int origin, int ahead)
    {
        try
        {
            var watch = Stopwatch.StartNew();
            var models = PooledTraining.Train([new PoolMember(id, KnownAt(rows, origin))], ahead);
            Console.WriteLine($"{rows[origin - 1].Time}: {string.Join(", ", models.Select(m => m.Name))} trained in {watch.Elapsed.TotalSeconds:0.0} s");
            return models;
        }
        catch (ForecastDataException e)
        {
            Console.WriteLine(e.Message);
            return [];
        }
    }

    private static TimeSeries KnownAt(List<(LocalDateTime Time, double Count)> rows, int origin)
    {
        var minutes = rows.Zip(rows.Skip(1), (a, b) => (long)Period.Between(a.Time, b.Time, PeriodUnits.Minutes).Minutes).Take(500).Min();
        var (start, interval) = (rows[0].Time.InUtc().ToInstant(), Duration.FromMinutes(minutes));
        int IndexOf(int row) => (int)((rows[row].Time.InUtc().ToInstant() - start) / interval);

        var values = new double[IndexOf(origin - 1) + 1];
        Array.Fill(values, double.NaN);
        for (var row = 0; row < origin; row++)
        {
            values[IndexOf(row)] = rows[row].Count;
        }

        return new TimeSeries(start, new IntervalGrid(interval, DateTimeZone.Utc), values);
    }

    internal static LocalDateTime Parse(string timestamp) => timestamp.Length == 10
        ? LocalDatePattern.Iso.Parse(timestamp).Value.AtMidnight()
        : LocalDateTimePattern.GeneralIso.Parse(timestamp).Value;

    internal static IEnumerable<(string Id, List<(LocalDateTime Time, double Count)> Rows)> Read(FileInfo data) =>
        File.ReadLines(data.FullName).Skip(1).Select(line => line.Split(','))
            .GroupBy(cells => cells[0])
            .Select(g => (g.Key, g.Select(c => (Parse(c[1]), double.Parse(c[2], CultureInfo.InvariantCulture))).ToList()));
}
