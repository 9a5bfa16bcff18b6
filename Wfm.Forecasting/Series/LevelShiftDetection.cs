using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Series;

/// <summary>Finds lasting changes of level: a queue merged, a channel closed. Earlier history is brought to the new level, and the report says so.</summary>
/// <remarks>
/// Weekly means are compared over four weeks before and after each week. A shift is a ratio beyond 1.6 that is also six times what weeks
/// otherwise differ by, with little movement on either side, so that growth and seasons are left to the models.
/// </remarks>
internal static class LevelShiftDetection
{
    private const int Weeks = 4;
    private const int FewestWeeks = 10;
    private static readonly double LeastLogRatio = Math.Log(1.6);

    /// <summary>Adjusts a positive series in place.</summary>
    /// <param name="y">Complete observations.</param>
    /// <param name="week">Observations in a week.</param>
    /// <returns>First index of each new level and its factor.</returns>
    public static List<(int Index, double Factor)> Adjust(double[] y, int week)
    {
        var shifts = new List<(int, double)>();
        var weeks = y.Length / week;
        if (week < 2 || weeks < FewestWeeks)
        {
            return shifts;
        }

        var first = y.Length - (weeks * week);
        var logs = new double[weeks];
        for (var w = 0; w < weeks; w++)
        {
            var mean = Statistics.Mean(y.AsSpan(first + (w * week), week));
            if (!(mean > 0))
            {
                return shifts; // a level of zero has no ratio
            }

            logs[w] = Math.Log(mean);
        }

        var usual = Math.Max(0.02, Statistics.Median([.. logs.Zip(logs.Skip(1), (a, b) => Math.Abs(b - a))]));
        for (var w = Weeks; w <= weeks - Weeks; w++)
        {
            var before = logs.AsSpan(w - Weeks, Weeks);
            var after = logs.AsSpan(w, Weeks);
            var ratio = Statistics.Median(after) - Statistics.Median(before);
            if (Math.Abs(ratio) < Math.Max(LeastLogRatio, 6 * usual) || Range(before) > 0.4 * Math.Abs(ratio) || Range(after) > 0.4 * Math.Abs(ratio))
            {
                continue;
            }

            var cut = first + (w * week);
            for (var t = 0; t < cut; t++)
            {
                y[t] *= Math.Exp(ratio);
            }

            shifts.Add((cut, Math.Exp(ratio)));
            w += Weeks - 1; // the same shift shows in the next weeks too
        }

        return shifts;
    }

    private static double Range(ReadOnlySpan<double> values)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return high - low;
    }
}
