using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>Effects of the slots of a week on counts, each family shrunk toward the one above it.</summary>
internal static class SlotEffects
{
    private const int Rounds = 4; // of alternating margins: the design is balanced but for the shrinkage, so few are needed

    /// <summary>Variance of a count over its mean, by Pearson's statistic around cycle level × slot share.</summary>
    /// <param name="counts">Whole cycles, none below zero.</param>
    /// <param name="means">Mean of each cycle.</param>
    /// <param name="week">Slots in a cycle.</param>
    public static double Dispersion(double[] counts, double[] means, int week)
    {
        var shares = new double[week];
        var total = means.Sum();
        for (var t = 0; t < counts.Length; t++)
        {
            shares[t % week] += counts[t] / Math.Max(total, double.Epsilon);
        }

        if (means.Length == 1)
        {
            Array.Fill(shares, 1); // one cycle cannot tell shape from noise: take all of it for noise
        }

        var pearson = 0.0;
        for (var c = 0; c < means.Length; c++)
        {
            for (var i = 0; i < week; i++)
            {
                var mu = means[c] * shares[i];
                var error = counts[(c * week) + i] - mu;
                pearson += mu > 0 ? error * error / mu : 0;
            }
        }

        return pearson / Math.Max(1, means.Length == 1 ? week - 1 : (means.Length - 1) * (week - 1));
    }

    /// <summary>Share of each slot, relative to the mean slot.</summary>
    /// <param name="counts">Whole cycles, none below zero.</param>
    /// <param name="means">Mean of each cycle.</param>
    /// <param name="week">Slots in a cycle.</param>
    /// <param name="day">Slots in a day; a divisor of <paramref name="week"/>.</param>
    /// <param name="noise">Variance of a count over its mean.</param>
    /// <param name="forgetting">Weight of a cycle relative to the next one.</param>
    public static double[] Estimate(double[] counts, double[] means, int week, int day, double noise, double forgetting)
    {
        var (sums, exposure, weights, squares) = (new double[week], 0.0, 0.0, 0.0);
        var weight = 1.0;
        for (var c = means.Length - 1; c >= 0; c--, weight *= forgetting)
        {
            exposure += weight * means[c];
            weights += weight;
            squares += weight * weight;
            for (var i = 0; i < week; i++)
            {
                sums[i] += weight * counts[(c * week) + i];
            }
        }

        noise *= squares / weights; // a weighted sum scatters by that much less than one of equal weights
        var effects = new double[week];
        Array.Fill(effects, 1);
        if (day < week && day > 1)
        {
            var (hours, days) = (new double[day], new double[week / day]);
            Array.Fill(days, 1);
            for (var round = 0; round < Rounds; round++)
            {
                Margin(sums, exposure, hours, days, (i, d) => (d * day) + i, noise);
                Margin(sums, exposure, days, hours, (d, i) => (d * day) + i, noise);
            }

            for (var i = 0; i < week; i++)
            {
                effects[i] = hours[i % day] * days[i / day];
            }
        }

        Shrink(sums, [.. effects.Select(e => exposure * e)], noise, week > day && day > 1 ? day + (week / day) - 1 : 1, effects);
        var mean = Statistics.Mean(effects);
        for (var i = 0; i < week && mean > 0; i++)
        {
            effects[i] /= mean;
        }

        return effects;
    }

    /// <summary>Mean of a gamma posterior: what a sum says of the ratio to its expectation, when ratios scatter with a variance around 1.</summary>
    public static double Posterior(double sum, double expected, double variance, double noise)
    {
        var bottom = noise + (variance * expected);
        return bottom > 0 ? (noise + (variance * sum)) / bottom : 1;
    }

    private static void Margin(double[] sums, double exposure, double[] margin, double[] other, Func<int, int, int> slot, double noise)
    {
        var (totals, expected) = (new double[margin.Length], new double[margin.Length]);
        for (var i = 0; i < margin.Length; i++)
        {
            for (var j = 0; j < other.Length; j++)
            {
                totals[i] += sums[slot(i, j)];
                expected[i] += exposure * other[j];
            }

            margin[i] = 1;
        }

        Shrink(totals, expected, noise, 1, margin);
    }

    /// <summary>Multiplies effects by the shrunk ratios of sums to expectations; how far is told by the scatter beyond noise.</summary>
    private static void Shrink(double[] sums, double[] expected, double noise, int degrees, double[] effects)
    {
        var (scatter, squares, total) = (0.0, 0.0, 0.0);
        for (var i = 0; i < sums.Length; i++)
        {
            scatter += (sums[i] - expected[i]) * (sums[i] - expected[i]);
            squares += expected[i] * expected[i];
            total += expected[i];
        }

        var free = Math.Max(0, 1 - (degrees / (double)sums.Length)); // part of the noise the effects above have not taken up
        var variance = squares > 0 ? Math.Max(0, (scatter - (noise * total * free)) / squares) : 0;
        for (var i = 0; i < sums.Length; i++)
        {
            effects[i] *= Posterior(sums[i], expected[i], variance, noise);
        }
    }
}
