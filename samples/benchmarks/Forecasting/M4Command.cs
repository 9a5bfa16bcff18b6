using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Series;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>Forecasts every series of an M4 file; scored elsewhere, by the official protocol.</summary>
internal static class M4Command
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder with <Frequency>-train.csv", Required = true };
        var frequency = new Option<string>("--frequency") { Description = "Hourly, Daily or Weekly", Required = true };
        frequency.AcceptOnlyFromAmong("Hourly", "Daily", "Weekly");
        var output = new Option<FileInfo>("--out") { Description = "CSV to write: id,h,mean,lo95,hi95", Required = true };
        var threads = new Option<int>("--threads") { Description = "Series forecast at the same time", DefaultValueFactory = _ => 1 };
        var holdout = new Option<bool>("--holdout") { Description = "Forecast the last horizon of the training part instead, and score it here" };
        var every = new Option<int>("--every") { Description = "Take every n-th series only", DefaultValueFactory = _ => 1 };
        var models = new Option<string?>("--models")
        {
            Description = "Names of the models that may take part, comma-separated; the default combination without it",
        };
        var command = new Command("m4", "Forecasts the M4 competition's series and measures the time.")
        {
            data,
            frequency,
            output,
            threads,
            holdout,
            every,
            models,
        };
        command.SetAction(result => Run(
            result.GetRequiredValue(data), result.GetRequiredValue(frequency), result.GetRequiredValue(output), result.GetValue(threads),
            result.GetValue(holdout), result.GetValue(every), new ForecastOptions { Models = result.GetValue(models)?.Split(',') }));
        return command;
    }

    private static void Run(DirectoryInfo data, string frequency, FileInfo output, int threads, bool holdout, int every, ForecastOptions options)
    {
        var (interval, horizon, season) = frequency switch
        {
            "Hourly" => (Duration.FromHours(1), 48, 24),
            "Daily" => (Duration.FromDays(1), 14, 1),
            _ => (Duration.FromDays(7), 13, 1),
        };
        var grid = new IntervalGrid(interval, DateTimeZone.Utc);
        var all = Read(Path.Combine(data.FullName, $"{frequency}-train.csv")).Where((_, i) => i % every == 0).ToArray();
        var train = holdout ? [.. all.Select(s => (s.Id, Values: s.Values[..^horizon]))] : all;
        Forecast(train[0].Values, grid, horizon, options); // compiled before the clock runs

        var forecasts = new SeriesForecast[train.Length];
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        Parallel.For(
            0, train.Length, new ParallelOptions { MaxDegreeOfParallelism = threads },
            i => forecasts[i] = Forecast(train[i].Values, grid, horizon, options));
        clock.Stop();
        process.Refresh();
        var used = process.TotalProcessorTime - cpu;

        using (var writer = output.CreateText())
        {
            writer.WriteLine("id,h,mean,lo95,hi95");
            for (var i = 0; i < train.Length; i++)
            {
                var (low, high) = (forecasts[i].Quantile(0.025), forecasts[i].Quantile(0.975));
                for (var h = 0; h < horizon; h++)
                {
                    writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{train[i].Id},{h + 1},{forecasts[i].Mean[h]:R},{low[h]:R},{high[h]:R}"));
                }
            }
        }

        Console.WriteLine($"{frequency}: {train.Length} series, {train.Length / clock.Elapsed.TotalSeconds:0.0} series/s, "
            + $"{used.TotalMilliseconds / train.Length:0.00} CPU ms/series, {threads} threads");
        if (holdout)
        {
            HoldoutScore.Print(train, all, forecasts, season);
        }
    }

    private static SeriesForecast Forecast(double[] values, IntervalGrid grid, int horizon, ForecastOptions options) =>
        ForecastEngine.Forecast(new TimeSeries(Instant.FromUtc(2018, 1, 1, 0, 0), grid, values), horizon, options);

    internal static List<(string Id, double[] Values)> Read(string path) =>
    [
        .. File.ReadLines(path).Skip(1).Select(line => line.Split(',')).Select(cells =>
            (cells[0].Trim('"'),
            cells.Skip(1).Select(c => c.Trim('"')).Where(c => c.Length > 0 && c != "NA").Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray())),
    ];
}
