using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Volumes.Storage;

/// <summary>Volume and handle time of one queue at one hub.</summary>
public sealed class Series
{
    /// <summary>Small, because a million volume rows carry it.</summary>
    public int Id { get; init; }
    public Guid QueueId { get; init; }
    public WorkQueue? Queue { get; init; }
    public Guid HubId { get; init; }
    public Hub? Hub { get; init; }

    /// <summary>Length of an interval; every row of the series starts on the grid of the hub's zone.</summary>
    public int IntervalMinutes { get; init; } = 30;

    /// <summary>Grows with every batch of an import that changes its volumes.</summary>
    public int Revision { get; init; }

    /// <summary>What a series may be kept in: parts of an hour, hours, local days.</summary>
    public static IReadOnlyList<int> AllowedMinutes { get; } = [.. IntervalGrid.Lengths.Where(minutes => minutes <= IntervalGrid.Day)];

    /// <summary>Where the intervals start at the hub of the series.</summary>
    public IntervalGrid GridAt(Hub hub) => IntervalGrid.Of(IntervalMinutes, hub.Zone);
}

/// <summary>What arrived in one interval of one series. Loaded in bulk, never tracked one by one.</summary>
public sealed class Volume
{
    public int SeriesId { get; init; }
    public Instant IntervalStart { get; init; }
    public double Offered { get; init; }
    public double? Handled { get; init; }

    /// <summary>Total, not average.</summary>
    public double? HandleTimeSeconds { get; init; }
    public double? Abandoned { get; init; }
    public double? Backlog { get; init; }
}
