using NodaTime;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Hierarchy;

/// <summary>Sums a history with opening hours to days or weeks: closed hours are no gap in a day.</summary>
public static class OpenHoursRollUp
{
    /// <summary>Sums a history.</summary>
    /// <param name="history">Intervals below a day; NaN where nothing was recorded.</param>
    /// <param name="interval">One day or seven days.</param>
    /// <param name="openWeek">Opening hours, one flag per interval of the local week from Monday 00:00; <see langword="null"/> reads them from the
    /// history.</param>
    /// <returns>Whole days or weeks of the zone. One without an open interval is missing, as is one with an open interval missing. The last day
    /// counts as whole when only closed hours are left of it.</returns>
    /// <exception cref="ArgumentException">The interval is no whole multiple of the history's, or the opening hours have another length than a
    /// week.</exception>
    public static TimeSeries To(TimeSeries history, Duration interval, bool[]? openWeek = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        var grid = history.Grid;
        if (openWeek is not null && openWeek.Length != grid.IntervalsPerWeek)
        {
            throw new ArgumentException($"There are {openWeek.Length} flags; a week of this grid has {grid.IntervalsPerWeek} intervals.", nameof(openWeek));
        }

        if (grid.IsCalendar || history.Length == 0)
        {
            return RollUp.To(history, interval);
        }

        var map = new LocalCalendarMap(history.Start, grid, history.Length + grid.IntervalsPerWeek + grid.IntervalsPerDay);
        var hours = openWeek is null ? OpeningHours.Detect(map.ToLocal(history.Values), map.SlotOfWeek(0), map.SlotsPerWeek) : new OpeningHours(openWeek);
        var length = history.Length;
        var end = new IntervalGrid(interval, grid.Zone).EndOf(history.InstantAt(length - 1));
        while (length < map.Length && history.InstantAt(length) < end && !IsOpen(length))
        {
            length++;
        }

        var (values, open) = (new double[length], new double[length]);
        for (var i = 0; i < length; i++)
        {
            open[i] = IsOpen(i) ? 1 : 0;
            values[i] = open[i] > 0 ? history.Values[i] : 0;
        }

        var sums = RollUp.To(new TimeSeries(history.Start, grid, values), interval);
        var counts = RollUp.To(new TimeSeries(history.Start, grid, open), interval).Values;
        var whole = sums.Values.ToArray();
        for (var day = 0; day < whole.Length; day++)
        {
            whole[day] = counts[day] > 0 ? whole[day] : double.NaN;
        }

        return new TimeSeries(sums.Start, sums.Grid, whole);

        bool IsOpen(int index) => hours.IsOpen(map.SlotOfWeek(map.CellOf(index)));
    }
}
