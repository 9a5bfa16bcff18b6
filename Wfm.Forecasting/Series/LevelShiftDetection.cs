using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Series;

/// <summary>Finds lasting changes of level: a queue merged, a channel closed. Earlier history is brought to the new level, and the report says so.</summary>
/// <remarks>
/// Weekly means are compared over four weeks before and after each week; of the latest, two weeks after are enough, and the history is then brought only a
/// part of the way. A shift is a ratio beyond 1.3 that is also several times what weeks otherwise differ by, with little movement on either side and nothing
/// like it a year before, so that growth and seasons are left to the models.
/// </remarks>
internal static class LevelShiftDetection
{
    /// <summary>Weeks on either side: a month decides what the level is.</summary>
    public const int Weeks = 4;

    private const int FewestAfter = 2;
    private const int FewestWeeks = 10; // two such months, and two weeks of their own on either side to tell a shift from an edge
    private const int YearOfWeeks = 52;

    // Set by judgement and pinned by LevelShiftDetectionTests: growth and yearly seasons are no shifts, a merged queue is one.
    private const double UsualChanges = 6; // how many times the usual change from week to week
    private const double UsualChangesSoon = 8; // the same before a month has confirmed it
    private const double SmallestUsualChange = 0.02; // log ratio; weeks of a large queue hardly differ at all
    private const double LargestMovement = 0.4; // of the shift, within the weeks on either side
    private static readonly double LeastLogRatio = Math.Log(1.3);

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

        var usual = Math.Max(SmallestUsualChange, Statistics.Median([.. logs.Zip(logs.Skip(1), (a, b) => Math.Abs(b - a))]));
        for (var w = Weeks; w <= weeks - FewestAfter; w++)
        {
            var confirmed = Math.Min(Weeks, weeks - w);
            var before = logs.AsSpan(w - Weeks, Weeks);
            var after = logs.AsSpan(w, confirmed);
            var ratio = Statistics.Median(after) - Statistics.Median(before);
            var least = Math.Max(LeastLogRatio, (confirmed < Weeks ? UsualChangesSoon : UsualChanges) * usual);
            if (Math.Abs(ratio) < least || Math.Max(Range(before), Range(after)) > LargestMovement * Math.Abs(ratio) || IsYearly(logs, w, ratio))
            {
                continue;
            }

            ratio *= confirmed < Weeks ? confirmed / (confirmed + 0.5) : 1; // the rest is left to the models
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

    /// <summary>Whether the level went the same way, by half as much at least, in the same weeks a year before.</summary>
    private static bool IsYearly(double[] logs, int w, double ratio)
    {
        for (var then = w - YearOfWeeks - 1; then <= w - YearOfWeeks + 1; then++)
        {
            if (then >= Weeks && (Statistics.Median(logs.AsSpan(then, Weeks)) - Statistics.Median(logs.AsSpan(then - Weeks, Weeks))) / ratio > 0.5)
            {
                return true;
            }
        }

        return false;
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
