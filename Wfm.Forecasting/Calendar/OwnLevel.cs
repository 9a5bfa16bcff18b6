namespace Wfm.Forecasting.Calendar;

/// <summary>Whether events of a kind are a multiple of the day they fall on, or like a day of another kind.</summary>
/// <remarks>
/// log(volume ÷ usual) = effect − γ·(position of the day − position of the days seen). γ = 0: half of whatever the day would have been. γ = 1: the day has a
/// level of its own, and a holiday that brings a weekday to the level of a Sunday changes nothing on a Sunday. Two hypotheses, each with a deviation, told
/// apart by how the effect changed from one day of the week to another, and by how well it meets the level of another day of the week: a holiday at twice
/// half the volume of a Sunday is a coincidence under the first and expected under the second. That holidays are days of another kind, mostly
/// Sundays, is how load forecasters treat them: Hong, <i>Short Term Electric Load Forecasting</i>, NC State University, 2010.
/// </remarks>
internal static class OwnLevel
{
    // Chosen on the made-up histories of OwnLevelTests and on the holidays of the sample operation, all of whose kinds are multiples.
    private const double LoweringPrior = 0.75; // that a kind which lowers volume has a level of its own
    private const double RaisingPrior = 0.1; // a campaign on a Sunday has the answers of a Sunday
    private const double Deviation = 0.2; // of γ about 0 or 1
    private const double Meeting = 0.05; // how closely a day like a Sunday meets a Sunday, beside noise
    private const double LikeADay = 0.8; // share of kinds with a level of their own that meet one of the week
    private const double Quietest = 0.5; // share of those that meet that of the quietest day, beside its share as one of them
    private const double Anywhere = 0.7; // deviation of effects, and of levels, under neither
    private const double LeastDifference = 0.15; // of the logarithms of two days of the week of different kinds
    private const double MostEvidence = 6; // log odds from the levels met
    private const double KindsAlike = 1; // share of the evidence of one kind that holds for another
    private const double MostOfOthers = 4; // log odds from other kinds

    /// <summary>γ by the occurrences alone: a regression on where their days stand.</summary>
    /// <param name="samples">Occurrences.</param>
    /// <param name="log">Their mean effect.</param>
    /// <param name="between">Variance between occurrences.</param>
    public static EventTerm Slope(List<OccurrenceSample> samples, double log, double between)
    {
        var placed = samples.FindAll(s => s.Position is not null);
        if (placed.Count < 2)
        {
            return EventTerm.Unknown;
        }

        var total = placed.Sum(s => 1 / (between + s.Variance));
        var centre = placed.Sum(s => s.Position!.Value / (between + s.Variance)) / total;
        var (squares, products) = (0.0, 0.0);
        foreach (var s in placed)
        {
            var (weight, distance) = (1 / (between + s.Variance), s.Position!.Value - centre);
            squares += weight * distance * distance;
            products += weight * distance * (s.Log - (s.Magnitude * log));
        }

        return squares > 1e-6 ? new EventTerm(-products / squares, 1 / Math.Sqrt(squares)) : EventTerm.Unknown;
    }

    /// <summary>Log odds for a level of its own from meeting the level of another day of the week.</summary>
    /// <param name="samples">Occurrences.</param>
    /// <param name="between">Variance between occurrences.</param>
    public static double Resemblance(List<OccurrenceSample> samples, double between)
    {
        var placed = samples.FindAll(s => s.Position is not null && s.Magnitude == 1 && Array.Exists(s.Weekdays, d => !double.IsNaN(d)));
        if (placed.Count == 0)
        {
            return 0;
        }

        var total = placed.Sum(s => 1 / (between + s.Variance));
        double Mean(Func<OccurrenceSample, double> of) => placed.Sum(s => of(s) / (between + s.Variance)) / total;
        var met = new List<(double Difference, double Density)>();
        for (var day = 0; day < 7; day++)
        {
            var difference = Mean(s => s.Position!.Value - s.Weekdays[day]);
            if (Math.Abs(difference) > LeastDifference) // false for NaN: closed
            {
                met.Add((difference, Density(Mean(s => s.Log) + difference, (Meeting * Meeting) + (1 / total))));
            }
        }

        if (met.Count == 0)
        {
            return 0;
        }

        var wide = (Anywhere * Anywhere) + (1 / total);
        var like = (Quietest * met.MaxBy(d => d.Difference).Density) + ((1 - Quietest) * met.Average(d => d.Density));
        var own = (LikeADay * like) + ((1 - LikeADay) * Density(Mean(s => s.Log + s.Position!.Value), wide));
        return Math.Clamp(Math.Log(own / Density(Mean(s => s.Log), wide)), -MostEvidence, MostEvidence);
    }

    /// <summary>Log odds for a level of its own from how the effect changed from one day of the week to another.</summary>
    /// <param name="slope">γ by the occurrences alone.</param>
    public static double Evidence(EventTerm slope) =>
        double.IsFinite(slope.Error) ? ((2 * slope.Log) - 1) / (2 * ((slope.Error * slope.Error) + (Deviation * Deviation))) : 0;

    /// <summary>γ, all told.</summary>
    /// <param name="slope">By the occurrences alone.</param>
    /// <param name="resemblance">Log odds from the levels met.</param>
    /// <param name="log">Effect: whether the kind lowers or raises.</param>
    /// <param name="others">Log odds of other kinds that push the same way.</param>
    public static EventTerm Posterior(EventTerm slope, double resemblance, double log, double others = 0)
    {
        var prior = log < 0 ? LoweringPrior : RaisingPrior;
        var odds = Math.Log(prior / (1 - prior)) + Math.Clamp(resemblance, -MostEvidence, MostEvidence) + Evidence(slope)
            + Math.Clamp(KindsAlike * others, -MostOfOthers, MostOfOthers);
        var (precision, spread) = (slope.Precision, Deviation * Deviation);
        var known = 1 / ((1 / spread) + precision);
        var multiple = known * precision * slope.Log;
        var level = multiple + (known / spread);
        var share = 1 / (1 + Math.Exp(-odds));
        var mean = (share * level) + ((1 - share) * multiple);
        return new EventTerm(Math.Clamp(mean, 0, 1), Math.Sqrt(known + (share * (1 - share) * (level - multiple) * (level - multiple))));
    }

    private static double Density(double x, double variance) => Math.Exp(-x * x / (2 * variance)) / Math.Sqrt(variance);
}
