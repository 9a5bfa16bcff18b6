using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Pooled;
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
        var holdout = new Option<int>("--holdout")
        {
            Description = "Forecast this many last horizons of the training part instead, one by one, and score them here",
        };
        var every = new Option<int>("--every") { Description = "Take every n-th series only", DefaultValueFactory = _ => 1 };
        var models = new Option<string?>("--models")
        {
            Description = "Names of the models that may take part, comma-separated; the default combination without it",
        };
        var alone = new Option<bool>("--alone") { Description = "Every series by itself, without models trained across them" };
        var command = new Command("m4", "Forecasts the M4 competition's series and measures the time.")
        {
            data,
            frequency,
            output,
            threads,
            holdout,
            every,
            models,
            alone,
        };
        command.SetAction(result => Run(
            result.GetRequiredValue(data), result.GetRequiredValue(frequency), result.GetRequiredValue(output), result.GetValue(threads),
            result.GetValue(holdout), result.GetValue(every), result.GetValue(alone),
            new ForecastOptions { Models = result.GetValue(models)?.Split(',') }));
        return command;
    }

    private static void Run(DirectoryInfo data, string frequency, FileInfo output, int threads, int holdouts, int every, bool alone, ForecastOptions options)
    {
        var (interval, horizon, season) = frequency switch
        {
            "Hourly" => (Duration.FromHours(1), 48, 24),
            "Daily" => (Duration.FromDays(1), 14, 1),
            _ => (Duration.FromDays(7), 13, 1),
        };
        var grid = new IntervalGrid(interval, DateTimeZone.Utc);
        var all = Read(Path.Combine(data.FullName, $"{frequency}-train.csv")).Where((_, i) => i % every == 0).ToArray();
        var score = new HoldoutScore(season);
        foreach (var back in holdouts == 0 ? [0] : Enumerable.Range(1, holdouts).Select(block => block * horizon))
        {
            var known = all.Where(s => s.Values.Length > back + horizon).ToArray();
            PoolMember[] members = [.. known.Select(s => new PoolMember(s.Id, HistoryOf(s.Values[..^back], grid)))];
            var forecasts = Forecast(frequency, members, horizon, threads, alone, options);
            if (back == 0)
            {
                Write(output, members, forecasts, horizon);
            }

            for (var i = 0; i < members.Length && back > 0; i++)
            {
                score.Add(members[i].History.Values.ToArray(), known[i].Values.AsSpan(^back..)[..horizon].ToArray(), forecasts[i]);
            }
        }

        if (holdouts > 0)
        {
            score.Print();
        }
    }

    /// <summary>The competition's series start on days that nobody told; here all end at the same hour.</summary>
    internal static TimeSeries HistoryOf(double[] values, IntervalGrid grid) =>
        new(Instant.FromUtc(2018, 1, 1, 0, 0) - (values.Length * grid.Interval), grid, values);

    private static SeriesForecast[] Forecast(string frequency, PoolMember[] members, int horizon, int threads, bool alone, ForecastOptions options)
    {
        ForecastEngine.Forecast(members[0].History, horizon, options); // compiled before the clock runs
        PooledTraining.Train(members[..Math.Min(20, members.Length)], horizon, 20_000);
        var forecasts = new SeriesForecast[members.Length];
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var together = !alone && members[0].History.Grid.DaysPerInterval <= 1; // an operation has no series by the week
        options = options with { PooledModels = together ? PooledTraining.Train(members, horizon) : [] };
        var training = clock.Elapsed;
        Parallel.For(
            0, members.Length, new ParallelOptions { MaxDegreeOfParallelism = threads },
            i => forecasts[i] = ForecastEngine.Forecast(members[i].History, horizon, options));
        clock.Stop();
        process.Refresh();
        var used = process.TotalProcessorTime - cpu;
        Console.WriteLine($"{frequency}: {members.Length} series, {members.Length / clock.Elapsed.TotalSeconds:0.0} series/s, "
            + $"{used.TotalMilliseconds / members.Length:0.00} CPU ms/series, {threads} threads, "
            + $"training {training.TotalSeconds:0.0} s by {TreeTrainer.Method}");
        return forecasts;
    }

    private static void Write(FileInfo output, PoolMember[] members, SeriesForecast[] forecasts, int horizon)
    {
        using var writer = output.CreateText();
        writer.WriteLine("id,h,mean,lo95,hi95");
        for (var i = 0; i < members.Length; i++)
        {
            var (low, high) = (forecasts[i].Quantile(0.025), forecasts[i].Quantile(0.975));
            for (var h = 0; h < horizon; h++)
            {
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{members[i].Name},{h + 1},{forecasts[i].Mean[h]:R},{low[h]:R},{high[h]:R}"));
            }
        }
    }

    internal static List<(string Id, double[] Values)> Read(string path) =>
    [
        .. File.ReadLines(path).Skip(1).Select(line => line.Split(',')).Select(cells =>
            (cells[0].Trim('"'),
            cells.Skip(1).Select(c => c.Trim('"')).Where(c => c.Length > 0 && c != "NA").Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray())),
    ];
}
