using Wfm.Forecasting.Combination;

namespace Wfm.Forecasting.Uncertainty;

/// <summary>Collects the errors of a combination at its rolling origins.</summary>
internal static class BacktestErrors
{
    /// <summary>All errors, origin by origin, at the latest level.</summary>
    /// <remarks>Those across a lasting change of level count as often as such changes come in the history, not in its last weeks: what has changed just now was
    /// tested by every origin before it, and may come again all the same.</remarks>
    public static List<BacktestError> Collect(CombinedForecast combined, PreparedHistory prepared, PhaseOfSlot phases)
    {
        var (observed, seen, across) = (prepared.Observed, prepared.Seen, 0);
        var inDoubt = seen.IsInDoubt(observed.Length);
        var errors = new List<BacktestError>(combined.Backtest.Sum(row => row.Length));
        for (var k = 0; k < combined.Backtest.Length; k++)
        {
            var origin = combined.Plan.Origins[k];
            if (seen.LevelAfter(origin - 1) == 0 || (seen.IsInDoubt(origin) && !inDoubt))
            {
                continue; // of a series that has fallen silent since, or when its level was less certain than it is now
            }

            for (var h = 0; h < combined.Backtest[k].Length; h++)
            {
                var slot = origin + h;
                if (!double.IsNaN(observed[slot]))
                {
                    var (level, isAcross) = (seen.LevelAfter(slot), seen.IsAcross(origin, slot));
                    errors.Add(new BacktestError(
                        k, h, phases.Of(slot), level * combined.Backtest[k][h], level * observed[slot], phases.DayOf(slot), isAcross));
                    across += isAcross ? 1 : 0;
                }
            }
        }

        // A step is half a horizon ahead on the mean, so this is the share it would have at origins all over the history.
        var share = seen.Shifts.Length * combined.Plan.Horizon / 2.0 / observed.Length;
        return across == 0 ? errors : Thinned(errors, (int)Math.Ceiling(across / Math.Max(1, share / (1 - Math.Min(share, 0.5)) * (errors.Count - across))));
    }

    /// <summary>Of the errors across a change of level one in so many.</summary>
    private static List<BacktestError> Thinned(List<BacktestError> errors, int stride)
    {
        var seen = 0;
        return errors.FindAll(e => !e.IsAcross || seen++ % stride == 0);
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

    /// <summary>Dependence of the errors.</summary>
    public static PathDependence Dependence(
        CombinedForecast combined, PreparedHistory prepared, ErrorQuantiles distribution, PhaseOfSlot phases)
    {
        if (combined.Backtest.Length == 0)
        {
            return PathDependence.Independent with { Autocorrelation = 0.5 };
        }

        var (rows, scales) = (new double[combined.Backtest.Length][], new double[combined.Backtest.Length][]);
        for (var k = 0; k < rows.Length; k++)
        {
            var origin = combined.Plan.Origins[k];
            (rows[k], scales[k]) = (new double[combined.Plan.Horizon], new double[combined.Plan.Horizon]);
            for (var h = 0; h < rows[k].Length; h++)
            {
                var (slot, level) = (origin + h, prepared.Seen.LevelAfter(origin + h));
                var forecast = level * combined.Backtest[k][h];
                rows[k][h] = prepared.Seen.IsAcross(origin, slot) ? double.NaN : (level * prepared.Observed[slot]) - forecast;
                scales[k][h] = distribution.ScaleOf(forecast, h, phases.Of(slot));
            }
        }

        return DependenceEstimator.Estimate(rows, scales, (int)Math.Round(prepared.Frame.SlotsPerDay));
    }
}
