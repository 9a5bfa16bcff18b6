using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Calendar;

namespace Wfm.Api.Pipeline;

/// <summary>What events did to each series of a hub, so that each can lean on the others.</summary>
internal sealed class EventPool
{
    private readonly Dictionary<int, IReadOnlyList<EventEffect>> _bySeries = [];

    /// <summary>Whether any event ahead is of a kind that came before: only then is there something to learn.</summary>
    public static bool IsNeeded(IReadOnlyCollection<CalendarEvent> events, Instant cutOff, Instant end)
    {
        var before = events.Where(e => e.Repeats && e.Start < cutOff).Select(e => e.Kind).ToHashSet(StringComparer.Ordinal);
        return events.Any(e => e.Repeats && e.End > cutOff && e.Start < end && before.Contains(e.Kind));
    }

    /// <summary>What the history of a series shows; nothing when it shows nothing that can serve.</summary>
    public static IReadOnlyList<EventEffect> Learn(SeriesHistory series)
    {
        try
        {
            return EventLearning.Learn(series.Offered, series.Options);
        }
        catch (ForecastDataException)
        {
            return []; // the forecast of this series says why; its siblings do without it
        }
    }

    public void Add(int key, IReadOnlyList<EventEffect> effects) => _bySeries[key] = effects;

    /// <summary>The effects of all other series, pooled.</summary>
    public IReadOnlyList<EventEffect> SiblingsOf(int key) =>
        EventPooling.Pool([.. _bySeries.Where(s => s.Key != key).OrderBy(s => s.Key).Select(s => s.Value)]);
}
