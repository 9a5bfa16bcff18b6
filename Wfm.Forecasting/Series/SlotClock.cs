namespace Wfm.Forecasting.Series;

/// <summary>Where the open slots of a history lie in the local week: what an unbroken row of values does not tell.</summary>
internal sealed class SlotClock
{
    private readonly int[] _slotsOfWeek;
    private readonly int _first;
    private readonly int _cellsPerWeek;
    private readonly int _cellsPerDay;

    /// <summary>Creates a clock.</summary>
    /// <param name="hours">Opening hours.</param>
    /// <param name="firstCell">Slot of the week of the first cell of the history, open or closed.</param>
    /// <param name="cellsPerDay">Slots in a local day, open or closed.</param>
    public SlotClock(OpeningHours hours, int firstCell, int cellsPerDay)
    {
        _slotsOfWeek = [.. Enumerable.Range(0, hours.SlotsPerWeek).Where(hours.IsOpen)];
        _first = hours.OpenBefore(firstCell) % _slotsOfWeek.Length;
        (_cellsPerWeek, _cellsPerDay) = (hours.SlotsPerWeek, cellsPerDay);
        var perDay = _slotsOfWeek.GroupBy(slot => slot / cellsPerDay).Select(day => day.Count()).ToArray();
        IsRegular = Array.TrueForAll(perDay, count => count == perDay[0]);
        Day = Math.Max(1, (int)Math.Round(_slotsOfWeek.Length / (double)perDay.Length));
    }

    /// <summary>Open slots in a week.</summary>
    public int Week => _slotsOfWeek.Length;

    /// <summary>Open slots in a day that opens, rounded where days differ.</summary>
    public int Day { get; }

    /// <summary>Whether every day that opens has the same number of open slots.</summary>
    public bool IsRegular { get; }

    /// <summary>Position among the open slots of the week, 0 for the first after Monday 00:00.</summary>
    /// <param name="slot">Open slot counted from the first of the history, at least 0.</param>
    public int PhaseOf(int slot) => (_first + slot) % Week;

    /// <summary>Slot of the local week, 0 for Monday 00:00, closed slots counted.</summary>
    /// <param name="slot">Open slot counted from the first of the history, at least 0.</param>
    public int SlotOfWeek(int slot) => _slotsOfWeek[PhaseOf(slot)];

    /// <summary>Time of the local day at the middle of a slot, in [0, 1); 0.5 where a slot is a day or longer.</summary>
    /// <param name="slot">Open slot counted from the first of the history, at least 0.</param>
    public double DayFraction(int slot) => ((SlotOfWeek(slot) % _cellsPerDay) + 0.5) / _cellsPerDay;

    /// <summary>Time of the local week at the middle of a slot, in [0, 1).</summary>
    /// <param name="slot">Open slot counted from the first of the history, at least 0.</param>
    public double WeekFraction(int slot) => (SlotOfWeek(slot) + 0.5) / _cellsPerWeek;
}
