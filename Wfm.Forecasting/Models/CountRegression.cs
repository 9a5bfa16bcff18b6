using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>Calendar regression of counts with a logarithmic link: slot of the week, year, trend and a level that adapts; negative binomial around
/// it.</summary>
/// <remarks>
/// log μ(t) = level + hour(t) + day(t) + (hour × day)(t) + Σ a·sin + b·cos (year) + trend. Week and slot are factors of a balanced design, so their
/// quasi-likelihood estimates are ratios of sums in closed form; annual harmonics and trend take a few Newton steps on weekly means. Each family of
/// effects is shrunk toward the one above it by as much as its scatter is counting noise (empirical Bayes with a gamma prior), so that a queue of
/// one contact a day gets the shape of its hours and not 168 accidents. The last eight weeks set the level. Values below zero count as
/// zero. Sources: McCullagh &amp; Nelder, <i>Generalized Linear Models</i>, 2nd ed., ch. 6 and 9; Clayton &amp; Kaldor, “Empirical Bayes
/// estimates of age-standardized relative risks”, <i>Biometrics</i> 43 (1987).
/// </remarks>
/// <param name="yearLength">Observations in a year, for the annual harmonics; 0 for none. Used where the history holds two years.</param>
public sealed class CountRegression(double yearLength = 0) : IForecastModel
{
    private const int CyclesUsed = 5 * 52;
    private const int LevelCycles = 8;
    private const double LevelVariance = 0.2 * 0.2; // of the recent level around the long one, relative: thin queues keep near the long level
    private const double Forgetting = 0.99; // of a cycle in the shape

    /// <inheritdoc/>
    public string Name => "count-regression";

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => Math.Max(2, Week(seasonLengths));

    /// <inheritdoc/>
    IFittedModel IForecastModel.Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths) => Fit(y, seasonLengths);

    /// <inheritdoc cref="IForecastModel.Fit"/>
    public CountFit Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        var week = Week(seasonLengths);
        var day = seasonLengths.Length > 1 && week % seasonLengths[0] == 0 ? seasonLengths[0] : week;
        var cycles = Math.Min(y.Length / week, CyclesUsed);
        var first = y.Length - (cycles * week);
        var counts = new double[cycles * week];
        for (var t = 0; t < counts.Length; t++)
        {
            counts[t] = Math.Max(0, y[first + t]);
        }

        var means = new double[cycles];
        for (var c = 0; c < cycles; c++)
        {
            means[c] = Statistics.Mean(counts.AsSpan(c * week, week));
        }

        var annual = AnnualPattern.Fit(means, week, yearLength > 0 ? yearLength : seasonLengths.Length > 2 ? seasonLengths[^1] : 0);
        var noise = SlotEffects.Dispersion(counts, means, week);
        var shape = SlotEffects.Estimate(counts, means, week, day, noise, Forgetting);
        var factors = new double[cycles];
        for (var c = 0; c < cycles; c++)
        {
            factors[c] = annual.Factor(c - cycles + 0.5);
        }

        var level = Level(means, factors, cycles, noise / week);
        return new CountFit(level, shape, annual, Spread(counts, means, factors, shape, noise));
    }

    private static int Week(ReadOnlySpan<int> seasonLengths) => seasonLengths.IsEmpty ? 1 : seasonLengths[Math.Min(1, seasonLengths.Length - 1)];

    /// <summary>Level of the cycles before <paramref name="end"/>: the last eight, drawn to the last year's where they are few contacts.</summary>
    private static double Level(double[] means, double[] factors, int end, double noise)
    {
        var (recent, expected, sum, exposure) = (0.0, 0.0, 0.0, 0.0);
        for (var c = Math.Max(0, end - 52); c < end; c++)
        {
            sum += means[c];
            exposure += factors[c];
            if (c >= end - LevelCycles)
            {
                recent += means[c];
                expected += factors[c];
            }
        }

        var longRun = sum / exposure;
        return longRun * SlotEffects.Posterior(recent, longRun * expected, LevelVariance, noise);
    }

    /// <summary>α by moments over the last year, each cycle forecast from those before it.</summary>
    private static double Spread(double[] counts, double[] means, double[] factors, double[] shape, double noise)
    {
        var week = shape.Length;
        var (excess, squares) = (0.0, 0.0);
        for (var c = Math.Max(Math.Min(2, means.Length - 1), means.Length - 52); c < means.Length; c++)
        {
            var level = (c == 0 ? means[c] : Level(means, factors, c, noise / week)) * factors[c];
            for (var i = 0; i < week; i++)
            {
                var mu = level * shape[i];
                var error = counts[(c * week) + i] - mu;
                excess += (error * error) - mu;
                squares += mu * mu;
            }
        }

        return squares > 0 ? Math.Max(0, excess / squares) : 0;
    }
}
