using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Capacity;

/// <summary>How people leave: the weekly hazard by tenure, raised or lowered by the exposure class of their work.</summary>
/// <remarks>
/// Proportional hazards: with an exposure factor f, a week survived with probability 1 − h becomes (1 − h)^f. Source: D. R. Cox, “Regression models and
/// life-tables”, Journal of the Royal Statistical Society B 34 (1972), 187–220.
/// </remarks>
public sealed class AttritionCurve
{
    private readonly double[] _weeklyHazard;

    /// <summary>Checks and keeps the hazards.</summary>
    /// <param name="weeklyHazard">
    /// Probability of leaving in the week of that tenure, by completed weeks since hire (training included), in [0, 1]; the last value holds for all longer
    /// tenures.
    /// </param>
    /// <exception cref="ArgumentException">No value, or one outside [0, 1]; the parameter's name carries the index.</exception>
    public AttritionCurve(double[] weeklyHazard) =>
        _weeklyHazard = [.. CapacityGuard.EachFraction(Guard.Filled(weeklyHazard, nameof(weeklyHazard)), nameof(weeklyHazard))];

    /// <summary>Nobody leaves.</summary>
    public static AttritionCurve None { get; } = new([0]);

    /// <summary>The same hazard in every week, from a yearly rate: 1 − (1 − rate)^(1/52).</summary>
    /// <param name="yearlyRate">Share of the people who leave within 52 weeks, at least 0 and less than 1.</param>
    /// <returns>A curve.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside its range.</exception>
    public static AttritionCurve Yearly(double yearlyRate) => new([1 - Math.Pow(1 - Guard.BelowOne(yearlyRate), 1.0 / 52)]);

    /// <summary>Probability of leaving during a week.</summary>
    /// <param name="tenureWeeks">Completed weeks since hire, 0 or more.</param>
    /// <param name="exposureFactor">Finite, 0 or more; 1 is the work the curve was measured on.</param>
    /// <returns>A probability in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public double Hazard(int tenureWeeks, double exposureFactor = 1)
    {
        Guard.AtLeast(tenureWeeks, 0);
        Guard.NonNegative(exposureFactor);
        return 1 - Math.Pow(1 - At(tenureWeeks), exposureFactor);
    }

    /// <summary>Share of a cohort still there after 0, 1, … weeks, given everybody was there at the start.</summary>
    internal double[] Survival(int tenureWeeks, double exposureFactor, int weeks)
    {
        var survival = new double[weeks];
        survival[0] = 1;
        for (var k = 1; k < weeks; k++) survival[k] = survival[k - 1] * Math.Pow(1 - At(tenureWeeks + k - 1), exposureFactor);
        return survival;
    }

    private double At(int tenureWeeks) => _weeklyHazard[Math.Min(tenureWeeks, _weeklyHazard.Length - 1)];
}
