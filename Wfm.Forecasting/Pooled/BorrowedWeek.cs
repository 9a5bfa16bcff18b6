using Wfm.Forecasting.Combination;
using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Pooled;

/// <summary>What is believed of the level before the series' own observations.</summary>
/// <param name="Log">Logarithm of the mean per open slot.</param>
/// <param name="Variance">Variance of the logarithm.</param>
internal readonly record struct LevelBelief(double Log, double Variance)
{
    private const double LeastVariance = 0.25; // siblings that happen to be of one size are no law

    /// <summary>The level is about that of the siblings: their weighted mean and spread.</summary>
    public static LevelBelief OfSiblings(WeekProfile[] siblings, double[] weights)
    {
        var logs = siblings.Select(s => Math.Log(Math.Max(s.Level, 1e-6))).ToArray();
        var total = weights.Sum();
        var mean = logs.Zip(weights, (log, w) => log * w).Sum() / total;
        var variance = logs.Zip(weights, (log, w) => (log - mean) * (log - mean) * w).Sum() / total;
        return new LevelBelief(mean, Math.Max(LeastVariance, variance * (1 + (1.0 / logs.Length))));
    }
}

/// <summary>What siblings have in common, beside what each has of its own.</summary>
/// <param name="ShapeVariance">Variance of a series' shape around the one borrowed, relative.</param>
/// <param name="Dispersion">Variance beyond that of counts, relative.</param>
internal readonly record struct Kinship(double ShapeVariance, double Dispersion);

/// <summary>The expected week of a series: a shape borrowed from siblings, its own level, and more of its own shape as observations come in.</summary>
/// <remarks>
/// Which siblings: weights on the simplex that fit the observations so far, held near the similarity by attributes: a synthetic control (Abadie &amp;
/// Gardeazabal, <i>American Economic Review</i> 93, 2003). Level and shape: empirical Bayes, each source weighted by one over its variance (Efron &amp;
/// Morris, <i>JASA</i> 70, 1975).
/// </remarks>
internal sealed class BorrowedWeek
{
    private const double Hold = 0.3; // of the siblings' weights near the similarity
    private const double LeastShape = 0.01; // of the mean
    private const double DayVariance = 0.01; // of the level from day to day, relative: 10 %

    private BorrowedWeek(double[] mean, double[] shape, double[] weights) => (Mean, Shape, Weights) = (mean, shape, weights);

    /// <summary>Expected value by slot of the week; 0 where closed.</summary>
    public double[] Mean { get; }

    /// <summary>The borrowed shape, mean 1 over the open slots.</summary>
    public double[] Shape { get; }

    /// <summary>Weights of the siblings, summing to 1.</summary>
    public double[] Weights { get; }

    /// <summary>Learns.</summary>
    /// <param name="own">Observations so far, maybe none.</param>
    /// <param name="open">Open slots of the week.</param>
    /// <param name="siblings">Profiles of the siblings, at least one.</param>
    /// <param name="similarity">Their similarity, above 0.</param>
    /// <param name="belief">Level before the observations.</param>
    /// <param name="kinship">Variances between and within series.</param>
    public static BorrowedWeek Learn(
        OwnWeeks own, bool[] open, WeekProfile[] siblings, double[] similarity, LevelBelief belief, Kinship kinship)
    {
        var shapes = siblings.Select(s => OnOpen(s.Shape, open)).ToArray();
        var weights = Weigh(own, shapes, open, similarity);
        var shape = OnOpen(Mix(shapes, weights), open);
        var level = Level(own, shape, open, belief);
        var mean = new double[open.Length];
        for (var i = 0; i < open.Length; i++)
        {
            if (open[i])
            {
                mean[i] = level * Blend(shape[i], own.Counts[i], own.Sums[i], level, kinship);
            }
        }

        return new BorrowedWeek(mean, shape, weights);
    }

    /// <summary>Own share of a slot's shape grows with its observations and falls with their noise.</summary>
    private static double Blend(double borrowed, int count, double sum, double level, Kinship kinship)
    {
        var between = kinship.ShapeVariance * borrowed * borrowed;
        if (count == 0 || !(between > 0) || !(level > 0))
        {
            return borrowed;
        }

        var within = ((borrowed / level) + (kinship.Dispersion * borrowed * borrowed)) / count;
        return borrowed + (between / (between + within) * ((sum / count / level) - borrowed));
    }

    private static double Level(OwnWeeks own, double[] shape, bool[] open, LevelBelief belief)
    {
        var (sum, exposure) = (0.0, 0.0);
        for (var i = 0; i < shape.Length; i++)
        {
            if (open[i])
            {
                sum += own.Sums[i];
                exposure += own.Counts[i] * shape[i];
            }
        }

        // A gamma belief and Poisson counts (Gelman et al., Bayesian Data Analysis, 3rd ed., §2.6); what days have in common counts once a day.
        var days = 7.0 * own.Count / Math.Max(1, open.Count(o => o));
        var trust = days > 0 ? 1 / (1 + (sum * DayVariance / days)) : 0;
        return ((1 / belief.Variance) + (trust * sum)) / ((1 / (belief.Variance * Math.Exp(belief.Log))) + (trust * exposure));
    }

    private static double[] Weigh(OwnWeeks own, double[][] shapes, bool[] open, double[] similarity)
    {
        var total = similarity.Sum(l => l * l);
        double[] prior = [.. similarity.Select(l => l * l / total)];
        var slots = Enumerable.Range(0, own.Counts.Length).Where(i => own.Counts[i] > 0 && open[i]).ToArray();
        if (slots.Length < 2 || shapes.Length < 2)
        {
            return prior;
        }

        var n = shapes.Length;
        var errors = new double[n][];
        for (var s = 0; s < n; s++)
        {
            var exposure = slots.Sum(i => own.Counts[i] * shapes[s][i]);
            var level = exposure > 0 ? slots.Sum(i => own.Sums[i]) / exposure : 0;
            errors[s] = [.. slots.Select(i => (own.Sums[i] / own.Counts[i]) - (level * shapes[s][i]))];
        }

        var gram = new double[n * n];
        for (var a = 0; a < n; a++)
        {
            for (var b = 0; b < n; b++)
            {
                gram[(a * n) + b] = Vectors.Dot(errors[a], errors[b]) / slots.Length;
            }
        }

        return SimplexStacking.Solve(gram, prior, Hold);
    }

    /// <summary>Weighted mean of the siblings' shapes; an open slot is never believed to be wholly empty.</summary>
    private static double[] Mix(double[][] shapes, double[] weights)
    {
        var mix = new double[shapes[0].Length];
        for (var s = 0; s < shapes.Length; s++)
        {
            for (var i = 0; i < mix.Length; i++)
            {
                mix[i] += weights[s] * shapes[s][i];
            }
        }

        return [.. mix.Select(value => Math.Max(value, LeastShape))];
    }

    /// <summary>The shape with mean 1 over the open slots and 0 elsewhere; flat where it knows of nothing in them.</summary>
    private static double[] OnOpen(double[] shape, bool[] open)
    {
        var sum = shape.Where((_, i) => open[i]).Sum();
        var count = open.Count(o => o);
        return [.. shape.Select((value, i) => !open[i] ? 0 : sum > 0 ? value * count / sum : 1)];
    }
}
