using NodaTime;
using Wfm.Forecasting.Numerics;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Calendar;

/// <summary>Bends a forecast by the events ahead, and widens it by what is not known about them.</summary>
internal sealed class EventApplication
{
    private const double LargestVariance = 1; // of a logarithm: beyond it nothing is known but the sign

    private readonly TimeSeries _history;
    private readonly ForecastOptions _options;
    private readonly EventEffects _effects;
    private readonly double[] _usual;
    private readonly double[] _logs;
    private readonly double[] _variances;

    private EventApplication(TimeSeries history, ForecastOptions options, EventEffects effects, double[] usual)
    {
        (_history, _options, _effects, _usual) = (history, options, effects, [.. usual]);
        (_logs, _variances) = (new double[usual.Length], new double[usual.Length]);
    }

    /// <summary>Applies all events in place.</summary>
    /// <param name="history">The history.</param>
    /// <param name="options">Events and quantile levels.</param>
    /// <param name="effects">Effects to apply.</param>
    /// <param name="nonNegative">Whether values below zero cannot be.</param>
    /// <param name="mean">Mean per step, 0 where closed.</param>
    /// <param name="quantiles">One row per level.</param>
    /// <returns>Factor per step the mean was multiplied by; empty when nothing happens.</returns>
    public static double[] Apply(
        TimeSeries history, ForecastOptions options, EventEffects effects, bool nonNegative, double[] mean, double[][] quantiles)
    {
        if (options.Events.Count == 0)
        {
            return [];
        }

        var application = new EventApplication(history, options, effects, mean);
        application.AddLearned();
        var factors = new double[mean.Length];
        var touched = false;
        for (var step = 0; step < mean.Length; step++)
        {
            factors[step] = application.Write(step, mean, quantiles, nonNegative);
            touched |= factors[step] != 1;
        }

        return touched ? factors : [];
    }

    private void AddLearned()
    {
        var effects = _effects.All.ToDictionary(e => e.Kind, StringComparer.Ordinal);
        var any = Touched();
        foreach (var kind in _options.Events.Where(e => e.IsLearned && e.End > _history.End).GroupBy(e => e.Kind, StringComparer.Ordinal))
        {
            if (!effects.TryGetValue(kind.Key, out var effect))
            {
                continue;
            }

            var done = new bool[_usual.Length]; // two events of one kind at once are one
            foreach (var e in kind.OrderBy(e => e.Start).ThenBy(e => e.End))
            {
                Add(e, effect, done);
            }

            foreach (var e in kind)
            {
                AddAround(e, effect, any, done);
            }
        }
    }

    private void Add(CalendarEvent e, EventEffect effect, bool[] done)
    {
        var (first, last) = Range(e.Start, e.End);
        // A magnitude far beyond those seen, a slip of the keyboard maybe, does no more than the largest effect that is ever learned.
        var log = Bounded(e.Magnitude * Math.Log(effect.Factor));
        var variance = Math.Min(e.Magnitude * e.Magnitude * effect.MeanVariance, LargestVariance) + (effect.Spread * effect.Spread);
        var shape = Shape(e, effect, first, last);
        for (var step = first; step < last; step++)
        {
            if (!done[step])
            {
                _logs[step] += log + shape[step - first];
                _variances[step] += variance;
                done[step] = true;
            }
        }
    }

    /// <summary>Effect by part of the day, moved so that it leaves the volume of the whole event alone.</summary>
    private double[] Shape(CalendarEvent e, EventEffect effect, int first, int last)
    {
        var shape = new double[last - first];
        if (effect.PartsOfDay.Count == 0 || _history.Grid.IsCalendar)
        {
            return shape;
        }

        var (flat, bent) = (0.0, 0.0);
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = Bounded(e.Magnitude * effect.PartsOfDay[EventOccurrences.PartOf(InstantAt(first + i), _history.Grid.Zone)].Log);
            flat += _usual[first + i];
            bent += _usual[first + i] * Math.Exp(shape[i]);
        }

        var moved = flat > 0 && bent > 0 ? Math.Log(flat / bent) : 0;
        return Array.ConvertAll(shape, s => s + moved);
    }

    private void AddAround(CalendarEvent e, EventEffect effect, bool[] any, bool[] done)
    {
        foreach (var (k, term) in effect.Around.Index())
        {
            if (term.Log != 0 && EventOccurrences.DayAround(e, EventEffect.DaysAround[k], _history.Grid.Zone) is var (from, to))
            {
                var (first, last) = Range(from, to);
                for (var step = first; step < last; step++)
                {
                    if (!any[step] && !done[step])
                    {
                        _logs[step] += Bounded(e.Magnitude * term.Log);
                        _variances[step] += Math.Min(e.Magnitude * e.Magnitude * term.Error * term.Error, LargestVariance);
                        done[step] = true;
                    }
                }
            }
        }
    }

    private bool[] Touched()
    {
        var touched = new bool[_usual.Length];
        foreach (var e in _options.Events.Where(e => e.IsLearned && e.End > _history.End))
        {
            var (first, last) = Range(e.Start, e.End);
            touched.AsSpan(first, last - first).Fill(true);
        }

        return touched;
    }

    private double Write(int step, double[] mean, double[][] quantiles, bool nonNegative)
    {
        var running = _effects.Crises.Where(c => InstantAt(step) < c.Event.End).ToList();
        if (_logs[step] == 0 && _variances[step] == 0 && running.Count == 0)
        {
            return 1;
        }

        var levels = _options.QuantileLevels;
        var hours = running.ConvertAll(c => (InstantAt(step) - c.Event.Start).TotalHours + (0.5 * _history.Grid.Interval.TotalHours));
        var surges = running.Select((c, i) => c.Fit.MeanAt(hours[i])).ToArray();
        var surge = surges.Aggregate(1.0, (product, s) => product * s);
        var deviations = running.Select((c, i) => Array.ConvertAll(c.Fit.QuantilesAt(hours[i], levels), q => (q - surges[i]) / surges[i])).ToList();

        var factor = Math.Exp(_logs[step]) * surge;
        var (error, centre) = (Math.Sqrt(_variances[step]), mean[step] * factor);
        for (var k = 0; k < levels.Length; k++)
        {
            var distance = (factor * quantiles[k][step]) - centre;
            var ofEffect = centre * error * NormalDistribution.Quantile(levels[k]);
            var ofSurge = centre * centre * deviations.Sum(d => d[k] * d[k]);
            var side = levels[k] < 0.5 ? -1 : 1;
            var (beyond, within) = (Math.Max(0, side * distance), Math.Min(0, side * distance)); // of thin counts the 60 % quantile may lie below the mean
            var value = levels[k] == 0.5 ? centre + distance : centre + (side * (within + Math.Sqrt((beyond * beyond) + (ofEffect * ofEffect) + ofSurge)));
            value = nonNegative ? Math.Max(0, value) : value;
            quantiles[k][step] = k > 0 ? Math.Max(quantiles[k - 1][step], value) : value;
        }

        mean[step] = centre;
        return factor;
    }

    private static double Bounded(double log) => Math.Clamp(log, -OccurrenceSample.LargestLog, OccurrenceSample.LargestLog);

    private Instant InstantAt(int step) => _history.InstantAt(_history.Length + step);

    private (int First, int Last) Range(Instant from, Instant to) =>
        EventOccurrences.Range(from, to, _history.End, _history.Grid, _usual.Length);
}
