using NodaTime;

namespace Wfm.Forecasting.Series;

/// <summary>The local days of a zone as half-open stretches of time, one after the other, whatever the clocks do at midnight.</summary>
internal static class LocalDays
{
    /// <summary>
    /// First instant of a day: midnight; the earlier one where it comes twice, the moment after the jump where clocks skip it. A date that a zone skips
    /// whole (Samoa, 2011-12-30) starts where the next one does.
    /// </summary>
    public static Instant StartOf(DateTimeZone zone, LocalDate date)
    {
        var midnight = zone.MapLocal(date.AtMidnight());
        return midnight.Count == 0 ? midnight.LateInterval.Start : midnight.First().ToInstant();
    }

    /// <summary>The day an instant lies in: the last one that has started by then.</summary>
    /// <remarks>Where clocks go back from just after midnight to the evening before (Goose Bay until 2011), a day that has begun goes on.</remarks>
    public static LocalDate DateOf(DateTimeZone zone, Instant instant)
    {
        var date = instant.InZone(zone).Date;
        return StartOf(zone, date.PlusDays(1)) <= instant ? date.PlusDays(1) : date;
    }
}
