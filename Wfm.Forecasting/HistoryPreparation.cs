using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting;

/// <summary>A history made ready for the models.</summary>
/// <param name="Frame">Open slots of the local clock.</param>
/// <param name="Observed">What back-tests score against: open slots, NaN where missing or inside an event; outliers and levels as they were.</param>
/// <param name="Seen">What models see of it.</param>
/// <param name="NonNegative">Whether no observation is below zero.</param>
/// <param name="Counts">Whether every observation is a whole number.</param>
/// <param name="Effects">What events did.</param>
/// <param name="Report">What was changed.</param>
internal sealed record PreparedHistory(
    ModelFrame Frame, double[] Observed, SeenHistory Seen, bool NonNegative, bool Counts, EventEffects Effects, CleansingReport Report)
{
    /// <summary>What models see: without gaps, events and outliers, at the latest level.</summary>
    public double[] Complete => Seen.Complete;

    /// <summary>Seasons the history covers at least once, in open slots, ascending.</summary>
    public int[] Seasons { get; } = [.. Frame.SeasonLengths.Where(m => m <= Seen.Complete.Length)];

    /// <summary>What models would have seen at an earlier time, when nobody knew which of the last values would turn out to be outliers and which the
    /// beginning of a new level.</summary>
    /// <param name="slots">Open slots known then; an observation among them.</param>
    public double[] SeenAt(int slots) => SeenHistory.Of(Observed.AsSpan(0, slots), Frame, NonNegative, Seen).Complete;
}

/// <summary>Brings a history into the form models need: local clock, open slots, no events, no outliers, no gaps.</summary>
internal static class HistoryPreparation
{
    // Beyond a million counting noise is nothing, and whole numbers prove little: large doubles all are.
    private const double LargestCount = 1e6;

    /// <summary>How the reason of a change begins where an event was taken out; its kind follows.</summary>
    public const string EventReason = "event: ";

    public static PreparedHistory Prepare(TimeSeries history, int horizon, ForecastOptions options)
    {
        RefuseEmpty(history);
        var grid = history.Grid;
        var map = new LocalCalendarMap(history.Start, grid, history.Length + Math.Max(horizon, grid.IntervalsPerDay));
        var hours = options.OpenWeek is { } flags
            ? Supplied(flags, grid)
            : OpeningHours.Detect(map.ToLocal(history.Values), map.SlotOfWeek(0), map.SlotsPerWeek);

        var reasons = new string?[history.Length];
        var usual = WithoutEvents(history, options.Events, reasons);
        var frame = new ModelFrame(map, hours, usual, grid, history.Start);
        var observed = frame.Observed;
        if (!observed.AsSpan().ContainsAnyExcept(double.NaN))
        {
            throw new ForecastDataException(
                "No observation lies inside the opening hours and outside of events. Check the opening hours, their time zone and the events.");
        }

        var nonNegative = IsNonNegative(history.Values);
        var seen = SeenHistory.Of(observed, frame, nonNegative);
        var effects = EventEffects.Learn(options, history, frame, seen.Cleansed, seen.Unshifted);
        var report = Report(history.Values, frame, reasons, seen);
        return new PreparedHistory(frame, observed, seen, nonNegative, IsCounts(history.Values), effects, report);
    }

    private static void RefuseEmpty(TimeSeries history)
    {
        if (history.Length == 0)
        {
            throw new ForecastDataException("The history is empty. Import volumes for this series before forecasting it.");
        }

        if (!history.Values.ContainsAnyExcept(double.NaN))
        {
            throw new ForecastDataException(
                $"All {history.Length} intervals of the history are missing. Import volumes for this series before forecasting it.");
        }
    }

    private static OpeningHours Supplied(bool[] openWeek, IntervalGrid grid) => openWeek.Length == grid.IntervalsPerWeek
        ? new OpeningHours(openWeek)
        : throw new ArgumentException(
            $"OpenWeek has {openWeek.Length} flags; a week of this grid has {grid.IntervalsPerWeek} intervals.", nameof(openWeek));

    private static double[] WithoutEvents(TimeSeries history, IReadOnlyList<CalendarEvent> events, string?[] reasons)
    {
        var values = history.Values.ToArray();
        foreach (var e in events)
        {
            var (first, last) = EventOccurrences.Range(e.Start, e.End, history.Start, history.Grid, history.Length);
            for (var i = first; i < last; i++)
            {
                values[i] = double.NaN;
                reasons[i] = EventReason + e.Kind;
            }
        }

        return values;
    }

    private static CleansingReport Report(ReadOnlySpan<double> values, ModelFrame frame, string?[] reasons, SeenHistory seen)
    {
        var outlierSlots = seen.Outliers.ToHashSet();
        var shiftSlots = seen.Shifts.ToDictionary(s => s.Slot, s => s.Factor);
        var (changes, levels) = (new List<CleansedValue>(), new List<LevelShift>());
        var (missing, closed) = (0, 0);
        for (var i = 0; i < values.Length; i++)
        {
            if (!frame.IsOpen(i))
            {
                closed++;
                continue;
            }

            var slot = frame.SlotOf(i);
            if (shiftSlots.Remove(slot, out var factor))
            {
                levels.Add(new LevelShift(i, factor));
            }

            if (double.IsNaN(values[i]))
            {
                missing++;
            }
            else if (reasons[i] is not null || outlierSlots.Contains(slot))
            {
                changes.Add(new CleansedValue(i, values[i], seen.Unshifted[slot], reasons[i] ?? "outlier"));
            }
        }

        return new CleansingReport(changes, missing, levels, closed);
    }

    private static bool IsNonNegative(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (value < 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsCounts(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (value < 0 || value > LargestCount || (!double.IsNaN(value) && value != Math.Floor(value)))
            {
                return false;
            }
        }

        return true;
    }
}
