using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Pooled;

/// <summary>A series of the operation that others may learn from.</summary>
/// <param name="Name">Name shown to planners, such as the code of the queue and its hub.</param>
/// <param name="History">Its observations.</param>
public sealed record PoolMember(string Name, TimeSeries History)
{
    /// <summary>What it is forecast with; its events and opening hours are left out of, or bound, what others learn.</summary>
    public ForecastOptions Options { get; init; } = new();

    /// <summary>What it is like, by name of the attribute: language, channel, hub …</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
