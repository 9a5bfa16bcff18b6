using Wfm.Forecasting.Series;

namespace Wfm.Forecasting;

/// <summary>A history made ready for the models.</summary>
/// <param name="Frame">Open slots of the local clock.</param>
/// <param name="Observed">What back-tests score against: open slots, NaN where missing or inside an event.</param>
/// <param name="Complete">What models see: without gaps.</param>
/// <param name="NonNegative">Whether no observation is below zero.</param>
/// <param name="Counts">Whether every observation is a whole number.</param>
/// <param name="Report">What was changed.</param>
internal sealed record PreparedHistory(
    ModelFrame Frame, double[] Observed, double[] Complete, bool NonNegative, bool Counts, CleansingReport Report);

/// <summary>Brings a history into the form models need: local clock, open slots, no events, no gaps.</summary>
internal static class HistoryPreparation
{
    public static PreparedHistory Prepare(TimeSeries history, int horizon, ForecastOptions options)
    {
        if (history.Length == 0)
        {
            throw new ForecastDataException("The history is empty. Import volumes for this series before forecasting it.");
        }

        var values = history.Values;
        if (!values.ContainsAnyExcept(double.NaN))
        {
            throw new ForecastDataException(
                $"All {history.Length} intervals of the history are missing. Import volumes for this series before forecasting it.");
        }

        var grid = history.Grid;
        var map = new LocalCalendarMap(history.Start, grid, history.Length + Math.Max(horizon, grid.IntervalsPerDay));
        var hours = options.OpenWeek is { } flags
            ? Supplied(flags, grid)
            : OpeningHours.Detect(map.ToLocal(values), map.SlotOfWeek(0), map.SlotsPerWeek);
        var frame = new ModelFrame(map, hours, values, grid);
        if (!frame.Observed.AsSpan().ContainsAnyExcept(double.NaN))
        {
            throw new ForecastDataException("Every observation lies outside the opening hours given. Check the opening hours and their time zone.");
        }

        var complete = GapFilling.Fill(frame.Observed, frame.SeasonLengths);
        var report = Report(values, frame);
        return new PreparedHistory(frame, frame.Observed, complete, IsNonNegative(values), IsCounts(values), report);
    }

    private static OpeningHours Supplied(bool[] openWeek, IntervalGrid grid) => openWeek.Length == grid.IntervalsPerWeek
        ? new OpeningHours(openWeek)
        : throw new ArgumentException(
            $"OpenWeek has {openWeek.Length} flags; a week of this grid has {grid.IntervalsPerWeek} intervals.", nameof(openWeek));

    private static CleansingReport Report(ReadOnlySpan<double> values, ModelFrame frame)
    {
        var (missing, closed) = (0, 0);
        for (var i = 0; i < values.Length; i++)
        {
            var open = frame.IsOpen(i);
            closed += open ? 0 : 1;
            missing += open && double.IsNaN(values[i]) ? 1 : 0;
        }

        return new CleansingReport([], missing, [], closed);
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
            if (value < 0 || (!double.IsNaN(value) && value != Math.Floor(value)))
            {
                return false;
            }
        }

        return true;
    }
}
