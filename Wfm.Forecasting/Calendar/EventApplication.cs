using NodaTime;
using Wfm.Forecasting.Numerics;
using Wfm.Forecasting.Series;
using Wfm.Forecasting.Uncertainty;

namespace Wfm.Forecasting.Calendar;

/// <summary>Bends a forecast by the events ahead, and widens it by what is not known about them.</summary>
internal sealed class EventApplication
{
    private const double LargestVariance = 1; // of a logarithm: beyond it nothing is known but the sign
    private const double LargestBend = 14; // of a logarithm, a million: the usual was nothing
    private const double Told = 0.9; // where an event's share of the width is read off
    private const double SurelySeen = 0.2; // error of a level of its own that only occurrences on different days give

    private readonly TimeSeries _history;
    private readonly ForecastOptions _options;
    private readonly EventEffects _effects;
    private readonly double[] _usual;
    private readonly List<(double Log, double Variance)>?[] _kinds; // one a kind that touches the step
    private readonly List<(double Log, double Variance)>?[] _beside; // one a kind that touches a day beside
    private readonly (double Log, double Variance)?[] _met; // what those kinds did together before
    private readonly bool[] _closed;
    private readonly double[] _scores; // of the quantile levels
    private readonly PoissonQuantiles _poisson;
    private readonly double[] _counting;
    private readonly int _told;
    private readonly double[] _bent; // logarithms of what running events did to the mean already

    private EventApplication(TimeSeries history, ForecastOptions options, EventEffects effects, double[] usual, double[] bent)
    {
        _bent = [.. bent.Zip(usual, (b, u) => b == u || !(b > 0) ? 0 : Math.Min(Math.Log(b / Math.Max(u, double.Epsilon)), LargestBend))];
        (_history, _options, _effects, _usual) = (history, options, effects, [.. usual]);
        (_kinds, _beside) = (new List<(double, double)>?[usual.Length], new List<(double, double)>?[usual.Length]);
        (_met, _closed) = (new (double, double)?[usual.Length], new bool[usual.Length]);
        _scores = Array.ConvertAll(options.QuantileLevels, NormalDistribution.Quantile);
        (_poisson, _counting) = (new PoissonQuantiles(options.QuantileLevels), new double[_scores.Length]);
        _told = Enumerable.Range(0, _scores.Length).MinBy(k => Math.Abs(options.QuantileLevels[k] - Told));
    }

    /// <summary>The mean with the events that run, as far as their own days tell what they bring.</summary>
    /// <param name="history">The history.</param>
    /// <param name="options">Events.</param>
    /// <param name="effects">Effects to apply.</param>
    /// <param name="usual">Mean per step without events, 0 where closed.</param>
    /// <returns>Mean per step; the very same array where there is no such event.</returns>
    public static double[] Bend(TimeSeries history, ForecastOptions options, EventEffects effects, double[] usual)
    {
        if (effects.Running.All(r => r.Course is null))
        {
            return usual;
        }

        double[] bent = [.. usual];
        var application = new EventApplication(history, options, effects, usual, usual);
        foreach (var running in effects.Running.Where(r => r.Course is not null))
        {
            application.Add(running.Event, running.Effect, (step, log, _) =>
            {
                var own = running.Course!.At(application.InstantAt(step));
                var weight = double.IsNaN(own) ? 0 : running.Course.Weight;
                bent[step] = ((1 - weight) * usual[step] * Math.Exp(log)) + (weight > 0 ? weight * own : 0);
            });
        }

        return bent;
    }

    /// <summary>Applies all events in place.</summary>
    /// <param name="history">The history.</param>
    /// <param name="options">Events and quantile levels.</param>
    /// <param name="effects">Effects to apply.</param>
    /// <param name="bounds">What values can be.</param>
    /// <param name="mean">Mean per step, 0 where closed.</param>
    /// <param name="quantiles">One row per level.</param>
    /// <param name="usual">Mean per step before <see cref="Bend"/>; <see langword="null"/> where nothing was bent.</param>
    public static AppliedEvents Apply(
        TimeSeries history, ForecastOptions options, EventEffects effects, Bounds bounds, double[] mean, double[][] quantiles, double[]? usual = null)
    {
        if (options.Events.Count == 0)
        {
            return AppliedEvents.None;
        }

        var application = new EventApplication(history, options, effects, usual ?? mean, mean);
        application.AddLearned();
        var (factors, shares) = (new double[mean.Length], new double[mean.Length]);
        var touched = false;
        for (var step = 0; step < mean.Length; step++)
        {
            factors[step] = application.Write(step, mean, quantiles, bounds, out shares[step]);
            touched |= factors[step] != 1 || shares[step] > 0;
        }

        return touched ? new AppliedEvents(factors, shares) : AppliedEvents.None;
    }

