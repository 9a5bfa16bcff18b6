using Wfm.Forecasting.Models;

namespace Wfm.Forecasting.Combination;

/// <summary>A combination of models and what its back-test said.</summary>
/// <param name="Mean">Mean per open slot of the horizon.</param>
/// <param name="Plan">Rolling origins.</param>
/// <param name="Backtest">By origin and step: the combination, its weights learned from the other origins.</param>
/// <param name="Benchmark">By origin and step: the seasonal naive; empty at an origin that has no season behind it.</param>
/// <param name="Models">Models by weight.</param>
/// <param name="Taking">The models that take part, with what they learned.</param>
/// <param name="Buckets">Horizon ranges.</param>
internal sealed record CombinedForecast(
    double[] Mean, OriginPlan Plan, double[][] Backtest, double[][] Benchmark, IReadOnlyList<ModelWeight> Models,
    IReadOnlyList<RememberedModel> Taking, HorizonBuckets Buckets);

/// <summary>Back-tests the catalogue's models, weights them and combines their forecasts.</summary>
internal static class CombinationForecaster
{
    private const int FewestOrigins = 10;
    private const int CoarseOrigins = 20; // of days and weeks: single steps are few, and models are quick
    private const int WeeksTested = 4;
    private const int WeeksTestedByDay = 12; // a level that drifts shows late
    private const int DaysToSee = 28; // short horizons get more origins, half a horizon apart: a fortnight of errors says little about weights and tails

    public static CombinedForecast Run(
        PreparedHistory prepared, IReadOnlyList<CatalogEntry> catalog, int horizon, ForecastOptions options, CancellationToken cancellationToken)
    {
        var frame = prepared.Frame;
        var steps = Math.Max(1, frame.Horizon);
        var seasons = prepared.Seasons;
        var models = catalog.Select(e => e.Model).ToArray();
        var priors = catalog.Select(e => e.Model.MinimumLength(seasons) <= prepared.Complete.Length ? e.Prior : 0).ToArray();

        var plan = PlanOrigins(prepared, steps, horizon, options, seasons);
        var seen = Array.ConvertAll(plan.Origins, prepared.SeenAt);
        var study = RollingOriginStudy.Run(models, seen, seasons, plan, cancellationToken);
        var buckets = new HorizonBuckets(frame.SlotsPerWeek, frame.DaysPerSlot);
        var bucketCount = buckets.CountOver(Math.Max(steps, Math.Max(1, plan.Horizon)));
        var errors = new OriginErrors(study, prepared.Observed, buckets, [.. models.Select(m => m.Name)], prepared.Counts);
        var shrinkage = CombinationWeights.ChooseShrinkage(errors, priors);
        var weights = CombinationWeights.Learn(errors, bucketCount, priors, shrinkage, leftOut: -1);

        var taking = Taking(models, weights, prepared.Complete, seasons, cancellationToken, out var fitted);
        var mean = Mean(prepared, fitted, taking, buckets);
        var backtest = BacktestOf(study, errors, buckets, bucketCount, priors, shrinkage);
        for (var k = 0; k < backtest.Length; k++)
        {
            Lean(prepared, seen[k], backtest[k]);
        }

        var benchmark = BenchmarkOf(plan, seen, seasons);
        return new CombinedForecast(
            mean, plan, backtest, benchmark, Describe(models, weights, study, prepared.Observed, buckets, steps), taking, buckets);
    }

    /// <summary>The mean that remembered models give for a longer history.</summary>
    public static double[] Recall(
        PreparedHistory prepared, IReadOnlyList<CatalogEntry> catalog, IReadOnlyList<RememberedModel> taking, CancellationToken cancellationToken)
    {
        var frame = prepared.Frame;
        var fitted = new IFittedModel[taking.Count];
        for (var m = 0; m < fitted.Length; m++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var model = catalog.First(e => e.Model.Name == taking[m].Name).Model;
            fitted[m] = model.Resume(taking[m].Parameters, prepared.Complete, prepared.Seasons);
        }

        return Mean(prepared, fitted, taking, new HorizonBuckets(frame.SlotsPerWeek, frame.DaysPerSlot));
    }

    internal static OriginPlan PlanOrigins(
        PreparedHistory prepared, int steps, int horizon, ForecastOptions options, int[] seasons)
    {
        var frame = prepared.Frame;
        var slotsPerDay = Math.Max(1, (int)Math.Round(frame.SlotsPerDay));
        var asked = options.BacktestHorizon is { } given ? Math.Max(1, (int)Math.Round(given / (double)horizon * steps))
            : frame.DaysPerSlot > 1 ? steps
            : Math.Min(steps, (slotsPerDay == 1 ? WeeksTestedByDay : WeeksTested) * frame.SlotsPerWeek);
        var origins =
            options.BacktestOrigins
            ?? (slotsPerDay == 1 ? CoarseOrigins : Math.Max(FewestOrigins, DaysToSee * 2 * slotsPerDay / Math.Max(asked, 2 * slotsPerDay)));
        var plan = OriginPlan.Create(prepared.Complete.Length, asked, origins, slotsPerDay, seasons);
        return plan with { Origins = Array.FindAll(plan.Origins, known => prepared.Observed.AsSpan(0, known).ContainsAnyExcept(double.NaN)) };
    }

    private static List<RememberedModel> Taking(
        IForecastModel[] models, CombinationWeights weights, double[] y, int[] seasons, CancellationToken cancellationToken, out List<IFittedModel> fitted)
    {
        var taking = new List<RememberedModel>();
        fitted = [];
        for (var m = 0; m < models.Length; m++)
        {
            double[] byRange = [.. weights.ByBucket.Select(row => row[m])];
            if (!Array.Exists(byRange, weight => weight > 0))
            {
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            fitted.Add(models[m].Fit(y, seasons));
            taking.Add(new RememberedModel(models[m].Name, fitted[^1].Parameters, byRange));
        }

        return taking;
    }

    private static double[] Mean(
        PreparedHistory prepared, IReadOnlyList<IFittedModel> fitted, IReadOnlyList<RememberedModel> taking, HorizonBuckets buckets)
    {
        var steps = Math.Max(1, prepared.Frame.Horizon);
        var mean = new double[steps];
        var one = new double[steps];
        for (var m = 0; m < fitted.Count; m++)
        {
            fitted[m].Forecast(one);
            for (var h = 0; h < steps; h++)
            {
                mean[h] += taking[m].WeightsByRange[Math.Min(buckets.BucketOf(h), taking[m].WeightsByRange.Length - 1)] * one[h];
            }
        }

        Lean(prepared, prepared.Complete, mean);
        return mean;
    }

    /// <summary>Leans what is thin on what came; of parts of a day only: a day has no night.</summary>
    private static void Lean(PreparedHistory prepared, double[] seen, double[] mean)
    {
        if (prepared is { Counts: true, Frame: { DaysPerSlot: 1, SlotsPerDay: > 1 } })
        {
            ThinSlots.Lean(mean, seen, prepared.Frame.SlotsPerWeek);
        }
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

    private static double[][] BenchmarkOf(OriginPlan plan, double[][] seen, int[] seasons) =>
        Array.ConvertAll(seen, y => y.Length < ModelCatalog.Benchmark.MinimumLength(seasons) ? []
            : ModelCatalog.Benchmark.Fit(y, seasons).Forecast(plan.Horizon));

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

    private static double? WapeOf(RollingOriginStudy study, int model, double[] observed)
    {
        if (study.Forecasts[model] is not { } rows)
        {
            return null;
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

        return volume > 0 ? error / volume : null;
    }
}
