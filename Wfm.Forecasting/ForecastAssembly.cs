using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Series;
using Wfm.Forecasting.Uncertainty;

namespace Wfm.Forecasting;

/// <summary>Puts quantiles around a combined forecast and brings everything back to the grid of the history.</summary>
internal static class ForecastAssembly
{
    public static SeriesForecast Assemble(
        TimeSeries history, int horizon, ForecastOptions options, PreparedHistory prepared, LearnedForecast learned)
    {
        var levels = options.QuantileLevels;
        var limits = new Marginals(levels, prepared.NonNegative, prepared.Counts);
        var phases = new PhaseOfSlot(prepared.Frame);
        var open = new double[levels.Length][];
        for (var k = 0; k < levels.Length; k++)
        {
            open[k] = new double[learned.Mean.Length];
        }

        var writer = limits.With(learned.Errors);
        var column = new double[levels.Length];
        var mean = new double[learned.Mean.Length];
        var usual = OnGrid(history, horizon, prepared, learned.Mean);
        var bent = WithRunningEvents(history, options, prepared, learned.Mean, usual);
        for (var h = 0; h < mean.Length; h++)
        {
            mean[h] = prepared.NonNegative ? Math.Max(0, bent[h]) : bent[h];
            writer.Write(mean[h], h, phases.Of(prepared.Complete.Length + h), column);
            for (var k = 0; k < levels.Length; k++)
            {
                open[k][h] = column[k];
            }
        }

        return Spread(history, horizon, options, prepared, learned, usual, mean, open);
    }

    /// <summary>Open slots brought back to the intervals of the horizon; 0 where closed, and where a volume would be below.</summary>
    private static double[] OnGrid(TimeSeries history, int horizon, PreparedHistory prepared, double[] byStep)
    {
        var full = new double[horizon];
        for (var i = 0; i < horizon; i++)
        {
            var step = prepared.Frame.StepOf(history.Length + i);
            full[i] = step < 0 ? 0 : prepared.NonNegative ? Math.Max(0, byStep[step]) : byStep[step];
        }

        return full;
    }

    private static double[] WithRunningEvents(TimeSeries history, ForecastOptions options, PreparedHistory prepared, double[] byStep, double[] usual)
    {
        var full = EventApplication.Bend(history, options, prepared.Effects, usual);
        double[] bent = [.. byStep];
        for (var i = 0; i < full.Length && full != usual; i++)
        {
            if (prepared.Frame.StepOf(history.Length + i) is >= 0 and var step)
            {
                bent[step] = full[i];
            }
        }

        return bent;
    }

    private static SeriesForecast Spread(
        TimeSeries history, int horizon, ForecastOptions options, PreparedHistory prepared, LearnedForecast learned,
        double[] usual, double[] mean, double[][] open)
    {
        var closed = new bool[horizon];
        var full = new double[horizon];
        var quantiles = new double[open.Length][];
        for (var k = 0; k < open.Length; k++)
        {
            quantiles[k] = new double[horizon];
        }

        for (var i = 0; i < horizon; i++)
        {
            var step = prepared.Frame.StepOf(history.Length + i);
            closed[i] = step < 0;
            if (step < 0)
            {
                continue;
            }

            full[i] = mean[step];
            for (var k = 0; k < open.Length; k++)
            {
                quantiles[k][i] = open[k][step];
            }
        }

        var bounds = new Bounds(prepared.NonNegative, prepared.Counts);
        var events = EventApplication.Apply(history, options, prepared.Effects, bounds, full, quantiles, usual);
        return new SeriesForecast(
            history.End, history.Grid, full, [.. options.QuantileLevels], quantiles, learned.Memory.Dependence, learned.Memory.Weights, learned.Memory.Backtest,
            prepared.Report, options.Seed)
        {
            Closed = Array.Exists(closed, c => c) ? closed : [],
            IsCounts = prepared.Counts,
            EventEffects = prepared.Effects.All,
            Memory = learned.Memory,
            FromMemory = learned.Recalled,
            EventFactors = events.Factors,
            EventShares = events.Shares,
            Crises = [.. prepared.Effects.Crises.Select(c => CrisisOutlook.Of(c.Event, c.Fit, history.End))],
        };
    }
}
