using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Persistence;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Staffing.Requirements;

/// <summary>Heads required at several risk levels, computed from one forecast.</summary>
public sealed class RequirementRun
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid HubId { get; init; }
    public Guid ForecastRunId { get; init; }
    public ForecastRun? Forecast { get; init; }
    public required double[] RiskLevels { get; init; }
    public int Paths { get; init; }
    public int Seed { get; init; }
    public Instant CreatedAt { get; init; }
    public Guid? JobId { get; init; }

    /// <summary>The allocation whose share of the work it is; null for what arrives at the hub.</summary>
    public Guid? AllocationId { get; init; }

    /// <summary>False while it is removed; from then on nobody sees it.</summary>
    public bool IsComplete { get; init; } = true;
    public List<SeriesRequirement> Series { get; init; } = [];
    public List<SkippedSeries> Skipped { get; init; } = [];
}

/// <summary>The requirement of one series at one risk level.</summary>
public sealed class SeriesRequirement
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid RequirementRunId { get; init; }
    public int SeriesId { get; init; }
    public Series? Series { get; init; }
    public double RiskLevel { get; init; }
    public Instant Start { get; init; }
    public int IntervalMinutes { get; init; }

    /// <summary>Zone of the hub when it was made: the grid travels with the curves.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Scheduled heads per interval, after shrinkage.</summary>
    public required double[] Heads { get; init; }

    /// <summary>The steps from volume to heads, one after the other, each of the length of <see cref="Heads"/>.</summary>
    public required double[] Waterfall { get; init; }

    /// <summary>Cumulative hours that must have been worked, deferrable work only.</summary>
    public double[]? DueHours { get; init; }

    /// <summary>Cumulative hours that can have been worked, deferrable work only.</summary>
    public double[]? ArrivedHours { get; init; }

    /// <summary>Hours of work open when the curves start, evenly aged up to the turnaround; part of both cumulative curves. Deferrable work only.</summary>
    public double OpeningBacklogHours { get; init; }

    /// <summary>When a promise cannot be kept even with everybody, in words.</summary>
    public string? Breach { get; init; }

    /// <summary>Where the values of the curves lie in time.</summary>
    public GridSpan Span => GridSpan.From(IntervalGrid.Of(IntervalMinutes, DateTimeZoneProviders.Tzdb[TimeZone]), Start, Heads.Length);
}
