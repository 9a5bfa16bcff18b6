using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Calendar;

/// <summary>What the events of a history did to it, for pooling with its siblings.</summary>
public static class EventLearning
{
    /// <summary>Learns the effect of each kind of event that repeats.</summary>
    /// <param name="history">Observations, NaN where missing; at least one present.</param>
    /// <param name="options">Events and opening hours; nothing else matters here.</param>
    /// <returns>Effects as the history shows them, not shrunk, by kind in alphabetical order; empty when nothing repeats.</returns>
    /// <exception cref="ForecastDataException">The history is empty or wholly missing, or lies wholly inside events.</exception>
    /// <exception cref="ArgumentException">The opening hours do not fit the grid.</exception>
    public static IReadOnlyList<EventEffect> Learn(TimeSeries history, ForecastOptions options)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(options);
        return HistoryPreparation.Prepare(history, 1, options with { SiblingEffects = [] }).Effects.Own;
    }
}
