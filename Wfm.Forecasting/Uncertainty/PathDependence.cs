namespace Wfm.Forecasting.Uncertainty;

/// <summary>
/// How the errors of neighbouring intervals hang together, in a few numbers that are stored with a forecast. On the normal scale the error
/// of an interval is √DayFactor·(day's error) + √(1−DayFactor)·(interval's error).
/// </summary>
/// <param name="Autocorrelation">Correlation of the interval errors of neighbouring intervals, in [0, 1).</param>
/// <param name="DayFactor">Share of the variance that a whole day has in common, in [0, 1].</param>
/// <param name="DayAutocorrelation">Correlation of the errors of neighbouring days, in [0, 1).</param>
public sealed record PathDependence(double Autocorrelation, double DayFactor, double DayAutocorrelation = 0)
{
    /// <summary>Intervals that have nothing to do with each other.</summary>
    public static PathDependence Independent { get; } = new(0, 0);

    internal void Validate()
    {
        Check(Autocorrelation is >= 0 and < 1, nameof(Autocorrelation), Autocorrelation);
        Check(DayFactor is >= 0 and <= 1, nameof(DayFactor), DayFactor);
        Check(DayAutocorrelation is >= 0 and < 1, nameof(DayAutocorrelation), DayAutocorrelation);
    }

    private static void Check(bool valid, string name, double value)
    {
        if (!valid)
        {
            throw new ArgumentOutOfRangeException(name, value, "A correlation lies in [0, 1), a share of variance in [0, 1].");
        }
    }
}