    private void AddLearned()
    {
        var effects = _effects.All.ToDictionary(e => e.Kind, StringComparer.Ordinal);
        var single = KnownEvents.Single(_options.Events).FindAll(e => e.End > _history.End);
        foreach (var e in single)
        {
            if (EffectOf(e, effects) is { } effect)
            {
                var isBent = _effects.Running.Any(r => r.Event == e && r.Course is not null);
                Add(e, effect, (step, log, variance) => (_kinds[step] ??= []).Add((isBent && _bent[step] != 0 ? _bent[step] : log, variance)));
            }
        }

        foreach (var e in KnownEvents.Meetings(single))
        {
            if (EffectOf(e, effects) is { } effect)
            {
                Add(e, effect, (step, log, variance) => _met[step] = (log, variance));
            }
        }

        foreach (var kind in single.GroupBy(e => e.Kind, StringComparer.Ordinal))
        {
            if (effects.TryGetValue(kind.Key, out var effect))
            {
                AddAround(kind, effect, single);
            }
        }
    }

    private EventEffect? EffectOf(CalendarEvent e, Dictionary<string, EventEffect> effects) =>
        _effects.Running.FirstOrDefault(r => r.Event == e)?.Effect ?? effects.GetValueOrDefault(e.Kind);

    private void Add(CalendarEvent e, EventEffect effect, Action<int, double, double> add)
    {
        var (first, last) = Range(e.Start, e.End);
        var place = _effects.Levels?.PlaceOf(e.Start, e.End) ?? WeekPlace.Nowhere;
        var moved = (place.Whole - effect.Position) ?? 0;
        var own = -effect.OwnLevel.Log * effect.Trust * moved;

        // A magnitude far beyond those seen, a slip of the keyboard maybe, does no more than the largest effect that is ever learned.
        var log = Bounded((e.Magnitude * Math.Log(effect.Factor)) + own);
        if (Math.Sign(log) * Math.Log(effect.Factor) < 0 && effect.OwnLevel.Error > SurelySeen)
        {
            log = 0; // a kind that was only seen to lower volume is not believed to raise it on a quiet day
        }

        var doubt = moved == 0 ? 0 : Math.Min(Square(moved * effect.Trust * effect.OwnLevel.Error), LargestVariance);
        var between = (effect.Spread * effect.Spread) + doubt;
        var shape = Shape(e, effect, place, first, last);
        for (var step = first; step < last; step++)
        {
            var unknown = effect.MeanVariance + ShapeVariance(effect, step);
            add(step, log + shape[step - first], Math.Min(e.Magnitude * e.Magnitude * unknown, LargestVariance) + between);
            _closed[step] |= Closures.IsClosed(effect.NothingCame, _history.Grid.IsCalendar ? 0 : HourAt(step));
        }
    }

    /// <summary>What is not known of the effect in an hour of the day beside that of the whole event.</summary>
    private double ShapeVariance(EventEffect effect, int step)
    {
        if (effect.PartsOfDay.Count == 0 || _history.Grid.IsCalendar)
        {
            return 0;
        }

        var hour = HourAt(step);
        return Square(effect.PartsOfDay[hour / EventEffect.HoursPerPart].Error) + (effect.HoursOfDay.Count > 0 ? Square(effect.HoursOfDay[hour].Error) : 0);
    }

    /// <summary>Effect by hour of the day, moved so that it leaves the volume of the whole event alone.</summary>
    private double[] Shape(CalendarEvent e, EventEffect effect, WeekPlace place, int first, int last)
    {
        var shape = new double[last - first];
        if (effect.PartsOfDay.Count == 0 || _history.Grid.IsCalendar)
        {
            return shape;
        }

        var byHour = Enumerable.Range(0, Closures.Hours).Select(hour =>
        {
            var part = hour / EventEffect.HoursPerPart;
            var log = Moved(effect.PartsOfDay[part], effect, place.Part(part) - place.Whole);
            log += effect.HoursOfDay.Count > 0 ? Moved(effect.HoursOfDay[hour], effect, place.Hour(hour) - place.Part(part)) : 0;
            return Bounded(e.Magnitude * log);
        }).ToArray();
        var (flat, bent) = (0.0, 0.0);
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = byHour[HourAt(first + i)];
            flat += _usual[first + i];
            bent += _usual[first + i] * Math.Exp(shape[i]);
        }

