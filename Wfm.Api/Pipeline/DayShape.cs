using NodaTime;

namespace Wfm.Api.Pipeline;

/// <summary>How the volume of a day is spread over its hours where a queue is known by the day only: heads need intervals of an hour or less.</summary>
/// <remarks>
/// Immediate work comes as the immediate queues of the hub do that are known by the interval, and evenly over the open hours where there are none. Work that
/// may wait comes evenly over the open hours, and its deadline decides when it is done. What comes on a day that never opens comes evenly over all of it.
/// </remarks>
internal sealed class DayShape
{
    private const int MinutesWithoutOthers = 30;

    private readonly List<ForecastedQueue> _immediate;

    private DayShape(int minutes, List<ForecastedQueue> immediate) => (Minutes, _immediate) = (minutes, immediate);

    /// <summary>Length of the intervals that days are cut into.</summary>
    public int Minutes { get; }

    /// <param name="forecasts">Forecasts of the hub's queues.</param>
    public static DayShape Of(IEnumerable<ForecastedQueue> forecasts)
    {
        List<ForecastedQueue> known = [.. forecasts.Where(f => !f.Volume.Grid.IsCalendar)];
        return new DayShape(
            known.Select(f => f.Volume.Grid.Minutes).DefaultIfEmpty(MinutesWithoutOthers).Min(),
            known.FindAll(f => f.Queue.Immediate is not null));
    }

    /// <summary>What part of an interval's volume comes between two instants, up to a factor; null when it comes evenly.</summary>
    /// <param name="forecast">By the day or finer; within an interval below a day work comes evenly while the queue is open.</param>
    /// <param name="times">When the queue is worked.</param>
    public Func<Instant, Instant, double>? Weight(ForecastedQueue forecast, OpenTimes times)
    {
        var grid = forecast.Volume.Grid;
        if (!grid.IsCalendar || forecast.Queue.Immediate is null || _immediate.Count == 0)
        {
            return times.IsAlways ? null : times.Hours;
        }

        var known = new Dictionary<LocalDate, bool>();
        return (from, to) =>
        {
            var date = grid.DateOf(from);
            if (!known.TryGetValue(date, out var isKnown))
            {
                known.Add(date, isKnown = Contacts(times, grid.StartOfDay(date), grid.StartOfDay(date.PlusDays(1))) > 0);
            }

            return isKnown ? Contacts(times, from, to) : times.Hours(from, to);
        };
    }

    /// <summary>Contacts of the queues known by the interval while another is open.</summary>
    private double Contacts(OpenTimes times, Instant from, Instant to)
    {
        var contacts = 0.0;
        foreach (var forecast in _immediate)
        {
            var span = forecast.Span;
            for (var i = (int)Math.Max(0, span.IndexOf(from)); i < span.Count && span.StartOf(i) < to; i++)
            {
                var open = times.Hours(Instant.Max(from, span.StartOf(i)), Instant.Min(to, span.StartOf(i + 1)));
                contacts += forecast.Volume.Mean[i] * open / span.LengthOf(i).TotalHours;
            }
        }

        return contacts;
    }
}
