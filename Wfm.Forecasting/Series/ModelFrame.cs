using NodaTime;

namespace Wfm.Forecasting.Series;

/// <summary>A history as the models see it: open slots of the local clock, one after another, without gaps.</summary>
internal sealed class ModelFrame
{
    private const int WeeksPerYear = 52;

    private readonly LocalCalendarMap _map;
    private readonly OpeningHours _hours;
    private readonly Instant _start;
    private readonly IntervalGrid _grid;
    private readonly int _historyLength;
    private readonly int _openBeforeFirst;

    public ModelFrame(LocalCalendarMap map, OpeningHours hours, ReadOnlySpan<double> observed, IntervalGrid grid, Instant start)
    {
        var slotsPerDay = grid.IntervalsPerDay;
        (_map, _hours, _historyLength, _grid, _start) = (map, hours, observed.Length, grid, start);
        _openBeforeFirst = hours.OpenBefore(map.SlotOfWeek(0));
        var local = map.ToLocal(observed);
        Observed = Compress(local);
        SeasonLengths = grid.DaysPerInterval > 1 ? [WeeksPerYear] : hours.SeasonLengths(slotsPerDay);
        SlotsPerDay = hours.SlotsPerOpenDay(slotsPerDay);
        DaysPerSlot = Math.Max(1, grid.DaysPerInterval);
        Clock = new SlotClock(hours, map.SlotOfWeek(0), slotsPerDay);
        for (var i = _historyLength; i < map.Length; i++)
        {
            Horizon = Math.Max(Horizon, StepOf(i) + 1);
        }
    }

    /// <summary>Observations of the open slots, NaN where missing.</summary>
    public double[] Observed { get; }

    /// <summary>Season lengths in open slots, ascending.</summary>
    public int[] SeasonLengths { get; }

    /// <summary>Open slots in a day that opens.</summary>
    public double SlotsPerDay { get; }

    /// <summary>Where the slots lie in the local week.</summary>
    public SlotClock Clock { get; }

    /// <summary>Days a slot spans: 7 on a weekly grid, otherwise 1.</summary>
    public double DaysPerSlot { get; }

    /// <summary>Open slots in a week.</summary>
    public int SlotsPerWeek => _hours.OpenPerWeek;

    /// <summary>Open slots in a mean year of 365.2425 days; 0 on a weekly grid, whose season is the year.</summary>
    public double SlotsPerYear => DaysPerSlot > 1 ? 0 : SlotsPerWeek * 365.2425 / 7;

    /// <summary>Open slots the forecast reaches over.</summary>
    public int Horizon { get; }

    /// <summary>Whether an interval of history or horizon is open.</summary>
    public bool IsOpen(int index) => _hours.IsOpen(_map.SlotOfWeek(_map.CellOf(index)));

    /// <summary>Position of an open interval among the open slots, from 0 for the first of the history.</summary>
    public int SlotOf(int index) =>
        _hours.OpenBefore(_map.SlotOfWeek(0) + _map.CellOf(index)) - _openBeforeFirst;

    /// <summary>End of the history.</summary>
    public Instant End => _grid.InstantAt(_start, _historyLength);

    /// <summary>Open slots of the history that start before an instant.</summary>
    public int SlotsBefore(Instant instant)
    {
        var last = Math.Min(_historyLength, _grid.StepsUntil(_start, instant)) - 1;
        while (last >= 0 && !IsOpen(last))
        {
            last--;
        }

        return last < 0 ? 0 : Math.Min(Observed.Length, SlotOf(last) + 1);
    }

    /// <summary>Start of the interval in which an open slot of the history lies.</summary>
    public Instant InstantOf(int slot)
    {
        var index = slot;
        while (index < _historyLength && (!IsOpen(index) || SlotOf(index) < slot))
        {
            index++;
        }

        return _grid.InstantAt(_start, index);
    }

    /// <summary>Step ahead of an open interval of the horizon, from 0.</summary>
    /// <remarks>When clocks go back at the origin, a slot already observed comes again: it gets the forecast of the next day's slot.</remarks>
    public int StepOf(int index)
    {
        if (!IsOpen(index))
        {
            return -1;
        }

        var step = SlotOf(index) - Observed.Length;
        while (step < 0)
        {
            step += Math.Max(1, (int)SlotsPerDay);
        }

        return step;
    }

    private double[] Compress(double[] local)
    {
        var open = new double[_hours.OpenBefore(_map.SlotOfWeek(0) + local.Length) - _openBeforeFirst];
        for (int cell = 0, next = 0; cell < local.Length; cell++)
        {
            if (_hours.IsOpen(_map.SlotOfWeek(cell)))
            {
                open[next++] = local[cell];
            }
        }

        return open;
    }
}
