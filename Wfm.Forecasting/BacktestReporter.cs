using Wfm.Forecasting.Accuracy;
using Wfm.Forecasting.Combination;
using Wfm.Forecasting.Uncertainty;

namespace Wfm.Forecasting;

/// <summary>Scores the back-test of a combination: quantiles for an origin come from the errors of the other origins.</summary>
internal static class BacktestReporter
{
    private const int ErrorsPerReport = 3000;

    public static BacktestReport Report(
        CombinedForecast combined, PreparedHistory prepared, List<BacktestError> errors, Marginals limits, PhaseOfSlot phases)
    {
        var plan = combined.Plan;
        var season = prepared.Frame.SeasonLengths.LastOrDefault(m => m < prepared.Observed.Length, 1);
        var scale = Mase.Scale(prepared.Observed, season);
        var own = Enumerable.Range(0, HorizonBuckets.Count).Select(_ => new ScoreSheet(limits.Levels)).ToArray();
        var naive = Enumerable.Range(0, HorizonBuckets.Count).Select(_ => new ScoreSheet(limits.Levels)).ToArray();
        Score(own, combined.Backtest, errors, combined, prepared, limits, phases);
        var naiveErrors = BacktestErrors.Collect(combined with { Backtest = combined.Benchmark }, prepared, phases);
        Score(naive, combined.Benchmark, naiveErrors, combined, prepared, limits, phases);

        var byHorizon = Enumerable.Range(0, HorizonBuckets.Count).Where(b => own[b].Observations > 0)
            .Select(b => new HorizonAccuracy(
                HorizonBuckets.FirstDay(b), Math.Min(HorizonBuckets.LastDay(b), combined.Buckets.DayOf(plan.Horizon - 1)),
                own[b].Summarise(scale)!, naive[b].Summarise(scale)))
            .ToList();
        return new BacktestReport(
            plan.Origins.Length, plan.Horizon, ScoreSheet.Total(own).Summarise(scale), ScoreSheet.Total(naive).Summarise(scale), byHorizon);
    }

    private static void Score(
        ScoreSheet[] sheets, double[][] forecasts, List<BacktestError> errors, CombinedForecast combined, PreparedHistory prepared,
        Marginals limits, PhaseOfSlot phases)
    {
        var quantiles = new double[limits.Levels.Length];
        var some = Thinned(errors);
        var byDay = prepared.Frame.DaysPerSlot == 1;
        var all = some.Count > 0 ? ErrorQuantiles.Learn(some, phases.Count, byDay) : null;
        for (var k = 0; k < forecasts.Length; k++)
        {
            var others = some.FindAll(e => e.Origin != k);
            if (others.Count == 0)
            {
                others = BacktestErrors.Assumed(prepared.SeenAt(combined.Plan.Origins[k]), forecasts[k].FirstOrDefault());
            }

            var distribution = all?.LearnLike(others, phases.Count, byDay) ?? ErrorQuantiles.Learn(others, phases.Count, byDay);
            var writer = limits.With(distribution);
            var origin = combined.Plan.Origins[k];
            var level = prepared.Seen.LevelAfter(origin - 1) is var factor and > 0 ? factor : 1; // the errors are those of the latest one
            for (var h = 0; h < forecasts[k].Length; h++)
            {
                if (!double.IsNaN(prepared.Observed[origin + h]))
                {
                    writer.Write(level * forecasts[k][h], h, phases.Of(origin + h), quantiles);
                    foreach (ref var quantile in quantiles.AsSpan())
                    {
                        quantile /= level;
                    }

                    sheets[combined.Buckets.BucketOf(h)].Add(prepared.Observed[origin + h], forecasts[k][h], quantiles);
                }
            }
        }
    }

    /// <summary>A few thousand of the errors, spread evenly over origins, steps and phases: enough for the quantiles of a report.</summary>
    private static List<BacktestError> Thinned(List<BacktestError> errors)
    {
        var stride = errors.Count / ErrorsPerReport;
        stride += stride > 0 && stride % 2 == 0 ? 1 : 0;
        while (stride > 1 && (stride % 3 == 0 || stride % 7 == 0))
        {
            stride += 2; // no common divisor with a day or a week of intervals: every phase gets its share
        }

        return stride <= 1 ? errors : [.. errors.Where((_, i) => i % stride == 0)];
    }
}
