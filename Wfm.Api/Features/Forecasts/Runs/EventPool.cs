using NodaTime;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting;

namespace Wfm.Api.Features.Forecasts.Runs;

/// <summary>What events did to each series of a hub, so that each can lean on the others.</summary>
internal sealed class EventPool
{
    private readonly Dictionary<int, IReadOnlyList<EventEffect>> _bySeries = [];

    /// <summary>Whether any event ahead is of a kind that came before: only then is there something to learn.</summary>
    public static bool IsNeeded(IReadOnlyCollection<Setup.Events.OperationEvent> events, Instant cutOff, Instant end)
    {
        var before = events.Where(e => e.Repeats && e.Start < cutOff).Select(e => e.Kind).ToHashSet(StringComparer.Ordinal);
        return events.Any(e => e.Repeats && e.End > cutOff && e.Start < end && before.Contains(e.Kind));
    }

    /// <summary>What the history of a series shows; nothing when it shows nothing that can serve.</summary>
    public static IReadOnlyList<EventEffect> Learn(Wfm.Forecasting.Series.TimeSeries observed, ForecastOptions options)
    {
        try
        {
            return EventLearning.Learn(observed, options);
        }
        catch (ForecastDataException)
        {
            return []; // the forecast of this series says why; its siblings do without it
        }
    }

    public void Add(int seriesId, IReadOnlyList<EventEffect> effects) => _bySeries[seriesId] = effects;

    /// <summary>The effects of all other series, pooled.</summary>
    public IReadOnlyList<EventEffect> SiblingsOf(int seriesId) =>
        EventPooling.Pool([.. _bySeries.Where(s => s.Key != seriesId).OrderBy(s => s.Key).Select(s => s.Value)]);
}
