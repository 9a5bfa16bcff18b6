using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;

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

    /// <summary>Length of an interval; every row of the series starts on this grid.</summary>
    public int IntervalMinutes { get; init; } = 30;
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
