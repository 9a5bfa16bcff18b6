using NodaTime;
using Wfm.Forecasting.Pooled;

namespace Wfm.Api.Features.Forecasts.Learning;

/// <summary>Models trained across the series of the operation, kept for the forecasts of all hubs.</summary>
public sealed class OperationModels
{
    public Guid Id { get; init; }

    /// <summary>Length of the intervals of the series it was trained on.</summary>
    public int IntervalMinutes { get; init; }

    /// <summary>Nothing from here on was seen: a Monday 00:00 UTC.</summary>
    public Instant CutOff { get; init; }

    /// <summary>Series of that interval there were in the operation.</summary>
    public int Series { get; init; }

    public Instant TrainedAt { get; init; }

    /// <summary>What was trained; empty when the operation was too young.</summary>
    public IReadOnlyList<PooledModel> Models { get; init; } = [];
}
