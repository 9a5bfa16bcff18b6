namespace Wfm.Forecasting.Calendar;

/// <summary>The effect of a kind of event from its occurrences in one series, nothing shrunk yet.</summary>
/// <remarks>
/// log ratio = magnitude·θ + occurrence + counting noise. θ by least squares weighted with the inverse of the last two; the variance of occurrences from
/// what is left over, less the counting noise, with a prior of 0.25 worth two of them: one Christmas says nothing about the next.
/// </remarks>
internal static class EffectEstimator
{
    /// <summary>Standard deviation of occurrences before any was seen.</summary>
    public const double PriorSpread = 0.25;

    /// <summary>Occurrences the prior spread is worth.</summary>
    public const double PriorWeight = 2;

    private const double PartNoise = 0.1; // standard deviation of a part of a day, and of a whole day, that is nobody's effect

    public static EventEffect Estimate(string kind, KindSamples samples)
    {
        var (log, variance, spread) = Whole(samples.Whole);
        return new EventEffect(kind, Math.Exp(log), Math.Sqrt(variance + (spread * spread)), samples.Whole.Count)
        {
            Spread = spread,
            PartsOfDay = samples.Parts.All(p => p.Count == 0) ? [] : [.. samples.Parts.Select(Term)],
            Around = samples.Around.All(a => a.Count == 0) ? [] : [.. samples.Around.Select(Term)],
        };
    }

    /// <summary>Sum of squares between occurrences that an estimate holds beside the prior.</summary>
    public static double SquaresOf(EventEffect effect) =>
        Math.Max(0, (effect.Spread * effect.Spread * (effect.Occurrences - 1 + PriorWeight)) - (PriorWeight * PriorSpread * PriorSpread));

    private static (double Log, double Variance, double Spread) Whole(List<OccurrenceSample> samples)
    {
        var squared = PriorSpread * PriorSpread;
        var (log, variance) = (0.0, 0.0);
        for (var round = 0; round < 3; round++)
        {
            (log, variance) = Mean(samples, squared);
            var counted = 1 - (1.0 / samples.Count); // share of the noise that is left in residuals from their own mean
            var left = samples.Sum(s => Square(s.Log - (s.Magnitude * log)) - (counted * s.Variance));
            squared = (Math.Max(0, left) + (PriorWeight * PriorSpread * PriorSpread)) / (samples.Count - 1 + PriorWeight);
        }

        return (log, variance, Math.Sqrt(squared));
    }

    private static (double Log, double Variance) Mean(List<OccurrenceSample> samples, double between)
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

    private static EventTerm Term(List<OccurrenceSample> samples)
    {
        if (samples.Count == 0)
        {
            return new EventTerm(0, double.PositiveInfinity);
        }

        var (log, variance) = Mean(samples, PartNoise * PartNoise);
        return new EventTerm(log, Math.Sqrt(variance));
    }

    private static double Square(double x) => x * x;
}
