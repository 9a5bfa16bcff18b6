using Wfm.Forecasting.Combination;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Uncertainty;

/// <summary>Collects the errors of a combination at its rolling origins.</summary>
internal static class BacktestErrors
{
    /// <summary>All errors, origin by origin.</summary>
    public static List<BacktestError> Collect(CombinedForecast combined, double[] observed, PhaseOfSlot phases)
    {
        var errors = new List<BacktestError>(combined.Backtest.Sum(row => row.Length));
        for (var k = 0; k < combined.Backtest.Length; k++)
        {
            var origin = combined.Plan.Origins[k];
            for (var h = 0; h < combined.Backtest[k].Length; h++)
            {
                if (!double.IsNaN(observed[origin + h]))
                {
                    errors.Add(new BacktestError(k, h, phases.Of(origin + h), combined.Backtest[k][h], observed[origin + h], phases.DayOf(origin + h)));
                }
            }
        }

        return errors;
    }

    /// <summary>Errors taken for granted when no back-test is possible: half the level or the counting noise, and the steps of the history.</summary>
    public static List<BacktestError> Assumed(double[] y, double level)
    {
        var half = Math.Max(0.5 * Math.Abs(level), Math.Sqrt(Math.Abs(level)));
        half = half > 0 ? half : 1;
        var errors = new List<BacktestError> { new(0, 0, 0, level, level + half, 0), new(0, 0, 0, level, level - half, 0) };
        for (var t = 1; t < y.Length; t++)
        {
            errors.Add(new BacktestError(0, 0, 0, level, level + (y[t] - y[t - 1]), t));
        }

        return errors;
    }

    /// <summary>Dependence of the errors on their standard scale.</summary>
    public static PathDependence Dependence(
        CombinedForecast combined, double[] observed, ErrorQuantiles distribution, PhaseOfSlot phases, ModelFrame frame)
    {
        if (combined.Backtest.Length == 0)
        {
            return PathDependence.Independent with { Autocorrelation = 0.5 };
        }

        var rows = new double[combined.Backtest.Length][];
        for (var k = 0; k < rows.Length; k++)
        {
            var origin = combined.Plan.Origins[k];
            rows[k] = new double[combined.Plan.Horizon];
            for (var h = 0; h < rows[k].Length; h++)
            {
                var forecast = combined.Backtest[k][h];
                rows[k][h] = (observed[origin + h] - forecast) / Math.Max(distribution.ScaleOf(forecast, h, phases.Of(origin + h)), double.Epsilon);
            }
        }

        return DependenceEstimator.Estimate(rows, (int)Math.Round(frame.SlotsPerDay));
    }
}
