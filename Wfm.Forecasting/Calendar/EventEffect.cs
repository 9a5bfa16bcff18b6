namespace Wfm.Forecasting.Calendar;

/// <summary>What events of a kind do to the volume.</summary>
/// <param name="Kind">Kind of event.</param>
/// <param name="Factor">Volume during an event of magnitude 1 ÷ usual volume; above 0.</param>
/// <param name="LogStandardError">Standard error of the logarithm of the factor for one more event of the kind.</param>
/// <param name="Occurrences">Earlier events it was learned from, those of sibling series included where they were asked.</param>
public sealed record EventEffect(string Kind, double Factor, double LogStandardError, int Occurrences)
{
    /// <summary>Hours of a part of the day.</summary>
    public const int HoursPerPart = 3;

    /// <summary>Days around an event that are looked at, from its first or last day.</summary>
    public static IReadOnlyList<int> DaysAround { get; } = [-1, 1, 2];

    /// <summary>
    /// Standard deviation of the logarithm of the factor from one occurrence to the next; the rest of <see cref="LogStandardError"/> is what is not known
    /// about its mean.
    /// </summary>
    public double Spread { get; init; }

    /// <summary>Standard deviation of how strongly series take events of the kind, 1 being usual; of pooled effects only.</summary>
    public double SensitivityDeviation { get; init; } = 0.5;

    /// <summary>By part of the local day, from 00:00 in steps of three hours: the effect beside that of the whole event. Empty when not known.</summary>
    public IReadOnlyList<EventTerm> PartsOfDay { get; init; } = [];

    /// <summary>By hour of the local day: the effect beside that of the part of the day. Empty when not known.</summary>
    public IReadOnlyList<EventTerm> HoursOfDay { get; init; } = [];

    /// <summary>
    /// Where the days it was seen on stand in the week: logarithm of what such a day usually brings over what a mean day brings. <see cref="Factor"/> is
    /// that of such a day. <see langword="null"/> where that is not known, or does not matter: then it is a multiple of any day.
    /// </summary>
    public double? Position { get; init; }

    /// <summary>
    /// How far the kind has a level of its own: 0 is a multiple of whatever the day would have been, 1 a day of another kind, as a holiday that is like a
    /// Sunday. As learned from one series, what its occurrences alone say; as applied, all told.
    /// </summary>
    public EventTerm OwnLevel { get; init; } = EventTerm.Unknown;

    /// <summary>Log odds for a level of its own from meeting that of another day of the week.</summary>
    public double Resemblance { get; init; }

    /// <summary>Share of what was seen that is believed, the rest being drawn to no effect; in [0, 1].</summary>
    public double Trust { get; init; } = 1;

    /// <summary>By hour of the local day (the first alone on daily grids): usual contacts of which none came, in units of their dispersion; −1 where any
    /// did. Empty when not known.</summary>
    public IReadOnlyList<double> NothingCame { get; init; } = [];

    /// <summary>Effect on the whole days of <see cref="DaysAround"/>. Empty when not known.</summary>
    public IReadOnlyList<EventTerm> Around { get; init; } = [];

    /// <summary>Variance of the mean of the logarithm of the factor.</summary>
    internal double MeanVariance => Math.Max((LogStandardError * LogStandardError) - (Spread * Spread), 1e-12);

    /// <summary>Logarithm of the effect in an hour of the local day beside the whole.</summary>
    internal double ShapeAt(int hour) =>
        (PartsOfDay.Count > 0 ? PartsOfDay[hour / HoursPerPart].Log : 0) + (HoursOfDay.Count > 0 ? HoursOfDay[hour].Log : 0);

    internal void Validate(string parameter)
    {
        if (string.IsNullOrWhiteSpace(Kind) || !(Factor > 0) || !double.IsFinite(Factor) || !(LogStandardError >= Spread) || !(Spread >= 0)
            || !(SensitivityDeviation > 0) || !double.IsFinite(SensitivityDeviation)
            || !double.IsFinite(LogStandardError) || Occurrences < 0 || !Usable(PartsOfDay, 24 / HoursPerPart) || !Usable(HoursOfDay, Closures.Hours)
            || !Usable(Around, DaysAround.Count) || NothingCame.Count is not (0 or Closures.Hours))
        {
            throw new ArgumentException(
                $"The effect of '{Kind}' (factor {Factor}, error {LogStandardError}, spread {Spread}, {Occurrences} occurrences) cannot be: the factor is "
                    + "above 0, "
                    + $"the error at least the spread, the deviation of sensitivities above 0, parts of the day are none or {24 / HoursPerPart}, "
                    + $"hours none or {Closures.Hours}, days around none or {DaysAround.Count}.",
                parameter);
        }
    }

    private static bool Usable(IReadOnlyList<EventTerm> terms, int count) =>
        terms.Count == 0 || (terms.Count == count && terms.All(t => double.IsFinite(t.Log) && t.Error > 0));
}
