using NodaTime;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Pipeline;

/// <summary>Intervals of one length over a stretch of time, onto which curves are laid: finer where a curve is coarser.</summary>
public sealed record CurveWindow(Instant Start, Duration Interval, int Count)
{
    /// <summary>For each interval of the window the interval of the curve it lies in (−1 for none) and its share of it.</summary>
    /// <param name="grid">Grid of the curve.</param>
    /// <param name="start">Start of its first interval.</param>
    /// <param name="length">Its intervals.</param>
    public (int[] Index, double[] Share) Onto(IntervalGrid grid, Instant start, int length)
    {
        var (index, share) = (new int[Count], new double[Count]);
        var k = 0;
        for (var i = 0; i < Count; i++)
        {
            var at = Start + (Interval * i);
            while (k + 1 < length && grid.InstantAt(start, k + 1) <= at)
            {
                k++;
            }

            var (from, to) = (grid.InstantAt(start, k), grid.InstantAt(start, k + 1));
            (index[i], share[i]) = at >= from && at < to ? (k, Math.Min(1, Interval / (to - from))) : (-1, 0);
        }

        return (index, share);
    }

    /// <summary>The same for the work of a queue.</summary>
    internal (int[] Index, double[] Share) Onto(QueueWork work, DateTimeZone zone) => Onto(new IntervalGrid(work.Interval, zone), work.Start, work.Count);

    /// <summary>Volumes of a path; 0 outside the curve.</summary>
    public static double[] Spread(double[] path, int[] index, double[] share) => [.. index.Select((k, i) => k < 0 ? 0 : path[k] * share[i])];

    /// <summary>Handle times; the nearest known outside the curve.</summary>
    public static double[] Hold(double[] values, int[] index) => [.. index.Select((k, i) => values[k >= 0 ? k : i < index.Length / 2 ? 0 : values.Length - 1])];
}
