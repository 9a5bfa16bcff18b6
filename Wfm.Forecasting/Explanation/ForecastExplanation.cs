using NodaTime;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Explanation;

/// <summary>What drove a forecast, and the history before it, as numbers that add up.</summary>
/// <remarks>
/// mean = level + trend + time of year + day of week + time of day + events + adjustments + remainder, interval by interval and in every sum. Events are the
/// mean less the mean without them; the usual parts are read from the history with events, gaps and outliers taken out, and the remainder is what the
/// combination of models saw beyond them.
/// </remarks>
public sealed class ForecastExplanation
{
    private readonly TimeSeries _history;
    private readonly Contributions[] _past;
    private readonly Contributions[] _ahead;

    private ForecastExplanation(TimeSeries history, Contributions[] past, Contributions[] ahead) =>
        (_history, _past, _ahead) = (history, past, ahead);

    /// <summary>Explains a stored forecast.</summary>
    /// <param name="history">The history it was made from; it ends where the forecast starts.</param>
    /// <param name="mean">Its mean per step, adjustments by hand not in it; at least one step, all finite.</param>
    /// <param name="eventFactors">What events multiplied the mean by (<see cref="SeriesForecast.EventFactors"/>); empty for none.</param>
    /// <param name="options">Events and opening hours it was made with.</param>
    /// <param name="adjustments">What people added per step; empty for nothing.</param>
    /// <returns>The explanation of every step, and of the history in the same terms.</returns>
    /// <exception cref="ArgumentException">Lengths do not match, a value is not finite, or a factor is below 0.</exception>
    /// <exception cref="ForecastDataException">The history is empty, wholly missing or wholly inside events.</exception>
    public static ForecastExplanation Explain(
        TimeSeries history, ReadOnlySpan<double> mean, ReadOnlySpan<double> eventFactors, ForecastOptions options, ReadOnlySpan<double> adjustments = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(options);
        Check(mean, eventFactors, adjustments);
        var prepared = HistoryPreparation.Prepare(history, mean.Length, RegularDays.AddTo(history, mean.Length, options));
        var usual = new UsualPattern(history, prepared);
        var ahead = new Contributions[mean.Length];
        for (var step = 0; step < ahead.Length; step++)
        {
            var factor = eventFactors.IsEmpty ? 1 : eventFactors[step];
            var adjustment = adjustments.IsEmpty ? 0 : adjustments[step];
            var pattern = usual.At(history.Length + step);
            ahead[step] = Complete(pattern, mean[step], Events(mean[step], factor, pattern), adjustment);
        }

        return new ForecastExplanation(history, Past(history, prepared, usual), ahead);
    }

    /// <summary>Start of the first step.</summary>
    public Instant Start => _history.End;

    /// <summary>End of the last step, exclusive.</summary>
    public Instant End => _history.InstantAt(_history.Length + _ahead.Length);

    /// <summary>What each step is made of.</summary>
    public IReadOnlyList<Contributions> Steps => _ahead;

    /// <summary>Whether history and forecast together reach over all of a time.</summary>
    /// <param name="from">Start.</param>
    /// <param name="to">End, exclusive.</param>
    public bool Covers(Instant from, Instant to) => from >= _history.Start && to <= End;

    /// <summary>The sum over the intervals that start in a time, past or ahead.</summary>
    /// <param name="from">Start.</param>
    /// <param name="to">End, exclusive.</param>
    /// <returns>All zero where nothing is known.</returns>
    public Contributions Sum(Instant from, Instant to)
    {
        var sum = default(Contributions);
        for (var i = IndexOf(from); i < _past.Length + _ahead.Length && _history.InstantAt(i) < to; i++)
        {
            sum += i < _past.Length ? _past[i] : _ahead[i - _past.Length];
        }

        return sum;
    }

    /// <summary>The steps that start in a time, summed by interval, local day or local week.</summary>
    /// <param name="period">How finely.</param>
    /// <param name="from">Start; steps before it are left out.</param>
    /// <param name="to">End, exclusive.</param>
    /// <returns>Ascending; the first and the last may be cut. Empty when the time holds no step.</returns>
    public IReadOnlyList<ExplainedPeriod> By(ExplanationPeriod period, Instant from, Instant to)
    {
        var found = new List<ExplainedPeriod>();
        var (first, until) = (Instant.Max(from, Start), Instant.Min(to, End));
        for (var step = IndexOf(first) - _past.Length; step < _ahead.Length; step++)
        {
            var (begin, end) = (_history.InstantAt(_past.Length + step), _history.InstantAt(_past.Length + step + 1));
            if (begin >= until)
            {
                break;
            }

            if (found.Count > 0 && period != ExplanationPeriod.Interval && KeyOf(found[^1].Start, period) == KeyOf(begin, period))
            {
                found[^1] = found[^1] with { End = end, Parts = found[^1].Parts + _ahead[step] };
            }
            else
            {
                found.Add(new ExplainedPeriod(begin, end, _ahead[step]));
            }
        }

        return found;
    }

    /// <summary>Index of the first interval that starts at or after an instant.</summary>
    private int IndexOf(Instant instant) =>
        _history.Grid.StepsUntil(_history.Start, Instant.Min(instant, _history.InstantAt(_past.Length + _ahead.Length)));

    private LocalDate KeyOf(Instant instant, ExplanationPeriod period)
    {
        var date = _history.Grid.DateOf(instant);
        return period == ExplanationPeriod.Week ? date.PlusDays(1 - (int)date.DayOfWeek) : date;
    }

    private static Contributions[] Past(TimeSeries history, PreparedHistory prepared, UsualPattern usual)
    {
        var past = new Contributions[history.Length];
        var replaced = prepared.Report.Changes.Where(c => c.Reason.StartsWith(HistoryPreparation.EventReason, StringComparison.Ordinal))
            .ToDictionary(c => c.Index);
        for (var i = 0; i < past.Length; i++)
        {
            var value = history.Values[i];
            if (double.IsNaN(value))
            {
                value = prepared.Frame.IsOpen(i) ? prepared.Complete[prepared.Frame.SlotOf(i)] : 0;
            }

            past[i] = Complete(usual.At(i), value, replaced.TryGetValue(i, out var change) ? value - change.ReplacedBy : 0, 0);
        }

        return past;
    }

    private static Contributions Complete(Contributions usual, double value, double events, double adjustment) =>
        usual with { Events = events, Adjustments = adjustment, Remainder = value - events - usual.Total };

    /// <summary>The mean less the mean without events; where they leave nothing, all that is usual.</summary>
    private static double Events(double mean, double factor, Contributions usual) => factor > 0 ? mean - (mean / factor) : mean - usual.Total;

    private static void Check(ReadOnlySpan<double> mean, ReadOnlySpan<double> factors, ReadOnlySpan<double> adjustments)
    {
        if (mean.IsEmpty || (!factors.IsEmpty && factors.Length != mean.Length) || (!adjustments.IsEmpty && adjustments.Length != mean.Length))
        {
            throw new ArgumentException(
                $"There are {mean.Length} steps, {factors.Length} event factors and {adjustments.Length} adjustments; there must be as many as steps, or none.",
                nameof(mean));
        }

        for (var i = 0; i < mean.Length; i++)
        {
            if (!double.IsFinite(mean[i]) || (!factors.IsEmpty && !(factors[i] >= 0 && double.IsFinite(factors[i])))
                || (!adjustments.IsEmpty && !double.IsFinite(adjustments[i])))
            {
                throw new ArgumentException(
                    $"Step {i} holds a mean or an adjustment that is not finite, or an event factor below 0.", nameof(mean));
            }
        }
    }
}
