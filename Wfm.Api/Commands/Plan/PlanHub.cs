using NodaTime;
using Wfm.Api.Pipeline;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Commands.Plan;

/// <summary>The series of one hub of the file as the pipeline wants them.</summary>
/// <param name="Hub">The hub, open whenever one of its queues is.</param>
/// <param name="CutOff">End of the histories.</param>
/// <param name="Histories">Keyed by place in the file.</param>
/// <param name="Skipped">Series that are not planned, each with the reason.</param>
internal sealed record PlanHub(PlannedHub Hub, Instant CutOff, IReadOnlyList<SeriesHistory> Histories, IReadOnlyList<SkippedQueue> Skipped)
{
    private const string Unknown = "und"; // BCP 47

    /// <param name="series">All of one hub.</param>
    public static PlanHub Of(IReadOnlyList<PlanSeries> series, PlanRequest request)
    {
        var cutOff = series.Max(s => s.End);
        var hub = new PlannedHub(series[0].Hub, request.Zone, OpenHours.Always, request.ShrinkageFraction, 0);
        var (histories, skipped) = (new List<SeriesHistory>(), new List<SkippedQueue>());
        foreach (var (key, one) in series.Index())
        {
            if (SeriesHistory.Silence(one.Queue, one.Cells.Keys.Last(), cutOff) is { } silence)
            {
                skipped.Add(new SkippedQueue(one.Queue, silence));
            }
            else
            {
                histories.Add(History(key, one, hub, cutOff, request));
            }
        }

        OpenHours[] hours = [.. histories.Where(h => !h.Offered.Grid.IsCalendar).Select(h => h.Queue.Open!)];
        if (hours.Length > 0 && hours.All(h => h.Windows.Count > 0))
        {
            var (opens, closes) = Span(hours);
            histories = histories.ConvertAll(h => !h.Offered.Grid.IsCalendar ? h : h with { Queue = h.Queue with { Open = Days(h.Offered, opens, closes) } });
            hub = hub with { Open = new OpenHours([.. histories.SelectMany(h => h.Queue.Open!.Windows).Distinct()]) };
        }

        return new PlanHub(hub, cutOff, histories.ConvertAll(h => h with { Hub = hub }), skipped);
    }

    private static SeriesHistory History(int key, PlanSeries series, PlannedHub hub, Instant cutOff, PlanRequest request)
    {
        var (grid, earliest) = (series.Grid, SeriesHistory.Earliest(series.Grid, cutOff, SeriesHistory.Longest));
        var start = series.Cells.Keys.First(k => k >= earliest);
        var length = grid.StepsUntil(start, cutOff);
        double[] offered = Missing(length), handled = Missing(length), seconds = Missing(length);
        for (var i = 0; i < length; i++)
        {
            if (series.Cells.TryGetValue(grid.InstantAt(start, i), out var cell))
            {
                (offered[i], handled[i], seconds[i]) = (cell.Offered, cell.Handled ?? double.NaN, cell.HandleTimeSeconds ?? double.NaN);
            }
        }

        var history = new TimeSeries(start, grid, offered);
        var deferrable = request.Deferrable(series.Queue);
        var queue = new PlannedQueue(series.Queue, series.Queue)
        {
            Immediate = deferrable is null ? request.Immediate : null,
            Deferrable = deferrable,
            AhtSeconds = request.AhtSeconds,
            Attributes = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["language"] = Unknown,
                ["channel"] = deferrable is null ? "voice" : "ticket",
            },
            Open = grid.IsCalendar ? null : Hours(history),
        };
        return new SeriesHistory(key, hub, queue, history, handled, seconds);
    }

    /// <summary>Opening hours as the history shows them: an interval of the week that never has a value is closed.</summary>
    private static OpenHours Hours(TimeSeries history)
    {
        var (perDay, minutes) = (history.Grid.IntervalsPerDay, history.Grid.Minutes);
        var map = new LocalCalendarMap(history.Start, history.Grid, history.Length);
        var week = OpeningHours.Detect(map.ToLocal(history.Values), map.SlotOfWeek(0), map.SlotsPerWeek);
        if (week.OpenPerWeek == week.SlotsPerWeek)
        {
            return OpenHours.Always;
        }

        var windows = new List<AvailabilityWindow>();
        for (var day = 0; day < 7; day++)
        {
            for (var slot = 0; slot < perDay; slot++)
            {
                var from = slot;
                while (slot < perDay && week.IsOpen((day * perDay) + slot))
                {
                    slot++;
                }

                if (slot > from)
                {
                    windows.Add(
                        new AvailabilityWindow(
                            (IsoDayOfWeek)(day + 1), LocalTime.Midnight.PlusMinutes(from * minutes), LocalTime.Midnight.PlusMinutes(slot * minutes)));
                }
            }
        }

        return new OpenHours(windows);
    }

    /// <summary>From the first door that opens to the last that closes.</summary>
    private static (LocalTime Opens, LocalTime Closes) Span(OpenHours[] hours)
    {
        List<AvailabilityWindow> windows = [.. hours.SelectMany(h => h.Windows)];
        return (windows.Min(w => w.From), windows.Exists(w => w.To == LocalTime.Midnight) ? LocalTime.Midnight : windows.Max(w => w.To));
    }

    /// <summary>Work known by the day is done on the days that have any, while the hub is open on any day.</summary>
    private static OpenHours Days(TimeSeries history, LocalTime opens, LocalTime closes)
    {
        var days = new HashSet<IsoDayOfWeek>();
        for (var i = 0; i < history.Length; i++)
        {
            if (history.Values[i] > 0)
            {
                days.Add(history.Grid.DateOf(history.InstantAt(i)).DayOfWeek);
            }
        }

        return new OpenHours([.. days.Order().Select(day => new AvailabilityWindow(day, opens, closes))]);
    }

    private static double[] Missing(int length)
    {
        var values = new double[length];
        Array.Fill(values, double.NaN);
        return values;
    }
}
