using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Pooled;

/// <summary>A series that has hardly begun, on the local week: what it observed so far, and where its horizon lies.</summary>
internal sealed class NewSeries
{
    private const int WeeksKept = 8;
    private readonly LocalCalendarMap _map;
    private readonly int _length;

    /// <summary>Reads a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="horizon">Steps after its history.</param>
    /// <param name="siblings">Its siblings, which say when work can be expected if nobody states opening hours.</param>
    public NewSeries(PoolMember series, int horizon, SiblingHistory[] siblings)
    {
        var (history, grid) = (series.History, series.History.Grid);
        _map = new LocalCalendarMap(history.Start, grid, history.Length + horizon);
        _length = history.Length;
        Week = new OwnWeeks(grid.IntervalsPerWeek);
        var known = Known(history, series.Options.Events);
        Open = series.Options.OpenWeek is { } stated ? Stated(stated, grid) : OpenToSiblings(known, siblings);
        foreach (var (slot, value) in known.Where(k => Open[k.Slot]))
        {
            Week.Add(slot, value);
        }

        IsCounts = known.TrueForAll(k => k.Value == Math.Floor(k.Value));
        OpenPerWeek = Open.Count(open => open);
        if (OpenPerWeek == 0)
        {
            throw new ArgumentException($"'{series.Name}': none of the {Open.Length} intervals of the week is open.", nameof(series));
        }

        Phases = grid.IntervalsPerDay > 1 ? grid.IntervalsPerDay : grid.IntervalsPerWeek;
        SlotsPerDay = Math.Max(1, (int)Math.Round(new OpeningHours(Open).SlotsPerOpenDay(grid.IntervalsPerDay)));
        WeeksAhead = horizon / (double)grid.IntervalsPerWeek;
    }

    /// <summary>Observations so far outside of events, at most of the last eight weeks.</summary>
    public OwnWeeks Week { get; }

    /// <summary>Open slots of the week.</summary>
    public bool[] Open { get; }

    /// <summary>Number of them.</summary>
    public int OpenPerWeek { get; }

    /// <summary>Phases of error scales: slots of the day, or of the week on daily grids.</summary>
    public int Phases { get; }

    /// <summary>Open slots in a day that opens.</summary>
    public int SlotsPerDay { get; }

    /// <summary>Length of the horizon in weeks.</summary>
    public double WeeksAhead { get; }

    /// <summary>Whether every observation so far is a whole number.</summary>
    public bool IsCounts { get; }

    /// <summary>Phase of a slot of the week.</summary>
    public int PhaseOf(int slotOfWeek) => slotOfWeek % Phases;

    /// <summary>Slot of the week of a step of the horizon.</summary>
    public int SlotOfWeekAt(int step) => _map.SlotOfWeek(_map.CellOf(_length + step));

    private List<(int Slot, double Value)> Known(TimeSeries history, IReadOnlyList<CalendarEvent> events)
    {
        var values = history.Values.ToArray();
        foreach (var e in events)
        {
            var (first, last) = EventOccurrences.Range(e.Start, e.End, history.Start, history.Grid, history.Length);
            Array.Fill(values, double.NaN, first, Math.Max(0, last - first));
        }

        var known = new List<(int, double)>();
        for (var i = Math.Max(0, values.Length - (WeeksKept * history.Grid.IntervalsPerWeek)); i < values.Length; i++)
        {
            if (values[i] < 0)
            {
                throw new ForecastDataException(
                    $"The observation at {history.InstantAt(i)} is {values[i]}; a cold start forecasts contacts, which are not negative.");
            }

            if (!double.IsNaN(values[i]))
            {
                known.Add((_map.SlotOfWeek(_map.CellOf(i)), values[i]));
            }
        }

        return known;
    }

    /// <summary>Open where the series or a sibling has ever been observed.</summary>
    private static bool[] OpenToSiblings(List<(int Slot, double Value)> known, SiblingHistory[] siblings)
    {
        var open = new bool[siblings[0].ProfileAt(0)!.Open.Length];
        foreach (var (slot, _) in known)
        {
            open[slot] = true;
        }

        foreach (var sibling in siblings)
        {
            var theirs = sibling.ProfileAt(0)!.Open;
            for (var slot = 0; slot < open.Length; slot++)
            {
                open[slot] |= theirs[slot];
            }
        }

        return open;
    }

    private static bool[] Stated(bool[] open, IntervalGrid grid) => open.Length == grid.IntervalsPerWeek ? [.. open] : throw new ArgumentException(
        $"OpenWeek has {open.Length} flags; a week of this grid has {grid.IntervalsPerWeek} intervals.", nameof(open));
}
