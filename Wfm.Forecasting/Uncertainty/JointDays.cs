using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Uncertainty;

/// <summary>A series whose days may go up and down with those of others.</summary>
/// <param name="Errors">Its errors by day at the rolling origins.</param>
/// <param name="Dependence">How its own errors hang together.</param>
/// <param name="IntervalsPerDay">Steps in a day, at least 1.</param>
public sealed record JointSeries(DayErrors Errors, PathDependence Dependence, int IntervalsPerDay);

/// <summary>How the days of several series move together: surges come to many queues of a hub at once.</summary>
/// <remarks>
/// A Gaussian copula over the day factors of the sample paths. The correlation of two series is that of the normal scores of their errors by day, over the
/// days both have, drawn to the mean of all pairs, which is better known: what they have in common. It is one of whole days; what the day factors have to
/// carry for it is more where errors within a day make up a part of the day's. Sources: Ledoit &amp; Wolf, “Honey, I shrunk the sample covariance matrix”,
/// <i>Journal of Portfolio Management</i> 30 (2004), for the target; Bartlett, <i>Journal of the Royal Statistical Society</i> 98 (1935), for the variance
/// of a correlation between series whose days resemble the day before.
/// </remarks>
public sealed class JointDays
{
    private const int FewestDays = 14; // in common: fewer say nothing about a correlation
    private const double Retreat = 0.95; // correlations measured on different days need not fit together: drawn in until they do

    private readonly double[] _factor; // lower triangle, row by row
    private readonly int _count;

    private JointDays(double[] factor, int count) => (_factor, _count) = (factor, count);

    /// <summary>Learns the dependence.</summary>
    /// <param name="series">In a fixed order: the draws of one depend on those before it. At least one.</param>
    /// <remarks>O(series²·(days + series)).</remarks>
    public static JointDays Learn(IReadOnlyList<JointSeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var correlations = Correlations(series);
        double[] factor = [.. correlations];
        while (!RidgeRegression.Factor(factor, series.Count))
        {
            for (var i = 0; i < correlations.Length; i++)
            {
                correlations[i] *= i % (series.Count + 1) == 0 ? 1 : Retreat;
            }

            factor = [.. correlations];
        }

        return new JointDays(factor, series.Count);
    }

    /// <summary>Normal numbers for the days of one path, by series and day: independent from day to day, dependent between series.</summary>
    /// <param name="seeds">By series; the numbers a series brings in depend on its seed and the path alone.</param>
    /// <param name="path">Index of the path.</param>
    /// <param name="days">Number of days.</param>
    public double[][] Draw(ReadOnlySpan<int> seeds, int path, int days)
    {
        var (own, joint) = (new double[_count][], new double[_count][]);
        for (var i = 0; i < _count; i++)
        {
            var random = new PortableRandom(seeds[i], path);
            (own[i], joint[i]) = (new double[days], new double[days]);
            for (var d = 0; d < days; d++)
            {
                own[i][d] = random.NextNormal();
            }

            for (var j = 0; j <= i; j++)
            {
                var weight = _factor[(i * _count) + j];
                for (var d = 0; d < days && weight != 0; d++)
                {
                    joint[i][d] += weight * own[j][d];
                }
            }
        }

        return joint;
    }

    private static double[] Correlations(IReadOnlyList<JointSeries> series)
    {
        var n = series.Count;
        var (scores, shares) = (series.Select(s => Scores(s.Errors)).ToArray(), series.Select(DayShare).ToArray());
        var memories = scores.Select(Memory).ToArray();
        var pairs = new List<Pair>();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var carried = Math.Sqrt(shares[i] * shares[j]);
                if (carried > 0 && Correlation(scores[i], scores[j]) is var (r, days) && days >= FewestDays)
                {
                    pairs.Add(new Pair(i, j, carried, r, (1 + (memories[i] * memories[j])) / (1 - (memories[i] * memories[j])) / days));
                }
            }
        }

        var matrix = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            matrix[(i * n) + i] = 1;
        }

        foreach (var (pair, r) in pairs.Zip(Shrunk(pairs)))
        {
            var needed = Math.Clamp(r / pair.Carried, -1, 1);
            (matrix[(pair.First * n) + pair.Second], matrix[(pair.Second * n) + pair.First]) = (needed, needed);
        }

        return matrix;
    }

    /// <summary>Correlations drawn to their mean, and the mean to 0, each by how much of it may be chance.</summary>
    private static double[] Shrunk(List<Pair> pairs)
    {
        if (pairs.Count == 0)
        {
            return [];
        }

        var (mean, chance) = (Math.Max(0, pairs.Average(p => p.Correlation)), pairs.Average(p => p.Variance));
        mean *= mean > 0 ? Math.Max(0, 1 - (chance / pairs.Count / (mean * mean))) : 0;
        var spread = pairs.Average(p => (p.Correlation - mean) * (p.Correlation - mean));
        var own = spread > 0 ? Math.Max(0, 1 - (chance / spread)) : 0;
        return [.. pairs.Select(p => mean + (own * (p.Correlation - mean)))];
    }

    /// <summary>Normal scores of the ranks of the errors, by day.</summary>
    private static Dictionary<int, double> Scores(DayErrors errors) => errors.Days.Zip(errors.Errors).OrderBy(pair => pair.Second).Index()
        .ToDictionary(ranked => ranked.Item.First, ranked => NormalDistribution.Quantile((ranked.Index + 0.5) / errors.Days.Length));

    /// <summary>Correlation of the scores of neighbouring days, in [0, 0.9]: days that resemble the day before are worth fewer.</summary>
    private static double Memory(Dictionary<int, double> scores)
    {
        var (products, squares, pairs) = (0.0, 0.0, 0);
        foreach (var (day, score) in scores)
        {
            squares += score * score;
            if (scores.TryGetValue(day - 1, out var before))
            {
                products += score * before;
                pairs++;
            }
        }

        return pairs == 0 || squares == 0 ? 0 : Math.Clamp(products / pairs / (squares / scores.Count), 0, 0.9);
    }

    private static (double Correlation, int Days) Correlation(Dictionary<int, double> a, Dictionary<int, double> b)
    {
        var (products, first, second, days) = (0.0, 0.0, 0.0, 0);
        foreach (var (day, x) in a)
        {
            if (b.TryGetValue(day, out var y))
            {
                products += x * y;
                first += x * x;
                second += y * y;
                days++;
            }
        }

        return first * second == 0 ? (0, 0) : (products / Math.Sqrt(first * second), days);
    }

    /// <summary>Share of the variance of a day's error that its day factor makes up; the rest is the mean of an AR(1) over the day's intervals.</summary>
    private static double DayShare(JointSeries series)
    {
        var (n, rho, day) = (series.IntervalsPerDay, series.Dependence.Autocorrelation, series.Dependence.DayFactor);
        if (n == 1)
        {
            return 1;
        }

        var (within, power) = ((double)n, 1.0);
        for (var lag = 1; lag < n; lag++)
        {
            power *= rho;
            within += 2 * (n - lag) * power;
        }

        return day > 0 ? day / (day + ((1 - day) * within / (n * (double)n))) : 0;
    }

    /// <summary>Two series.</summary>
    /// <param name="First">The later in order.</param>
    /// <param name="Second">The earlier.</param>
    /// <param name="Carried">Share of the correlation of their days that a correlation of 1 of their day factors makes up.</param>
    /// <param name="Correlation">Correlation of their days.</param>
    /// <param name="Variance">Variance of it by chance.</param>
    private readonly record struct Pair(int First, int Second, double Carried, double Correlation, double Variance);
}
