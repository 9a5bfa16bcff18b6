using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Uncertainty;

/// <summary>How much further than in the time of the back-test the errors of a plain forecast reached in the whole history.</summary>
/// <remarks>A back-test sees weeks, the history years. Holidays that nobody named, storms and other days that come a few times a year may all lie outside of
/// those weeks, and the next one is as likely as ever. The plain forecast, the median of the same slot in the four weeks before, can be made for every
/// slot that has them, at no cost; compared are quantiles of the size of its errors, each divided by its scale.</remarks>
internal static class HistoryTails
{
    /// <summary>Shares of the errors that lie below the sizes compared, ascending.</summary>
    public static readonly double[] Levels = [0.9, 0.95, 0.98];

    private const int Weeks = 4;
    private const int FewestErrors = 20; // of the back-test's time: fewer have no tail
    private const int FewestPresent = 3;
    private const double FewestTimes = 2; // times the slots of the back-test that the history must have: less of it saw little else
    private const double Belief = 0.5; // power of the ratio; of 0, this and 1 chosen on rented bicycles (Washington) and bicycles over a bridge (Seattle)
    private const double Most = 2;
    private const int Latest = 3 * 52; // weeks; before them it was another world

    /// <summary>By level what the size of errors is multiplied by, at least 1; null where the history tells nothing beyond the back-test.</summary>
    /// <param name="prepared">The history.</param>
    /// <param name="start">First slot that the back-test forecast.</param>
    /// <param name="distribution">Tells the scale of errors.</param>
    /// <param name="phases">Phases of the slots.</param>
    public static double[]? Widths(PreparedHistory prepared, int start, ErrorQuantiles distribution, PhaseOfSlot phases)
    {
        var week = prepared.Frame.SlotsPerWeek;
        var length = prepared.Observed.Length;
        var first = Math.Max(Weeks * week, length - (Latest * week));
        if (prepared.Frame.DaysPerSlot > 1 || week == 0 || length - first < FewestTimes * (length - start))
        {
            return null;
        }

        var (all, late) = (new List<double>(length - first), new List<double>(length - start));
        for (var slot = first; slot < length; slot++)
        {
            if (Size(prepared, slot, week, distribution, phases) is { } size)
            {
                all.Add(size);
                if (slot >= start)
                {
                    late.Add(size);
                }
            }
        }

        if (late.Count < FewestErrors || all.Count < FewestTimes * late.Count)
        {
            return null;
        }

        all.Sort();
        late.Sort();
        double[] allSizes = [.. all];
        double[] lateSizes = [.. late];
        return [.. Levels.Select(level => Width(Statistics.SortedQuantile(allSizes, level), Statistics.SortedQuantile(lateSizes, level)))];
    }

    private static double Width(double all, double late) => late > 0 && all > late ? Math.Min(Most, Math.Pow(all / late, Belief)) : 1;

    /// <summary>Size of the plain forecast's error; null where it cannot be told or where the level changed in between.</summary>
    private static double? Size(PreparedHistory prepared, int slot, int week, ErrorQuantiles distribution, PhaseOfSlot phases)
    {
        var observed = prepared.Observed;
        if (double.IsNaN(observed[slot]) || prepared.Seen.IsAcross(slot - (Weeks * week), slot))
        {
            return null;
        }

        Span<double> before = stackalloc double[Weeks];
        var present = 0;
        for (var w = 1; w <= Weeks; w++)
        {
            var value = observed[slot - (w * week)];
            if (!double.IsNaN(value))
            {
                before[present++] = value;
            }
        }

        if (present < FewestPresent)
        {
            return null;
        }

        var forecast = Statistics.MedianInPlace(before[..present]);
        var level = prepared.Seen.LevelAfter(slot);
        return level * Math.Abs(observed[slot] - forecast) / distribution.ScaleOf(level * forecast, 0, phases.Of(slot));
    }
}
