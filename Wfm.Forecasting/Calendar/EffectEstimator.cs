namespace Wfm.Forecasting.Calendar;

/// <summary>The effect of a kind of event from its occurrences in one series, nothing shrunk yet.</summary>
/// <remarks>
/// log ratio = magnitude·θ − γ·(position − mean position) + occurrence + counting noise. θ by least squares weighted with the inverse of the last two; the
/// variance of occurrences from what is left over, less the counting noise, with a prior of 0.25 worth two of them: one Christmas says nothing about the
/// next. γ is how far the kind has a level of its own (<see cref="OwnLevel"/>).
/// </remarks>
internal static class EffectEstimator
{
    /// <summary>Standard deviation of occurrences before any was seen.</summary>
    public const double PriorSpread = 0.25;

    /// <summary>Occurrences the prior spread is worth.</summary>
    public const double PriorWeight = 2;

    /// <summary>Standard deviation of a part of a day, and of a whole day, that is nobody's effect.</summary>
    public const double PartNoise = 0.1;

    public static EventEffect Estimate(string kind, KindSamples samples)
    {
        var position = Centre(samples.Whole);
        var (log, variance, spread) = Whole(samples.Whole, 0, position);
        var slope = OwnLevel.Slope(samples.Whole, log, spread * spread);
        var resemblance = OwnLevel.Resemblance(samples.Whole, spread * spread);
        if (double.IsFinite(slope.Error))
        {
            (log, variance, spread) = Whole(samples.Whole, OwnLevel.Posterior(slope, resemblance, log).Log, position);
            slope = OwnLevel.Slope(samples.Whole, log, spread * spread);
            resemblance = OwnLevel.Resemblance(samples.Whole, spread * spread);
        }

        return new EventEffect(kind, Math.Exp(log), Math.Sqrt(variance + (spread * spread)), samples.Whole.Count)
        {
            Spread = spread,
            Position = position,
            OwnLevel = slope,
            Resemblance = resemblance,
            PartsOfDay = Terms(samples.Parts, PartNoise),
            HoursOfDay = Terms(samples.Hours, PartNoise),
            Around = Terms(samples.Around, PartNoise),
            NothingCame = Closures.Together(samples.NothingCame),
        };
    }

    /// <summary>Sum of squares between occurrences that an estimate holds beside the prior.</summary>
    public static double SquaresOf(EventEffect effect) =>
        Math.Max(0, (effect.Spread * effect.Spread * (effect.Occurrences - 1 + PriorWeight)) - (PriorWeight * PriorSpread * PriorSpread));

    /// <summary>Terms by part, hour or day around; empty where nothing was seen.</summary>
    /// <param name="samples">By part.</param>
    /// <param name="noise">Standard deviation of one sample that is nobody's effect.</param>
    public static List<EventTerm> Terms(List<OccurrenceSample>[] samples, double noise) =>
        samples.All(s => s.Count == 0) ? [] : [.. samples.Select(s => Term(s, noise))];

    /// <summary>Mean weighted with the inverse of the noise.</summary>
    /// <param name="samples">At least one.</param>
    /// <param name="between">Variance between them beside counting noise.</param>
    public static (double Log, double Variance) Mean(List<OccurrenceSample> samples, double between)
    {
        var (top, bottom) = (0.0, 0.0);
        foreach (var s in samples)
        {
            var weight = s.Magnitude / (between + s.Variance);
            top += weight * s.Log;
            bottom += weight * s.Magnitude;
        }

        return (top / bottom, 1 / bottom);
    }

    private static (double Log, double Variance, double Spread) Whole(List<OccurrenceSample> samples, double own, double? position)
    {
        var moved = samples.ConvertAll(s => s with { Log = s.Log + (own * ((s.Position - position) ?? 0)) });
        var squared = PriorSpread * PriorSpread;
        var (log, variance) = (0.0, 0.0);
        for (var round = 0; round < 3; round++)
        {
            (log, variance) = Mean(moved, squared);
            var counted = 1 - (1.0 / moved.Count); // share of the noise that is left in residuals from their own mean
            var left = moved.Sum(s => Square(s.Log - (s.Magnitude * log)) - (counted * s.Variance));
            squared = (Math.Max(0, left) + (PriorWeight * PriorSpread * PriorSpread)) / (moved.Count - 1 + PriorWeight);
        }

        return (log, variance, Math.Sqrt(squared));
    }

    private static EventTerm Term(List<OccurrenceSample> samples, double noise)
    {
        if (samples.Count == 0)
        {
            return EventTerm.Unknown;
        }

        var (log, variance) = Mean(samples, noise * noise);
        return new EventTerm(log, Math.Sqrt(variance)) { Position = Centre(samples) ?? 0 };
    }

    private static double? Centre(List<OccurrenceSample> samples) => samples.Exists(s => s.Position is not null) ? samples.Average(s => s.Position) : null;

    private static double Square(double x) => x * x;
}
