using NodaTime;

namespace Wfm.Api.Features.SampleOperation;

/// <summary>The half-hours of the sample's history at one hub, with the local day and half-hour of each.</summary>
/// <remarks>Starts at a local Monday midnight and ends at that of <see cref="SampleDates.EndDay"/>. Days of 23 and 25 hours are in it as they
/// happened.</remarks>
internal sealed class SampleCalendar
{
    public const int IntervalMinutes = 30;

    private readonly int[] _day;
    private readonly int[] _halfHour;

    public SampleCalendar(SampleHub hub, SampleDates dates)
    {
        Start = hub.Zone.AtStartOfDay(dates.FirstDay).ToInstant();
        End = hub.Zone.AtStartOfDay(dates.EndDay).ToInstant();
        Count = (int)((End - Start) / Duration.FromMinutes(IntervalMinutes));
        _day = new int[Count];
        _halfHour = new int[Count];
        for (var i = 0; i < Count; i++)
        {
            var local = At(i).InZone(hub.Zone).LocalDateTime;
            _day[i] = Period.DaysBetween(dates.FirstDay, local.Date);
            _halfHour[i] = local.Hour * 2 + local.Minute / IntervalMinutes;
        }
    }

    public Instant Start { get; }

    /// <summary>Exclusive.</summary>
    public Instant End { get; }

    public int Count { get; }

    /// <summary>Start of the interval with an index.</summary>
    public Instant At(int index) => Start + Duration.FromMinutes(IntervalMinutes * (long)index);

    /// <summary>Local days since the first of the history.</summary>
    public int DayOf(int index) => _day[index];

    /// <summary>Half-hour of the local day, 0 to 47.</summary>
    public int HalfHourOf(int index) => _halfHour[index];

    /// <summary>Half-hour of the local week, 0 (Monday midnight) to 335.</summary>
    public int HalfHourOfWeek(int index) => _day[index] % 7 * 48 + _halfHour[index];

    /// <summary>Index of an instant on the grid, cut to the history.</summary>
    public int IndexOf(Instant instant) => (int)Math.Clamp(Math.Floor((instant - Start) / Duration.FromMinutes(IntervalMinutes)), 0, Count);
}
