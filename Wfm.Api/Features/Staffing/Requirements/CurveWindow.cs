using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Forecasts;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Staffing.Requirements;

/// <summary>Intervals of one length over a stretch of time, onto which the curves of a forecast are laid: finer where a series is coarser.</summary>
internal sealed record CurveWindow(Instant Start, Duration Interval, int Count)
{
    /// <summary>For each interval of the window the interval of the row it lies in (−1 for none) and its share of it.</summary>
    public (int[] Index, double[] Share) Onto(SeriesForecastRow row, DateTimeZone zone)
    {
        var grid = new IntervalGrid(Duration.FromMinutes(row.IntervalMinutes), zone);
        var (index, share) = (new int[Count], new double[Count]);
        var k = 0;
        for (var i = 0; i < Count; i++)
        {
            var at = Start + (Interval * i);
            while (k + 1 < row.Mean.Length && grid.InstantAt(row.Start, k + 1) <= at)
            {
                k++;
            }

            var (from, to) = (grid.InstantAt(row.Start, k), grid.InstantAt(row.Start, k + 1));
            (index[i], share[i]) = at >= from && at < to ? (k, Math.Min(1, Interval / (to - from))) : (-1, 0);
        }

        return (index, share);
    }

    /// <summary>Volumes of a path; 0 outside the row.</summary>
    public static double[] Spread(double[] path, int[] index, double[] share) => [.. index.Select((k, i) => k < 0 ? 0 : path[k] * share[i])];

    /// <summary>Handle times; the nearest known outside the row.</summary>
    public static double[] Hold(double[] values, int[] index) => [.. index.Select((k, i) => values[k >= 0 ? k : i < index.Length / 2 ? 0 : values.Length - 1])];
}
