using System.Runtime.InteropServices;
using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Series;

/// <summary>Finds observations that no pattern of the series explains, and says what the models should see instead.</summary>
/// <remarks>
/// Each observation is compared with the median of the same phase in the four seasons before and after. It is an outlier when it lies more than
/// fourteen robust standard deviations off, counting noise included. A run of outliers that reaches the end of the series may be the start
/// of something, and stays. Runs longer than a week are a level, not outliers, and stay too. A quarter of a day (of the shortest season) of
/// unusual values at the very end is no level yet, but models that follow the last value would carry it through the whole horizon: they are drawn
/// in to four deviations, on their side of the usual.
/// </remarks>
internal static class OutlierCleansing
{
    private const int Neighbours = 4; // seasons on either side: a month of weeks, long enough for a median, short enough for the year's drift
    private const int FewestNeighbours = 3;

    // Bounds in robust standard deviations, set by judgement and pinned by OutlierCleansingTests: a real peak stays, a typing error goes; the last
    // hours are drawn in sooner, since models that follow the last value would carry them through the whole horizon.
    private const double Bound = 14;
    private const double LastBound = 4;

    private const double NormalMad = 1.4826; // standard deviation ÷ median absolute deviation of a normal (Rousseeuw & Croux, JASA 88, 1993)
    private const double SmallestLevel = 0.1; // of the mean size: below it a quiet hour would make every single contact an outlier
    private const double Tiny = 1e-300; // keeps a root above zero where a whole series is zero
    private const double SmallestSpread = 1e-12;

    /// <summary>Replaces outliers in place.</summary>
    /// <param name="y">Observations, NaN where missing.</param>
    /// <param name="seasonLengths">Season lengths, ascending; without any nothing is done.</param>
    /// <param name="usual">What is usual as <see cref="UsualOf"/> gives it, for this series or one that goes on from it.</param>
    /// <returns>Index, observed value and replacement, ascending.</returns>
    public static List<(int Index, double Observed, double ReplacedBy)> Cleanse(double[] y, int[] seasonLengths, ReadOnlySpan<double> usual = default)
    {
        var m = SeasonOf(y.Length, seasonLengths);
        return m == 0 ? []
            : Cleanse(y, m, seasonLengths[0], SeasonOf(usual.Length, seasonLengths) == m ? UpTo(y, m, usual) : UsualOf(y, seasonLengths));
    }

    /// <summary>The usual size of each observation; empty where the series is too short to tell.</summary>
    public static double[] UsualOf(ReadOnlySpan<double> y, int[] seasonLengths)
    {
        var m = SeasonOf(y.Length, seasonLengths);
        var usual = new double[m == 0 ? 0 : y.Length];
        Fill(usual, y, m, 0);
        return usual;
    }

    /// <summary>What was usual when only this much was known: the last observations had no neighbours after them.</summary>
    private static double[] UpTo(double[] y, int m, ReadOnlySpan<double> later)
    {
        var usual = later[..y.Length].ToArray();
        Fill(usual, y, m, Math.Max(0, y.Length - (Neighbours * m)));
        return usual;
    }

    private static void Fill(double[] usual, ReadOnlySpan<double> y, int m, int first)
    {
        Span<double> column = stackalloc double[2 * Neighbours];
        for (var t = first; t < usual.Length; t++)
        {
            usual[t] = Usual(y, t, m, column);
        }
    }

    private static int SeasonOf(int length, int[] seasonLengths) => seasonLengths.LastOrDefault(m => (FewestNeighbours + 1) * m <= length, 0);

    private static List<(int Index, double Observed, double ReplacedBy)> Cleanse(double[] y, int m, int shortest, double[] usual)
    {
        var found = new List<(int, double, double)>();
        var relative = new List<double>(y.Length);
        var size = Math.Max(Statistics.MeanOfPresent(y), 0);
        for (var t = 0; t < y.Length; t++)
        {
            var deviation = Math.Abs(y[t] - usual[t]);
            if (!double.IsNaN(deviation))
            {
                relative.Add(deviation / Root(usual[t], size));
            }
        }

        if (relative.Count == 0)
        {
            return found;
        }

        var spread = NormalMad * Statistics.Median(CollectionsMarshal.AsSpan(relative));
        if (spread <= 0)
        {
            return found; // more than half the series repeats itself exactly: no scale to judge by
        }

        for (var t = 0; t < y.Length; t++)
        {
            var end = t;
            while (end < y.Length && Math.Abs(y[end] - usual[end]) > Bound * Math.Max(spread, SmallestSpread) * Root(usual[end], size))
            {
                end++;
            }

            if (end > t && end < y.Length && end - t <= m)
            {
                for (var i = t; i < end; i++)
                {
                    found.Add((i, y[i], usual[i]));
                }
            }

            t = end;
        }

        found.AddRange([.. DrawnIn(y, usual, Math.Max(1, shortest / 4), t => LastBound * spread * Root(usual[t], size))]);
        foreach (var (index, _, replacement) in found)
        {
            y[index] = replacement;
        }

        return found;
    }

    /// <summary>The unusual observations at the end, drawn in; none when they reach back further than <paramref name="longest"/>.</summary>
    private static IEnumerable<(int Index, double Observed, double ReplacedBy)> DrawnIn(double[] y, double[] usual, int longest, Func<int, double> bound)
    {
        var first = y.Length;
        while (first > 0 && Math.Abs(y[first - 1] - usual[first - 1]) > bound(first - 1)) // false where either is missing
        {
            first--;
        }

        return y.Length - first > longest ? []
            : Enumerable.Range(first, y.Length - first).Select(t => (t, y[t], usual[t] + (Math.Sign(y[t] - usual[t]) * bound(t))));
    }

    /// <summary>Scale of the noise at a level: between constant and proportional, as of counts, never below a tenth of the usual size.</summary>
    private static double Root(double level, double size) => Math.Sqrt(Math.Max(Math.Abs(level), Math.Max(SmallestLevel * size, Tiny)));

    private static double Usual(ReadOnlySpan<double> y, int t, int m, Span<double> column)
    {
        var count = 0;
        for (var k = -Neighbours; k <= Neighbours; k++)
        {
            var index = t + (k * m);
            if (k != 0 && index >= 0 && index < y.Length && !double.IsNaN(y[index]))
            {
                column[count++] = y[index];
            }
        }

        return count < FewestNeighbours ? double.NaN : Statistics.MedianInPlace(column[..count]);
    }
}
