using NodaTime;
using NodaTime.TimeZones;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Forecasting.Accuracy;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Forecasts.Stored;

/// <summary>What came, of one series, with the nine weeks before for the copy of last week and the scale of errors.</summary>
internal sealed class Actuals
{
    private static readonly Duration Before = Duration.FromDays(63);
    private static readonly ZoneLocalMappingResolver Local =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private readonly History _history;

    private Actuals(History history, int known, int week)
    {
        _history = history;
        Scale = Mase.Scale(history.Offered.AsSpan(0, known), week);
    }

    /// <summary>Mean absolute difference to the week before over the nine weeks before the range; 0 when they are missing.</summary>
    public double Scale { get; }

    public static async Task<Actuals> Load(VolumeHistory volumes, Series series, DateTimeZone zone, ScoredRange range, CancellationToken cancellationToken)
    {
        var grid = IntervalGrid.Of(series.IntervalMinutes, zone);
        var history = await volumes.Load(series.Id, grid, range.From - Before, range.To, cancellationToken);
        var known = (int)Math.Clamp(grid.SlotOf(range.From) - history.FirstSlot, 0, history.Length);
        return new Actuals(history, known, grid.IntervalsPerWeek);
    }

    /// <summary>Volume of the interval; NaN where it is missing.</summary>
    public double At(Instant start)
    {
        var index = _history.Grid.SlotOf(start) - _history.FirstSlot;
        return index >= 0 && index < _history.Length ? _history.Offered[index] : double.NaN;
    }

    /// <summary>Volume of the interval at the same local time a week before; NaN where it is missing.</summary>
    public double WeekBefore(Instant start)
    {
        var zone = _history.Grid.Zone;
        return At(zone.ResolveLocal(start.InZone(zone).LocalDateTime.PlusWeeks(-1), Local).ToInstant());
    }
}
