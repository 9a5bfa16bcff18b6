using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Series;

/// <summary>Finds lasting changes of level: a queue merged, a channel closed. Earlier history is brought to the new level, and the report says so.</summary>
/// <remarks>
/// Weekly means are compared over four weeks before and after each day; of the latest, two weeks after are enough, and the history is then brought only a
/// part of the way. A shift is a ratio beyond 1.3 that is also several times what weeks otherwise differ by, with little movement on either side and nothing
/// like it a year before or after, so that growth and seasons are left to the models.
/// </remarks>
internal static class LevelShiftDetection
{
    /// <summary>Weeks on either side: a month decides what the level is.</summary>
    public const int Weeks = 4;

    /// <summary>Weeks after it that a change of level must have lasted.</summary>
    public const int FewestAfter = 2;

    private const int FewestWeeks = 10; // two such months, and two weeks of their own on either side to tell a shift from an edge
    private static readonly int[] YearsAround = [-53, -52, -51, 51, 52, 53]; // weeks

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
        if (week < 2 || y.Length < FewestWeeks * week || Levels.Of(y, week) is not { } levels)
        {
            return shifts;
        }

        for (var cut = levels.First; cut <= levels.Last; cut += levels.Day)
        {
            if (levels.ShiftAt(cut) is null)
            {
                continue;
            }

            // The same shift shows on the days around: where it is sharpest it has happened.
            var (best, shift) = (cut, default(Shift));
            for (var day = cut; day <= Math.Min(levels.Last, cut + week - 1); day += levels.Day)
            {
                if (levels.ShiftAt(day) is { } found && found.Sharpness > shift.Sharpness)
                {
                    (best, shift) = (day, found);
                }
            }

            var factor = Math.Exp(shift.Ratio * (shift.Confirmed < Weeks ? shift.Confirmed / (shift.Confirmed + 0.5) : 1)); // the rest is left to the models
            for (var t = 0; t < best; t++)
            {
                y[t] *= factor;
            }

            shifts.Add((best, factor));
            cut = best + ((Weeks * week) - levels.Day); // and in the next weeks too
        }

        return shifts;
    }

    /// <param name="Ratio">Logarithm of the new level ÷ the old.</param>
    /// <param name="Sharpness">How much more it is than the movement on either side, above 0.</param>
    /// <param name="Confirmed">Whole weeks at the new level.</param>
    private readonly record struct Shift(double Ratio, double Sharpness, int Confirmed);

    /// <summary>Logarithms of weekly means that may begin on any day.</summary>
    private sealed class Levels
    {
        private readonly double[] _sums; // of everything before a day
        private readonly int _week;
        private readonly double _usual;

        private Levels(double[] sums, int week, int day, int first, int last, double usual) =>
            (_sums, _week, Day, First, Last, _usual) = (sums, week, day, first, last, usual);

        /// <summary>Slots of a day; of a week whose days are of unequal length those of the week.</summary>
        public int Day { get; }

        /// <summary>First slot at which a level may have changed.</summary>
        public int First { get; }

        /// <summary>Last such slot.</summary>
        public int Last { get; }

        /// <returns><see langword="null"/> where a week has no level: of zero there is no ratio.</returns>
        public static Levels? Of(ReadOnlySpan<double> y, int week)
        {
            var sums = new double[y.Length + 1];
            for (var t = 0; t < y.Length; t++)
            {
                sums[t + 1] = sums[t] + y[t];
            }

            var (weeks, day) = (y.Length / week, week % 7 == 0 ? week / 7 : week);
            var logs = new double[weeks];
            for (var w = 0; w < weeks; w++)
            {
                var end = y.Length - (w * week);
                logs[w] = Math.Log((sums[end] - sums[end - week]) / week);
                if (!double.IsFinite(logs[w]))
                {
                    return null;
                }
            }

            var usual = Math.Max(SmallestUsualChange, Statistics.Median([.. logs.Zip(logs.Skip(1), (a, b) => Math.Abs(b - a))]));
            var first = (y.Length % day) + (Weeks * week); // days end with the history
            return new Levels(sums, week, day, first, y.Length - (FewestAfter * week), usual);
        }

        /// <summary>The shift at a slot, if there is one.</summary>
        public Shift? ShiftAt(int cut)
        {
            var confirmed = Math.Min(Weeks, (_sums.Length - 1 - cut) / _week);
            Span<double> before = stackalloc double[Weeks];
            Span<double> after = stackalloc double[confirmed];
            Fill(before, cut - (Weeks * _week));
            Fill(after, cut);
            var movement = Math.Max(Range(before), Range(after));
            var ratio = Statistics.Median(after) - Statistics.Median(before);
            var least = Math.Max(LeastLogRatio, (confirmed < Weeks ? UsualChangesSoon : UsualChanges) * _usual);
            return Math.Abs(ratio) < least || movement > LargestMovement * Math.Abs(ratio) || IsYearly(cut, ratio) ? null
                : new Shift(ratio, Math.Abs(ratio) - movement, confirmed);
        }

        /// <summary>Whether the level went the same way, by half as much at least, in the same weeks a year before or after.</summary>
        private bool IsYearly(int cut, double ratio)
        {
            Span<double> before = stackalloc double[Weeks];
            Span<double> after = stackalloc double[Weeks];
            foreach (var weeks in YearsAround)
            {
                var then = cut + (weeks * _week);
                if (then < Weeks * _week || then + (Weeks * _week) >= _sums.Length)
                {
                    continue;
                }

                Fill(before, then - (Weeks * _week));
                Fill(after, then);
                if ((Statistics.Median(after) - Statistics.Median(before)) / ratio > 0.5)
                {
                    return true;
                }
            }

            return false;
        }

        private void Fill(Span<double> logs, int start)
        {
            for (var w = 0; w < logs.Length; w++)
            {
                var from = start + (w * _week);
                logs[w] = Math.Log(Math.Max((_sums[from + _week] - _sums[from]) / _week, double.Epsilon));
            }
        }
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
