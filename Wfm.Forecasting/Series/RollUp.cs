using NodaTime;

namespace Wfm.Forecasting.Series;

/// <summary>Sums a series to longer intervals: 15 → 30 → 60 minutes → day → week.</summary>
public static class RollUp
{
    /// <summary>Sums a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="interval">An interval of <see cref="IntervalGrid"/>, a whole multiple of the series' own.</param>
    /// <returns>
    /// A series that starts with the first whole interval. A sum is missing when any of its parts is; parts at the ends that fill no whole
    /// interval are left out. Hours, days and weeks (from Monday) are those of the zone: days have 23 or 25 hours when the clocks change.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not a whole multiple of the series' own.</exception>
    public static TimeSeries To(TimeSeries series, Duration interval)
    {
        ArgumentNullException.ThrowIfNull(series);
        var grid = new IntervalGrid(interval, series.Grid.Zone);
        var own = series.Grid.Interval;
        if (interval < own || interval.TotalMinutes % own.TotalMinutes != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(interval), interval, $"A series of {own} cannot be summed to {interval}; a whole multiple is needed.");
        }

        var start = grid.Ceiling(series.Start);
        var sums = new List<double>();
        var index = 0;
        while (index < series.Length && series.InstantAt(index) < start)
        {
            index++;
        }

        while (index < series.Length)
        {
            var end = grid.InstantAt(start, sums.Count + 1);
            var sum = 0.0;
            while (index < series.Length && series.InstantAt(index) < end)
            {
                sum += series.Values[index++]; // NaN stays NaN: a day with a missing part is not a smaller day
            }

            if (series.InstantAt(index) < end)
            {
                break;
            }

            sums.Add(sum);
        }

        return new TimeSeries(start, grid, [.. sums]);
    }
}
