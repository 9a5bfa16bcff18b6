namespace Wfm.Forecasting.Calendar;

/// <summary>Families of surges.</summary>
public enum CrisisFamily
{
    /// <summary>No surge in this series.</summary>
    None,

    /// <summary>A jump, then halving every half-life.</summary>
    Exponential,

    /// <summary>A jump, then (1 + t/τ)^−p: fast at first, with a long tail.</summary>
    PowerLaw,

    /// <summary>A jump that stays for a while before it halves every half-life.</summary>
    PlateauThenDecay,

    /// <summary>An exponential, and a smaller second one days later.</summary>
    DoubleWave,
}

/// <summary>The course of a surge, 1 at its height: a rise in a straight line over some hours, times a decay that begins with it.</summary>
/// <param name="Family">Family.</param>
/// <param name="RiseHours">Hours of the rise; 0 for at once.</param>
/// <param name="HalfLifeHours">Hours until the excess is halved, from the start or the end of the plateau.</param>
/// <param name="Extra">Exponent of the power law, hours of the plateau, or hours until the second wave.</param>
/// <param name="Strength">Height of the second wave.</param>
internal sealed record CrisisForm(CrisisFamily Family, double RiseHours, double HalfLifeHours, double Extra, double Strength)
{
    private const double HalfLifeDeviation = 0.9; // of the logarithm, about the prior half-life
    private static readonly (double Hours, double Prior)[] Rises = [(0, 0.4), (3, 0.4), (8, 0.2)];

    /// <summary>Hours after which the course only falls.</summary>
    public double FallsAfter => Family switch
    {
        CrisisFamily.DoubleWave => Extra + RiseHours,
        CrisisFamily.PlateauThenDecay => Math.Max(Extra, RiseHours),
        _ => RiseHours,
    };

    /// <summary>Share of the full excess, some hours after the start.</summary>
    public double At(double hours)
    {
        if (hours <= 0)
        {
            return 0;
        }

        var first = Rise(hours) * Decay(hours);
        return Family == CrisisFamily.DoubleWave && hours > Extra ? first + (Strength * Rise(hours - Extra) * Halved(hours - Extra)) : first;
    }

    /// <summary>The library, with the prior probability of each course; the probabilities sum to 1.</summary>
    /// <param name="priorHalfLifeHours">Median of the half-life before anything was seen.</param>
    public static List<(CrisisForm Form, double Prior)> Library(double priorHalfLifeHours)
    {
        var forms = new List<(CrisisForm Form, double Prior)> { (new CrisisForm(CrisisFamily.None, 0, priorHalfLifeHours, 0, 0), 0.1) };
        foreach (var (rise, p) in Rises)
        {
            Add(forms, p * 0.4, priorHalfLifeHours, 0.5, [.. Enumerable.Range(-5, 12).Select(k => k * 0.5)], [(0, 0)], CrisisFamily.Exponential, rise);
            Add(forms, p * 0.25, priorHalfLifeHours, 1, [-2, -1, 0, 1, 2], [(0.7, 0), (1.2, 0), (2, 0)], CrisisFamily.PowerLaw, rise);
            Add(forms, p * 0.15, priorHalfLifeHours, 1, [-2, -1, 0, 1, 2], [(12, 0), (24, 0), (48, 0), (96, 0)], CrisisFamily.PlateauThenDecay, rise);
            Add(
                forms, p * 0.1, priorHalfLifeHours, 1, [-2, -1, 0, 1, 2], [(24, 0.4), (48, 0.4), (72, 0.4), (24, 0.8), (48, 0.8), (72, 0.8)],
                CrisisFamily.DoubleWave, rise);
        }

        return forms;
    }

    private static void Add(
        List<(CrisisForm Form, double Prior)> forms, double prior, double halfLife, double step, double[] powers, (double Extra, double Strength)[] variants,
        CrisisFamily family, double rise)
    {
        var weights = powers.Select(k => Math.Exp(-0.5 * Math.Pow(k * Math.Log(2) / HalfLifeDeviation, 2)) * step).ToArray();
        var sum = weights.Sum() * variants.Length;
        foreach (var (k, weight) in powers.Zip(weights))
        {
            forms.AddRange(variants.Select(v => (new CrisisForm(family, rise, halfLife * Math.Pow(2, k), v.Extra, v.Strength), prior * weight / sum)));
        }
    }

    private double Rise(double hours) => RiseHours > 0 ? Math.Min(1, hours / RiseHours) : 1;

    private double Halved(double hours) => Math.Pow(0.5, hours / HalfLifeHours);

    private double Decay(double hours) => Family switch
    {
        CrisisFamily.PowerLaw => Math.Pow(1 + (hours * (Math.Pow(2, 1 / Extra) - 1) / HalfLifeHours), -Extra),
        CrisisFamily.PlateauThenDecay => Halved(Math.Max(0, hours - Extra)),
        _ => Halved(hours),
    };
}
