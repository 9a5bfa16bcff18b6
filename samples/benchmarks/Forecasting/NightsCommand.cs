using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Pooled;
using Wfm.Forecasting.Series;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>Speed of a night over many queues: everything learned anew, and the night after with one more day of data.</summary>
internal static class NightsCommand
{
    private const int PerDay = 48;
    private const int LargestPool = 256; // as in a night

    public static Command Create()
    {
        var series = new Option<int>("--series") { Description = "Number of series", DefaultValueFactory = _ => 10_000 };
        var weeks = new Option<int>("--weeks") { Description = "Weeks of half-hours known in the first night", DefaultValueFactory = _ => 8 };
        var days = new Option<int>("--horizon-days") { Description = "Days ahead", DefaultValueFactory = _ => 28 };
        var threads = new Option<int>("--threads") { Description = "Series forecast at the same time", DefaultValueFactory = _ => 1 };
        var pooled = new Option<bool>("--pooled") { Description = "Trains models across the series first, as a night does once a week" };
        var command = new Command("nights", "Measures a night of learning and the incremental night after it.") { series, weeks, days, threads, pooled };
        command.SetAction(result =>
            Run(result.GetValue(series), result.GetValue(weeks), result.GetValue(days), result.GetValue(threads), result.GetValue(pooled)));
        return command;
    }

    private static void Run(int series, int weeks, int horizonDays, int threads, bool pooled)
    {
        var grid = new IntervalGrid(Duration.FromMinutes(30), DateTimeZoneProviders.Tzdb["Europe/Dublin"]);
        var start = Instant.FromUtc(2026, 1, 5, 0, 0);
        var (known, horizon) = (weeks * 7 * PerDay, horizonDays * PerDay);
        var memories = new ForecastMemory?[series];
        var anew = 0;
        var options = new ForecastOptions { PooledModels = pooled ? Train() : [] };
        Learn(0); // compiled before the clock runs
        Array.Clear(memories);

        var (first, second) = (new double[series], new double[series]);
        Measure("learning", i => first[i] = Learn(i));
        Measure("incremental", i => second[i] = Update(i));
        Console.WriteLine($"learned anew in the second night, for a new level shift or season: {anew} series");
        Console.WriteLine($"WAPE of the day after the second night: weekly seasonal naive {100 * Enumerable.Range(0, series).Average(Naive):0.00} %, "
            + $"forecast of the first night {100 * first.Average():0.00} %, of the second {100 * second.Average():0.00} %");
        using var self = Process.GetCurrentProcess();
        Console.WriteLine($"{Digest(first, second)} is the digest of these, whatever the threads; at most {self.PeakWorkingSet64 >> 20} MB");

        IReadOnlyList<PooledModel> Train()
        {
            var clock = Stopwatch.StartNew();
            PoolMember[] pool = [.. Enumerable.Range(0, Math.Min(series, LargestPool)).Select(i => (int)((long)i * series / Math.Min(series, LargestPool)))
                .Select(i => new PoolMember($"{i}", new TimeSeries(start, grid, Volumes(i, known + (2 * PerDay))[..known])))];
            var models = PooledTraining.Train(pool, horizon, threads: threads);
            Console.WriteLine($"trained {string.Join(", ", models.Select(m => m.Name))} across {pool.Length} series in {clock.Elapsed.TotalSeconds:0.0} s");
            return models;
        }

        double Learn(int i)
        {
            var y = Volumes(i, known + (2 * PerDay));
            var forecast = ForecastEngine.Forecast(new TimeSeries(start, grid, y[..known]), horizon, options);
            memories[i] = forecast.Memory;
            return Measures.Wape(y.AsSpan(^PerDay..), forecast.Mean.AsSpan(PerDay, PerDay));
        }

        double Update(int i)
        {
            var y = Volumes(i, known + (2 * PerDay));
            var forecast = ForecastEngine.Forecast(
                new TimeSeries(start, grid, y[..(known + PerDay)]), horizon - PerDay, options with { Memory = memories[i] });
            Interlocked.Add(ref anew, forecast.FromMemory ? 0 : 1);
            return Measures.Wape(y.AsSpan(^PerDay..), forecast.Mean.AsSpan(0, PerDay));
        }

        double Naive(int i)
        {
            var y = Volumes(i, known + (2 * PerDay));
            return Measures.Wape(y.AsSpan(^PerDay..), y.AsSpan(^(8 * PerDay)..^(7 * PerDay)));
        }

        void Measure(string night, Action<int> one)
        {
            using var process = Process.GetCurrentProcess();
            var cpu = process.TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            Parallel.For(0, series, new ParallelOptions { MaxDegreeOfParallelism = threads }, one);
            clock.Stop();
            process.Refresh();
            var used = (process.TotalProcessorTime - cpu).TotalMilliseconds / series;
            Console.WriteLine(
                $"{night,-12} {series} series of {weeks} weeks, {horizonDays} days ahead: {used:0.00} CPU ms a series, {1000 / used:0} series/s and core, "
                    + $"{series / clock.Elapsed.TotalSeconds:0} series/s on {threads} threads");
        }
    }

    private static string Digest(params double[][] rows) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<double>([.. rows.SelectMany(row => row)])))[..16];

    /// <summary>Counts of a queue with a weekly profile of its own, a drifting level and overdispersion; the same for the same number.</summary>
    internal static double[] Volumes(int number, int length)
    {
        var random = new Random(number);
        var (size, peak, weekend) = (Math.Exp((random.NextDouble() * 5) - 0.5), 8 + (8 * random.NextDouble()), 0.2 + (0.7 * random.NextDouble()));
        var (level, y) = (0.0, new double[length]);
        for (var t = 0; t < length; t++)
        {
            var hour = t % PerDay / 2.0;
            level = (0.9995 * level) + (0.01 * Normal());
            var mean = size * Math.Exp(level - (0.5 * Math.Pow((hour - peak) / 4, 2))) * (t / PerDay % 7 >= 5 ? weekend : 1);
            y[t] = Math.Max(0, Math.Round(mean + (Math.Sqrt(mean * (1 + (0.02 * mean))) * Normal())));
        }

        return y;

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
