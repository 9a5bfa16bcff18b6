using NodaTime;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Forecasts.Rollup;

/// <summary>Hours, days or weeks from Monday on the clock of a zone.</summary>
internal sealed record RollupPeriods(RollupInterval Interval, DateTimeZone Zone)
{
    private readonly IntervalGrid _grid = IntervalGrid.Of(
        Interval switch
        {
            RollupInterval.Hour => 60,
            RollupInterval.Day => IntervalGrid.Day,
            _ => IntervalGrid.Week,
        },
        Zone);

    /// <summary>Longest interval of a series that can be added up to these periods, in minutes.</summary>
    public int LongestMinutes => _grid.Minutes;

    /// <summary>The period an instant lies in.</summary>
    public Instant StartOf(Instant instant) => _grid.Floor(instant);

    /// <summary>End of the period that starts at an instant.</summary>
    public Instant EndOf(Instant start) => _grid.EndOf(start);
}
