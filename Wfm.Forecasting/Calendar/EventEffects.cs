using NodaTime;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Calendar;

/// <summary>Learns the effect of events by kind from their earlier occurrences, and applies it to later ones.</summary>
/// <remarks>
/// The effect of an occurrence is the logarithm of its volume over the usual volume of the same intervals, as filled in from the weeks around
/// it. The mean over occurrences is shrunk by n ÷ (n + ½), since one Christmas is no law; the spread of occurrences, with a prior of a
/// quarter, says how sure it is.
/// </remarks>
internal sealed class EventEffects
{
    private const double PriorOccurrences = 0.5;
    private const double PriorDeviation = 0.25;
    private const double LargestLog = 3; // a factor of 20: beyond it the usual volume was next to nothing

    private readonly Dictionary<string, EventEffect> _byKind;

    private EventEffects(Dictionary<string, EventEffect> byKind) => _byKind = byKind;

    /// <summary>Effects learned, by kind in alphabetical order.</summary>
    public IReadOnlyList<EventEffect> All => [.. _byKind.Values.OrderBy(e => e.Kind, StringComparer.Ordinal)];

    /// <summary>Learns the effects.</summary>
    /// <param name="events">All events.</param>
    /// <param name="history">The history as observed.</param>
    /// <param name="usualAt">Usual volume of an interval of the history; NaN where closed.</param>
    public static EventEffects Learn(IReadOnlyList<CalendarEvent> events, TimeSeries history, Func<int, double> usualAt)
    {
        var logs = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        foreach (var e in events.Where(e => e.Repeats))
        {
            var (volume, usual) = (0.0, 0.0);
            var (first, last) = Range(e, history.Start, history.Grid, history.Length);
            for (var i = first; i < last; i++)
            {
                var expected = usualAt(i);
                if (!double.IsNaN(expected) && !double.IsNaN(history.Values[i]))
                {
                    volume += history.Values[i];
                    usual += expected;
                }
            }

            if (usual > 0 && volume >= 0)
            {
                if (!logs.TryGetValue(e.Kind, out var list))
                {
                    logs[e.Kind] = list = [];
                }

                list.Add(Math.Clamp(Math.Log(Math.Max(volume, 0.5) / usual), -LargestLog, LargestLog));
            }
        }

        return new EventEffects(logs.ToDictionary(pair => pair.Key, pair => Effect(pair.Key, pair.Value), StringComparer.Ordinal));
    }

    /// <summary>Product of the factors, and root sum of squares of the errors, of the events that touch an interval.</summary>
    public (double Factor, double LogError) At(Instant start, Instant end, IReadOnlyList<CalendarEvent> events)
    {
        var (log, variance) = (0.0, 0.0);
        foreach (var e in events)
        {
            if (e.Repeats && e.Start < end && e.End > start && _byKind.TryGetValue(e.Kind, out var effect))
            {
                log += Math.Log(effect.Factor);
                variance += effect.LogStandardError * effect.LogStandardError;
            }
        }

        return (Math.Exp(log), Math.Sqrt(variance));
    }

    /// <summary>Intervals an event touches: from the first, to one past the last, within a number of intervals.</summary>
    public static (int First, int Last) Range(CalendarEvent e, Instant start, IntervalGrid grid, int length)
    {
        // The index in nominal intervals is off by little where days are 23 or 25 hours long; look one further on either side.
        var first = (int)Math.Clamp(Math.Floor((e.Start - start) / grid.Interval) - 1, 0, length);
        while (first < length && grid.InstantAt(start, first + 1) <= e.Start)
        {
            first++;
        }

        var last = first;
        while (last < length && grid.InstantAt(start, last) < e.End)
        {
            last++;
        }

        return (first, last);
    }

    private static EventEffect Effect(string kind, List<double> logs)
    {
        var n = logs.Count;
        var mean = logs.Average();
        var squares = logs.Sum(log => (log - mean) * (log - mean)) + (2 * PriorDeviation * PriorDeviation);
        var variance = squares / (n + 1);
        return new EventEffect(kind, Math.Exp(mean * n / (n + PriorOccurrences)), Math.Sqrt(variance * (1 + (1.0 / n))), n);
    }
}
