using NodaTime;

namespace Wfm.Forecasting.Series;

/// <summary>
/// Maps the intervals of a grid, which follow elapsed time, onto an even grid of the local clock, where Monday 09:00 is always the same slot.
/// </summary>
/// <remarks>
/// Each interval goes to the local cell in which it starts. When clocks go forward the skipped cells hold nothing; when they go back two
/// intervals share a cell, whose value is their mean: the rate at that hour. Read back, each interval takes the value of its own cell, so
/// that a day of 23 or 25 hours gets 23 or 25 hours of work. A shift that is not a whole number of cells (Lord Howe, half an hour, on an
/// hourly grid) moves intervals by less than a cell.
/// </remarks>
public sealed class LocalCalendarMap
{
    private readonly int[] _cells;
    private readonly int _firstSlotOfWeek;

    /// <summary>Builds the map.</summary>
    /// <param name="start">Start of the first interval.</param>
    /// <param name="grid">Interval and zone.</param>
    /// <param name="length">Number of intervals, at least 1: history and horizon together.</param>
    public LocalCalendarMap(Instant start, IntervalGrid grid, int length)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        SlotsPerWeek = grid.IntervalsPerWeek;
        _cells = new int[length];
        if (grid.IsCalendar)
        {
            for (var i = 0; i < length; i++)
            {
                _cells[i] = i;
            }

            _firstSlotOfWeek = SlotsPerWeek == 1 ? 0 : (int)grid.DateOf(start).DayOfWeek - 1;
            return;
        }

        var (seconds, slot) = (60L * grid.Minutes, grid.SlotOf(start));
        var first = 0L;
        for (var i = 0; i < length;)
        {
            var period = grid.Zone.GetZoneInterval(grid.StartOf(slot + i));
            var offset = period.WallOffset.Seconds;
            var until = period.HasEnd ? period.End.ToUnixTimeSeconds() : long.MaxValue;
            for (; i < length; i++)
            {
                var second = grid.StartOf(slot + i).ToUnixTimeSeconds();
                if (second >= until)
                {
                    break;
                }

                var cell = FloorDivide(second + offset, seconds);
                first = i == 0 ? cell : first;
                _cells[i] = (int)(cell - first);
            }
        }

        // 1970-01-01 was a Thursday, three days after Monday.
        var sinceMonday = first + (3L * grid.IntervalsPerDay);
        _firstSlotOfWeek = (int)(sinceMonday - (FloorDivide(sinceMonday, SlotsPerWeek) * SlotsPerWeek));

        // Where a zone moves back over the start of the series, a later interval can land before the first cell: start from the least.
        var least = _cells.Min();
        if (least < 0)
        {
            for (var i = 0; i < length; i++)
            {
                _cells[i] -= least;
            }

            _firstSlotOfWeek = Modulo(_firstSlotOfWeek + least, SlotsPerWeek);
        }
    }

    /// <summary>Local cells in a week.</summary>
    public int SlotsPerWeek { get; }

    /// <summary>Number of intervals mapped.</summary>
    public int Length => _cells.Length;

    /// <summary>Local cell of an interval, counted from the first.</summary>
    /// <param name="index">Interval, 0 to <see cref="Length"/> − 1.</param>
    public int CellOf(int index) => _cells[index];

    /// <summary>Slot of the local week of a cell, 0 for Monday 00:00.</summary>
    /// <param name="cell">Cell, at least 0.</param>
    public int SlotOfWeek(int cell) => Modulo(_firstSlotOfWeek + cell, SlotsPerWeek);

    /// <summary>Number of cells the first <paramref name="intervals"/> intervals reach over.</summary>
    /// <param name="intervals">1 to <see cref="Length"/>.</param>
    public int CellsOver(int intervals)
    {
        var last = 0;
        for (var i = 0; i < intervals; i++)
        {
            last = Math.Max(last, _cells[i]);
        }

        return last + 1;
    }

    /// <summary>Values by local cell: the mean of the intervals of a cell, NaN where there is none.</summary>
    /// <param name="values">Values of the first intervals, NaN where missing; at most <see cref="Length"/>.</param>
    public double[] ToLocal(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return [];
        }

        var local = new double[CellsOver(values.Length)];
        var counts = new int[local.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                local[_cells[i]] += values[i];
                counts[_cells[i]]++;
            }
        }

        for (var cell = 0; cell < local.Length; cell++)
        {
            local[cell] = counts[cell] == 0 ? double.NaN : local[cell] / counts[cell];
        }

        return local;
    }

    private static long FloorDivide(long a, long b) => a >= 0 ? a / b : -((-a + b - 1) / b);

    private static int Modulo(int a, int b) => ((a % b) + b) % b;
}
