using System.CommandLine;
using System.Diagnostics;
using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Models;
using Wfm.Forecasting.Pooled;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>What a new queue gains by borrowing, and an old one by models trained across the operation: the sample operation, 28 days ahead.</summary>
internal static class PooledCommand
{
    private const int Ahead = 28 * 48;
    private const int Folds = 4;
    private static readonly int[] Days = [0, 3, 7, 14, 28, 365];
    private static readonly string[] Methods = ["engine", "engine + pooled", "cold start", "seasonal naive"];
    private static readonly string[] Cold = ["engine", "cold start"];

    public static Command Create()
    {
        var weeks = new Option<int>("--weeks") { Description = "Weeks held out at the end, in blocks of four", DefaultValueFactory = _ => 4 };
        var days = new Option<int[]>("--days") { Description = "Days of own history", DefaultValueFactory = _ => Days, AllowMultipleArgumentsPerToken = true };
        var cold = new Option<bool>("--cold") { Description = "Cold starts and the engine alone: nothing is trained" };
        var command = new Command("pooled", "Measures cold starts and pooled models on the sample operation.") { weeks, days, cold };
        command.SetAction(result => Run(
            Math.Max(1, result.GetValue(weeks) / 4), result.GetRequiredValue(days), result.GetValue(cold) ? Cold : Methods));
        return command;
    }

    private static void Run(int blocks, int[] days, string[] methods)
    {
        var pool = SamplePool.Read();
        var trainingSeconds = new List<double>();
        foreach (var own in days)
        {
            var scores = methods.ToDictionary(m => m, _ => new PooledScore());
            for (var block = 0; block < blocks; block++)
            {
                Score(pool, own, 1 + block, scores, trainingSeconds);
            }

            Console.WriteLine($"{own} days of own history, {pool.Count} series, {blocks} × 28 days ahead");
            foreach (var method in methods)
            {
                Console.WriteLine($"  {method,-16} {scores[method]}");
            }
        }

        Console.WriteLine($"training: {trainingSeconds.Count} pools, {trainingSeconds.DefaultIfEmpty().Average():0.0} s each");
    }

    private static void Score(List<PoolMember> pool, int ownDays, int blocksBack, Dictionary<string, PooledScore> scores, List<double> trainingSeconds)
    {
        var origin = pool.Max(m => m.History.End) - Duration.FromDays(28 * blocksBack);
        var known = pool.ConvertAll(m => SamplePool.Until(m, origin, int.MaxValue));
        var young = pool.ConvertAll(m => SamplePool.Until(m, origin, ownDays * 48));
        for (var fold = 0; fold < Folds; fold++)
        {
            // A series' own past must not be in the pool that serves it while it plays the young one.
            var members = known.Select((m, s) => s % Folds == fold ? young[s] : m).Where(m => m.History.Length > 0).ToList();
            var watch = Stopwatch.StartNew();
            var models = ownDays < 7 || !scores.ContainsKey(Methods[1]) ? [] : PooledTraining.Train(members, Ahead);
            if (models.Count > 0)
            {
                trainingSeconds.Add(watch.Elapsed.TotalSeconds);
            }

            Parallel.For(0, pool.Count, s =>
            {
                if (s % Folds == fold)
                {
                    ScoreOne(pool, known, young[s], s, models, scores);
                }
            });
        }
    }

    private static void ScoreOne(
        List<PoolMember> pool, List<PoolMember> known, PoolMember young, int s, IReadOnlyList<PooledModel> models, Dictionary<string, PooledScore> scores)
    {
        var first = (int)((young.History.End - pool[s].History.Start) / young.History.Grid.Interval);
        var actual = pool[s].History.Values.Slice(first, Math.Min(Ahead, pool[s].History.Length - first)).ToArray();
        var scale = pool[s].History.Values[..first].ToArray().Where(v => !double.IsNaN(v)).Average();
        var cold = ColdStart.Forecast(young, [.. known.Where((_, i) => i != s)], Ahead, ColdStartIn(pool[s], first));
        scores["cold start"].Add(actual, cold.Mean, cold, scale);
        if (young.History.Length == 0)
        {
            return;
        }

        var engine = ForecastEngine.Forecast(young.History, Ahead, young.Options);
        scores["engine"].Add(actual, engine.Mean, engine, scale);
        if (models.Count > 0)
        {
            var pooled = ForecastEngine.Forecast(young.History, Ahead, young.Options with { PooledModels = models });
            scores["engine + pooled"].Add(actual, pooled.Mean, pooled, scale);
        }

        if (!scores.TryGetValue("seasonal naive", out var naive))
        {
            return;
        }

        var filled = young.History.Values.ToArray().Select(v => double.IsNaN(v) ? 0 : v).ToArray();
        naive.Add(actual, new SeasonalNaive().Fit(filled, new[] { Math.Min(336, filled.Length) }).Forecast(Ahead), null, scale);
    }

    /// <summary>Without any history somebody states the level, here 20 % too high, as launches are.</summary>
    private static ColdStartOptions ColdStartIn(PoolMember member, int first) => new()
    {
        ExpectedPerWeek = 1.2 * 336 * member.History.Values.Slice(first - (8 * 336), 8 * 336).ToArray().Where(v => !double.IsNaN(v)).Average(),
    };
}
