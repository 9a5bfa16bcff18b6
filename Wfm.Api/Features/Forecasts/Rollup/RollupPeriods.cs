using NodaTime;

namespace Wfm.Api.Features.Forecasts.Rollup;

/// <summary>Hours, days or weeks from Monday on the clock of a zone.</summary>
internal sealed record RollupPeriods(RollupInterval Interval, DateTimeZone Zone)
{
    /// <summary>Longest interval of a series that can be added up to these periods, in minutes.</summary>
    public int LongestMinutes => Interval switch { RollupInterval.Hour => 60, RollupInterval.Day => 1440, _ => 10_080 };

    /// <summary>The period an instant lies in.</summary>
    public Instant StartOf(Instant instant)
    {
        if (Interval == RollupInterval.Hour)
        {
            var offset = Zone.GetUtcOffset(instant).Seconds; // Kolkata's hours start at half past in UTC
            var local = instant.ToUnixTimeSeconds() + offset;
            return Instant.FromUnixTimeSeconds(local - (((local % 3600) + 3600) % 3600) - offset);
        }

        var date = instant.InZone(Zone).Date;
        return Zone.AtStartOfDay(Interval == RollupInterval.Day ? date : date.PlusDays(1 - (int)date.DayOfWeek)).ToInstant();
    }

    /// <summary>End of the period that starts at an instant.</summary>
    public Instant EndOf(Instant start) => Interval == RollupInterval.Hour
        ? start + Duration.FromHours(1)
        : Zone.AtStartOfDay(start.InZone(Zone).Date.PlusDays(Interval == RollupInterval.Day ? 1 : 7)).ToInstant();
}
