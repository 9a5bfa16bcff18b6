using NodaTime;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Setup.Hubs;

/// <summary>Opening hours as flags.</summary>
internal static class OpenWeek
{
    /// <summary>One flag per interval of the local week from Monday 00:00, as the forecasting library wants them.</summary>
    public static bool[] Of(IReadOnlyList<OpeningWindow> windows, IntervalGrid grid)
    {
        var perDay = grid.IntervalsPerDay;
        return [.. Enumerable.Range(0, 7 * perDay).Select(slot => perDay == 1
            ? windows.Any(w => (int)w.Day - 1 == slot)
            : IsOpen(windows, (IsoDayOfWeek)((slot / perDay) + 1), LocalTime.Midnight.PlusMinutes(1440L / perDay * (slot % perDay))))];
    }

    /// <summary>One flag per interval of elapsed time; no windows means always open.</summary>
    public static bool[] Of(IReadOnlyList<OpeningWindow> windows, DateTimeZone zone, Instant start, int intervalMinutes, int count)
    {
        var open = new bool[count];
        for (var i = 0; i < count; i++)
        {
            var local = (start + Duration.FromMinutes((long)i * intervalMinutes)).InZone(zone).LocalDateTime;
            open[i] = windows.Count == 0 || IsOpen(windows, local.DayOfWeek, local.TimeOfDay);
        }

        return open;
    }

    private static bool IsOpen(IReadOnlyList<OpeningWindow> windows, IsoDayOfWeek day, LocalTime time)
    {
        var yesterday = day == IsoDayOfWeek.Monday ? IsoDayOfWeek.Sunday : day - 1;
        return windows.Any(w => w.From < w.To
            ? w.Day == day && time >= w.From && time < w.To
            : (w.Day == day && time >= w.From) || (w.Day == yesterday && time < w.To));
    }
}
