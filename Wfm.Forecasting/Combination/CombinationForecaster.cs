using Wfm.Forecasting.Models;

namespace Wfm.Forecasting.Combination;

/// <summary>A combination of models and what its back-test said.</summary>
/// <param name="Mean">Mean per open slot of the horizon.</param>
/// <param name="Plan">Rolling origins.</param>
/// <param name="Backtest">By origin and step: the combination, its weights learned from the other origins.</param>
/// <param name="Benchmark">By origin and step: the seasonal naive.</param>
/// <param name="Models">Models by weight.</param>
/// <param name="Buckets">Horizon ranges.</param>
internal sealed record CombinedForecast(
    double[] Mean, OriginPlan Plan, double[][] Backtest, double[][] Benchmark, IReadOnlyList<ModelWeight> Models, HorizonBuckets Buckets);

/// <summary>Back-tests the catalogue's models, weights them and combines their forecasts.</summary>
internal static class CombinationForecaster
{
    public static CombinedForecast Run(PreparedHistory prepared, int horizon, ForecastOptions options, CancellationToken cancellationToken)
    {
        var frame = prepared.Frame;
        var steps = Math.Max(1, frame.Horizon);
        var seasons = UsableSeasons(prepared.Complete.Length, frame.SeasonLengths);
        CatalogEntry[] entries =
        [
            .. ModelCatalog.Default(frame.SlotsPerYear, IsIntermittent(prepared.Complete)),
            .. options.PooledModels.Select(pooled => new CatalogEntry(pooled.For(frame.Clock), 1)),
        ];
        var models = entries.Select(e => e.Model).ToArray();
        var priors = entries.Select(e => e.Model.MinimumLength(seasons) <= prepared.Complete.Length ? e.Prior : 0).ToArray();

        var plan = PlanOrigins(prepared, steps, horizon, options, seasons);
        var study = RollingOriginStudy.Run(models, prepared.Complete, seasons, plan, cancellationToken);
        var buckets = new HorizonBuckets(frame.SlotsPerWeek, frame.DaysPerSlot);
        var bucketCount = buckets.CountOver(Math.Max(steps, Math.Max(1, plan.Horizon)));
        var errors = new OriginErrors(study, prepared.Observed, buckets, [.. models.Select(m => m.Name)]);
        var shrinkage = CombinationWeights.ChooseShrinkage(errors, priors);
        var weights = CombinationWeights.Learn(errors, bucketCount, priors, shrinkage, leftOut: -1);

        var mean = FinalMean(models, weights, prepared.Complete, seasons, buckets, steps, cancellationToken);
        var backtest = BacktestOf(study, errors, buckets, bucketCount, priors, shrinkage);
        var benchmark = study.Forecasts[IndexOfBenchmark(models)] ?? [];
        return new CombinedForecast(
            mean, plan, backtest, benchmark, Describe(models, weights, study, prepared.Observed, buckets, steps), buckets);
    }

    /// <summary>Whether a third of the observations or more are zero.</summary>
    private static bool IsIntermittent(double[] y) => 3 * y.Count(value => value == 0) >= y.Length;

    /// <summary>Seasons the history covers at least once.</summary>
    internal static int[] UsableSeasons(int length, int[] seasonLengths) => [.. seasonLengths.Where(m => m <= length)];

    internal static OriginPlan PlanOrigins(
        PreparedHistory prepared, int steps, int horizon, ForecastOptions options, int[] seasons)
    {
        var frame = prepared.Frame;
        var asked = options.BacktestHorizon is { } given ? Math.Max(1, (int)Math.Round(given / (double)horizon * steps))
            : frame.DaysPerSlot > 1 ? steps
            : Math.Min(steps, 4 * frame.SlotsPerWeek);
        var slotsPerDay = Math.Max(1, (int)Math.Round(frame.SlotsPerDay));
        return OriginPlan.Create(prepared.Complete.Length, asked, options.BacktestOrigins, slotsPerDay, seasons);
    }

    private static double[] FinalMean(
        IForecastModel[] models, CombinationWeights weights, double[] y, int[] seasons, HorizonBuckets buckets, int steps,
        CancellationToken cancellationToken)
    {
        var mean = new double[steps];
        var one = new double[steps];
        for (var m = 0; m < models.Length; m++)
        {
            if (!weights.ByBucket.Any(row => row[m] > 0))
            {
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            models[m].Fit(y, seasons).Forecast(one);
            for (var h = 0; h < steps; h++)
            {
                mean[h] += weights.ByBucket[buckets.BucketOf(h)][m] * one[h];
            }
        }

        return mean;
    }

    private static double[][] BacktestOf(
        RollingOriginStudy study, OriginErrors errors, HorizonBuckets buckets, int bucketCount, double[] priors,
        double shrinkage)
    {
        var rows = new double[study.Plan.Origins.Length][];
        for (var k = 0; k < rows.Length; k++)
        {
            var weights = CombinationWeights.Learn(errors, bucketCount, priors, shrinkage, leftOut: k);
            rows[k] = new double[study.Plan.Horizon];
            for (var m = 0; m < priors.Length; m++)
            {
                for (var h = 0; h < study.Plan.Horizon && study.Forecasts[m] is not null; h++)
                {
                    rows[k][h] += weights.ByBucket[buckets.BucketOf(h)][m] * study.Forecasts[m]![k][h];
                }
            }
        }

        return rows;
    }

    private static int IndexOfBenchmark(IForecastModel[] models) => Array.FindIndex(models, m => m.Name == ModelCatalog.Benchmark.Name);

    private static List<ModelWeight> Describe(
        IForecastModel[] models, CombinationWeights weights, RollingOriginStudy study, double[] observed, HorizonBuckets buckets, int steps)
    {
        var list = new List<ModelWeight>(models.Length);
        for (var m = 0; m < models.Length; m++)
        {
            var weight = Enumerable.Range(0, steps).Average(h => weights.ByBucket[buckets.BucketOf(h)][m]);
            list.Add(new ModelWeight(models[m].Name, weight, WapeOf(study, m, observed), weights.GatedBecause[m]));
        }

        return [.. list.OrderByDescending(m => m.Weight)];
    }

    private static double WapeOf(RollingOriginStudy study, int model, double[] observed)
    {
        if (study.Forecasts[model] is not { } rows)
        {
            return 0;
        }

        var (error, volume) = (0.0, 0.0);
        for (var k = 0; k < rows.Length; k++)
        {
            for (var h = 0; h < rows[k].Length; h++)
            {
                var actual = observed[study.Plan.Origins[k] + h];
                if (!double.IsNaN(actual))
                {
                    error += Math.Abs(actual - rows[k][h]);
                    volume += Math.Abs(actual);
                }
            }
        }

        return volume > 0 ? error / volume : 0;
    }
}