        var level = flat > 0 && bent > 0 ? Math.Log(flat / bent) : 0;
        return Array.ConvertAll(shape, s => s + level);
    }

    /// <summary>A part of an effect on a day that stands elsewhere in the week than those it was seen on.</summary>
    private static double Moved(EventTerm term, EventEffect effect, double? position) =>
        term.Log - (effect.Position is null ? 0 : effect.OwnLevel.Log * term.Trust * ((position - term.Position) ?? 0));

    private void AddAround(IEnumerable<CalendarEvent> kind, EventEffect effect, List<CalendarEvent> single)
    {
        var done = new HashSet<int>();
        foreach (var e in kind)
        {
            foreach (var (k, term) in effect.Around.Index())
            {
                if (term.Log != 0 && EventOccurrences.DayAround(e, EventEffect.DaysAround[k], _history.Grid.Zone) is var (from, to))
                {
                    var (first, last) = Range(from, to);
                    for (var step = first; step < last; step++)
                    {
                        var (start, end) = (InstantAt(step), InstantAt(step + 1));
                        if (done.Add(step) && !single.Exists(other => other.Start < end && other.End > start))
                        {
                            (_beside[step] ??= []).Add(
                                (Bounded(e.Magnitude * term.Log), Math.Min(e.Magnitude * e.Magnitude * term.Error * term.Error, LargestVariance)));
                        }
                    }
                }
            }
        }
    }

    private (double Log, double Variance) EffectAt(int step) => _kinds[step] is { } kinds
        ? kinds.Count > 1 && _met[step] is { } met ? met : KnownEvents.Together(kinds)
        : _beside[step] is { } beside ? KnownEvents.Together(beside) : (0, 0);

    private double Write(int step, double[] mean, double[][] quantiles, Bounds bounds, out double share)
    {
        share = 0;
        var running = _effects.Crises.Where(c => InstantAt(step) < c.Event.End).ToList();
        if (_closed[step])
        {
            mean[step] = 0;
            Array.ForEach(quantiles, row => row[step] = 0);
            return 0;
        }

        var (log, variance) = EffectAt(step);
        if (log == 0 && variance == 0 && running.Count == 0)
        {
            return 1;
        }

        var levels = _options.QuantileLevels;
        var hours = running.ConvertAll(c => (InstantAt(step) - c.Event.Start).TotalHours + (0.5 * _history.Grid.Interval.TotalHours));
        var surges = running.Select((c, i) => c.Fit.MeanAt(hours[i])).ToArray();
        var surge = surges.Aggregate(1.0, (product, s) => product * s);
        var deviations = running.Select((c, i) => Array.ConvertAll(c.Fit.QuantilesAt(hours[i], levels), q => (q - surges[i]) / surges[i])).ToList();

        var factor = Math.Exp(log - _bent[step]) * surge;
        var (usual, error, centre) = (mean[step], Math.Sqrt(variance), mean[step] * factor);
        var isThin = bounds.Counts && centre < Marginals.Thin; // then counting noise is in the quantiles that are bent, and they are whole numbers
        if (bounds.Counts && !isThin)
        {
            _poisson.Write(centre, _counting);
        }

        for (var k = 0; k < levels.Length; k++)
        {
            var z = _scores[k];
            var distance = bounds.Counts ? OfCounts(quantiles[k][step] - usual, usual, factor, z) : factor * (quantiles[k][step] - usual);
            var ofEffect = centre * (Math.Exp(error * z) - 1);
            var ofSurge = centre * centre * deviations.Sum(d => d[k] * d[k]);
            var side = levels[k] < 0.5 ? -1 : 1;
            var (beyond, within) = (Math.Max(0, side * distance), Math.Min(0, side * distance)); // of thin counts the 60 % quantile may lie below the mean
            var squares = (beyond * beyond) + (ofEffect * ofEffect) + ofSurge;
            share = k == _told && squares > 0 ? ((ofEffect * ofEffect) + ofSurge) / squares : share;
            var value = levels[k] == 0.5 ? centre + distance : centre + (side * (within + Math.Sqrt(squares)));
            if (bounds.Counts && !isThin)
            {
                value = levels[k] < 0.5 ? Math.Min(value, _counting[k]) : levels[k] > 0.5 ? Math.Max(value, _counting[k]) : value;
            }

            value = isThin ? Math.Round(value) : value;
            value = bounds.NonNegative ? Math.Max(0, value) : value;
            quantiles[k][step] = k > 0 ? Math.Max(quantiles[k - 1][step], value) : value;
        }

        mean[step] = centre;
        return Math.Exp(log) * surge;
    }

    /// <summary>How far a quantile of counts lies from a mean that was multiplied: what counting adds grows with its root, the rest with the mean.</summary>
    private static double OfCounts(double distance, double mean, double factor, double score)
    {
        var squared = distance * distance;
        var counting = Math.Min(squared, Math.Max(0, mean) * score * score);
        return Math.Sign(distance) * Math.Sqrt((factor * factor * (squared - counting)) + (factor * counting));
    }

    private static double Bounded(double log) => Math.Clamp(log, -OccurrenceSample.LargestLog, OccurrenceSample.LargestLog);

    private static double Square(double x) => x * x;

    private int HourAt(int step) => EventOccurrences.HourOf(InstantAt(step), _history.Grid.Zone);

    private Instant InstantAt(int step) => _history.InstantAt(_history.Length + step);

    private (int First, int Last) Range(Instant from, Instant to) =>
        EventOccurrences.Range(from, to, _history.End, _history.Grid, _usual.Length);
}
