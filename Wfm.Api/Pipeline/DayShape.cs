using NodaTime;

namespace Wfm.Api.Pipeline;

/// <summary>How the volume of a day is spread over its hours where a queue is known by the day only: heads need intervals of an hour or less.</summary>
/// <remarks>
/// Immediate work comes as the immediate queues of the hub do that are known by the interval, and evenly over the open hours where there are none. Work that
/// may wait comes evenly over the open hours, and its deadline decides when it is done. What comes on a day that never opens comes evenly over all of it.
/// </remarks>
internal sealed class DayShape
{
    private static readonly Duration WithoutOthers = Duration.FromMinutes(30);

    private readonly List<ForecastedQueue> _immediate;

    private DayShape(Duration interval, List<ForecastedQueue> immediate) => (Interval, _immediate) = (interval, immediate);

    /// <summary>The intervals that days are cut into.</summary>
    public Duration Interval { get; }

    /// <param name="forecasts">Forecasts of the hub's queues.</param>
    public static DayShape Of(IEnumerable<ForecastedQueue> forecasts)
    {
        List<ForecastedQueue> known = [.. forecasts.Where(f => !f.Volume.Grid.IsCalendar)];
        return new DayShape(known.Select(f => f.Volume.Grid.Interval).DefaultIfEmpty(WithoutOthers).Min(), known.FindAll(f => f.Queue.Immediate is not null));
    }

    /// <summary>For each interval of the horizon the day it lies in and its share of it.</summary>
    /// <param name="forecast">A forecast by the day.</param>
    /// <param name="open">Per interval of the horizon: whether the doors are open.</param>
    public (int[] Day, double[] Share) Shares(ForecastedQueue forecast, bool[] open)
    {
        var (days, start) = (new int[open.Length], forecast.Volume.Start);
        var weights = new double[open.Length];
        var day = 0;
        for (var i = 0; i < open.Length; i++)
        {
            var at = start + (Interval * i);
            while (day + 1 < forecast.Volume.Horizon && forecast.Volume.Grid.InstantAt(start, day + 1) <= at)
            {
                day++;
            }

            days[i] = day;
            weights[i] = open[i] && forecast.Queue.Immediate is not null ? _immediate.Sum(f => At(f, at)) : 0;
        }

        for (var first = 0; first < open.Length;)
        {
            var end = first;
            while (end < open.Length && days[end] == days[first])
            {
                end++;
            }

            Normalise(weights.AsSpan(first..end), open.AsSpan(first..end));
            first = end;
        }

        return (days, weights);
    }

    private static void Normalise(Span<double> weights, ReadOnlySpan<bool> open)
    {
        var total = 0.0;
        foreach (var weight in weights)
        {
            total += weight;
        }

        var hours = open.Count(true);
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = total > 0 ? weights[i] / total : hours == 0 ? 1.0 / weights.Length : open[i] ? 1.0 / hours : 0;
        }
    }

    /// <summary>Contacts per interval of ours at an instant.</summary>
    private double At(ForecastedQueue forecast, Instant at)
    {
        var volume = forecast.Volume;
        var position = (int)Math.Floor((at - volume.Start) / volume.Grid.Interval);
        return position >= 0 && position < volume.Horizon ? volume.Mean[position] * (Interval / volume.Grid.Interval) : 0;
    }
}
