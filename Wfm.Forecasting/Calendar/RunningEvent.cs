using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Calendar;

/// <summary>An event of days or weeks that still runs: what it did so far says more of the rest than other occurrences do.</summary>
/// <remarks>
/// Level and shape by hour of earlier occurrences, or no effect, are the prior; the days so far are draws about its own level, each with day noise that the
/// days themselves show. The posterior is that of the normal model with known variances: Gelman et al., <i>Bayesian Data Analysis</i>, 3rd ed., §2.5.
/// </remarks>
/// <param name="Event">The event.</param>
/// <param name="Effect">Its effect on the usual.</param>
/// <param name="Course">Its days as a week of their own; <see langword="null"/> while they are few.</param>
internal sealed record RunningEvent(CalendarEvent Event, EventEffect Effect, RunningCourse? Course)
{
    private const double PriorEffect = 0.35; // of a kind never seen: as EventPooling has it
    private const double DayNoise = 0.1; // standard deviation of a day about the level of the event, worth NoiseDays of them
    private const double NoiseDays = 4;
    private const double ShapeNoise = 0.15; // of a part of a day, or an hour, from one day of the event to the next
    private const double Drift = 0.05; // of the level over the rest of the event

    /// <summary>Whether an event has begun a day or more before the end of the history and goes on after it.</summary>
    public static bool IsRunning(CalendarEvent e, TimeSeries history) =>
        e.IsLearned && e.End > history.End && (history.End - e.Start).TotalDays >= 1 && history.Grid.DaysPerInterval <= 1;

    /// <summary>What the event does from here on.</summary>
    /// <param name="e">The event.</param>
    /// <param name="soFar">What it did so far.</param>
    /// <param name="before">What the kind does by its other occurrences; <see langword="null"/> where there are none.</param>
    /// <param name="history">The history.</param>
    /// <param name="levels">Where the days of the week stand.</param>
    /// <param name="baseline">The usual volume.</param>
    public static RunningEvent Of(
        CalendarEvent e, KindSamples soFar, EventEffect? before, TimeSeries history, WeekLevels? levels, EventBaseline baseline)
    {
        var effect = EffectOf(e.Kind, soFar, before);
        var bent = soFar.Intervals.ConvertAll(i => baseline.At(i) * Math.Exp(
            e.Magnitude * (Math.Log(effect.Factor) + effect.ShapeAt(EventOccurrences.HourOf(history.InstantAt(i), history.Grid.Zone)))));
        return new RunningEvent(e, effect, RunningCourse.Of(history, soFar.Intervals, levels, bent, baseline.Dispersion));
    }

    private static EventEffect EffectOf(string kind, KindSamples soFar, EventEffect? before)
    {
        var (magnitude, days) = (soFar.Whole[0].Magnitude, Math.Max(1, soFar.Days.Count));
        var (mean, variance) = before is null ? (0, (PriorEffect * PriorEffect) + (EffectEstimator.PriorSpread * EffectEstimator.PriorSpread))
            : (Math.Log(before.Factor), before.LogStandardError * before.LogStandardError);
        var own = soFar.Whole[0].Log / magnitude;
        var ownVariance = ((DaysVariance(soFar.Days) / days) + soFar.Whole[0].Variance) / (magnitude * magnitude);
        var precision = (1 / variance) + (1 / ownVariance);
        var log = ((mean / variance) + (own / ownVariance)) / precision;
        var effect = new EventEffect(kind, Math.Exp(log), Math.Sqrt((1 / precision) + (Drift * Drift)), 1 + (before?.Occurrences ?? 0))
        {
            Spread = Drift,
            NothingCame = Closures.Together(soFar.NothingCame),
        };
        var noise = ShapeNoise / Math.Sqrt(days);
        var shown = effect with { PartsOfDay = EffectEstimator.Terms(soFar.Parts, noise), HoursOfDay = EffectEstimator.Terms(soFar.Hours, noise) };
        return EventPooling.WithShape(effect, shown, before) with { Around = before?.Around ?? [] };
    }

    private static double DaysVariance(List<OccurrenceSample> days)
    {
        var prior = NoiseDays * DayNoise * DayNoise;
        if (days.Count < 2)
        {
            return prior / NoiseDays;
        }

        var mean = days.Average(d => d.Log);
        var squares = days.Sum(d => ((d.Log - mean) * (d.Log - mean)) - ((1 - (1.0 / days.Count)) * d.Variance));
        return (prior + Math.Max(0, squares)) / (NoiseDays + days.Count - 1);
    }
}
