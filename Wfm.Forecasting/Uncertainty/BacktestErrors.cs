using System.Runtime.InteropServices;
using Wfm.Forecasting.Combination;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Uncertainty;

/// <summary>An error of a back-test, brought to the latest level.</summary>
/// <param name="Origin">Index of the rolling origin.</param>
/// <param name="Step">Step ahead, from 0.</param>
/// <param name="Slot">Open slot of the history.</param>
/// <param name="Forecast">What was forecast.</param>
/// <param name="Actual">What came.</param>
/// <param name="IsAcross">Whether the level has changed for good between the origin and the step.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LevelledError(int Origin, int Step, int Slot, double Forecast, double Actual, bool IsAcross);

/// <summary>Collects the errors of a combination at its rolling origins.</summary>
internal static class BacktestErrors
{
    /// <summary>What was forecast at each origin and what came, both at the latest level; slots without an observation are left out.</summary>
    public static IEnumerable<LevelledError> AtLatestLevel(CombinedForecast combined, PreparedHistory prepared)
    {
        var (observed, seen) = (prepared.Observed, prepared.Seen);
        for (var k = 0; k < combined.Backtest.Length; k++)
        {
            var origin = combined.Plan.Origins[k];
            for (var h = 0; h < combined.Backtest[k].Length; h++)
            {
                var slot = origin + h;
                if (!double.IsNaN(observed[slot]))
                {
                    var level = seen.LevelAfter(slot);
                    yield return new LevelledError(k, h, slot, level * combined.Backtest[k][h], level * observed[slot], seen.IsAcross(origin, slot));
                }
            }
        }
    }

    /// <summary>All errors, origin by origin, at the latest level.</summary>
    /// <remarks>Those across a lasting change of level count as often as such changes come in the history, not in its last weeks: what has changed just now was
    /// tested by every origin before it, and may come again all the same. They fade over the weeks seen at the new level. Where hardly an origin saw
    /// anything else, a horizon of errors is kept.</remarks>
    public static List<BacktestError> Collect(CombinedForecast combined, PreparedHistory prepared, PhaseOfSlot phases)
    {
        var (length, seen) = (prepared.Observed.Length, prepared.Seen);
        var inDoubt = seen.IsInDoubt(length);

        // Not of a series that has fallen silent since, nor from when its level was less certain than it is now.
        bool[] told = [.. combined.Plan.Origins.Select(origin => seen.LevelAfter(origin - 1) != 0 && (inDoubt || !seen.IsInDoubt(origin)))];
        List<BacktestError> errors = [.. AtLatestLevel(combined, prepared).Where(e => told[e.Origin]).Select(e => new BacktestError(
            e.Origin, e.Step, phases.Of(e.Slot), e.Forecast, e.Actual, phases.DayOf(e.Slot), e.IsAcross))];
        var across = errors.Count(e => e.IsAcross);
        if (across == 0)
        {
            return errors;
        }

        // A step is half a horizon ahead on the mean, so this is the share it would have at origins all over the history.
        var share = seen.Shifts.Length * combined.Plan.Horizon / 2.0 / length;
        var within = errors.Count - across;
        var settled = length - seen.Shifts[^1].Slot - (LevelShiftDetection.FewestAfter * prepared.Frame.SlotsPerWeek);
        share *= Math.Exp(-Math.Max(0, settled) / (double)(LevelShiftDetection.Weeks * prepared.Frame.SlotsPerWeek)); // it has stayed: less of it is left
        var kept = Math.Max(share / (1 - Math.Min(share, 0.5)) * within, combined.Plan.Horizon - within);
        return Thinned(errors, Math.Max(1, (int)Math.Ceiling(across / Math.Max(1, kept))));
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

        var horizon = combined.Plan.Horizon;
        var rows = combined.Backtest.Select(_ => Enumerable.Repeat(double.NaN, horizon).ToArray()).ToArray();
        var scales = combined.Backtest.Select(_ => new double[horizon]).ToArray();
        foreach (var e in AtLatestLevel(combined, prepared).Where(e => !e.IsAcross))
        {
            rows[e.Origin][e.Step] = e.Actual - e.Forecast;
            scales[e.Origin][e.Step] = distribution.ScaleOf(e.Forecast, e.Step, phases.Of(e.Slot));
        }

        return DependenceEstimator.Estimate(rows, scales, (int)Math.Round(prepared.Frame.SlotsPerDay));
    }
}
