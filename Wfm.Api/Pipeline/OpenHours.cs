using NodaTime;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Pipeline;

/// <summary>Opening hours as local weekly windows; none means always open.</summary>
public sealed record OpenHours(IReadOnlyList<AvailabilityWindow> Windows)
{
    public static OpenHours Always { get; } = new([]);

    /// <summary>One flag per interval of the local week from Monday 00:00, as the forecasting library wants them; null when always open.</summary>
    public bool[]? Week(IntervalGrid grid)
    {
        var perDay = grid.IntervalsPerDay;
        return Windows.Count == 0 ? null : [.. Enumerable.Range(0, 7 * perDay).Select(slot => perDay == 1
            ? Windows.Any(w => (int)w.Day - 1 == slot)
            : Covers((IsoDayOfWeek)((slot / perDay) + 1), LocalTime.Midnight.PlusMinutes(1440L / perDay * (slot % perDay))))];
    }

    /// <summary>One flag per interval of elapsed time.</summary>
    public bool[] Over(DateTimeZone zone, Instant start, Duration interval, int count) => [.. Enumerable.Range(0, count).Select(i => At(start + (interval * i), zone))];

    /// <summary>Whether it is open at an instant.</summary>
    public bool At(Instant instant, DateTimeZone zone)
    {
        var local = instant.InZone(zone).LocalDateTime;
        return Windows.Count == 0 || Covers(local.DayOfWeek, local.TimeOfDay);
    }

    private bool Covers(IsoDayOfWeek day, LocalTime time)
    {
        var yesterday = day == IsoDayOfWeek.Monday ? IsoDayOfWeek.Sunday : day - 1;
        return Windows.Any(w => w.From < w.To
            ? w.Day == day && time >= w.From && time < w.To
            : (w.Day == day && time >= w.From) || (w.Day == yesterday && time < w.To));
    }
}
