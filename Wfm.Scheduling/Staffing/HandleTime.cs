namespace Wfm.Scheduling.Staffing;

/// <summary>Shape of the handle-time distribution; its mean is the queue's AHT.</summary>
public sealed record HandleTime
{
    /// <summary>Exponential, the assumption of the Erlang formulas; its coefficient of variation is 1.</summary>
    public static readonly HandleTime Exponential = new(lognormal: false, 1);

    /// <summary>Every contact takes exactly the average.</summary>
    public static readonly HandleTime Constant = new(lognormal: true, 0);

    private HandleTime(bool lognormal, double coefficientOfVariation) => (IsLognormal, CoefficientOfVariation) = (lognormal, coefficientOfVariation);

    /// <summary>Lognormal, what measured handle times usually look like.</summary>
    /// <param name="coefficientOfVariation">Standard deviation ÷ mean, finite, 0 or more; at 0 every contact takes the average.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The coefficient is negative or not finite.</exception>
    /// <remarks>Source: L. Brown et al., “Statistical analysis of a telephone call center”, JASA 100 (2005), 36–50.</remarks>
    public static HandleTime Lognormal(double coefficientOfVariation) => new(lognormal: true, Guard.NonNegative(coefficientOfVariation));

    /// <summary>True for lognormal, false for exponential.</summary>
    public bool IsLognormal { get; }

    /// <summary>Standard deviation ÷ mean.</summary>
    public double CoefficientOfVariation { get; }

    /// <summary>σ of the logarithm: σ² = ln(1 + CV²).</summary>
    internal double LogDeviation => Math.Sqrt(Math.Log(1 + CoefficientOfVariation * CoefficientOfVariation));
}
