using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Calendar;

/// <summary>Possible volumes while a surge runs: what usually comes, and what the surge brings on top of it.</summary>
/// <remarks>
/// Excess of an interval ~ Poisson(mean · level of the path · (multiplier − 1)); the level is what the path brings over all intervals ÷ what is expected. Path
/// p takes the course at the p-th place of the van der Corput sequence in base 2, so that any first few paths have small and large courses alike, and several
/// queues are small or large together: they share one event. Source of the sequence: Niederreiter, <i>Random Number Generation and Quasi-Monte Carlo
/// Methods</i>, §3.1.
/// </remarks>
public static class CrisisPaths
{
    private const double Large = 50; // from there on the normal distribution is as good

    /// <summary>Puts a surge on top of paths.</summary>
    /// <param name="usual">What comes without it, [path][interval], not negative.</param>
    /// <param name="mean">What is expected without it, per interval; 0 where closed.</param>
    /// <param name="courses">Volume ÷ usual volume, [course][interval], at least 1; the smallest course first (<see cref="CrisisFit.Courses"/>).</param>
    /// <param name="seed">The same seed gives the same paths.</param>
    /// <returns>[path][interval]; the excess is whole numbers.</returns>
    /// <exception cref="ArgumentException">Lengths that differ, or no course.</exception>
    public static double[][] Over(double[][] usual, double[] mean, double[][] courses, int seed)
    {
        ArgumentNullException.ThrowIfNull(usual);
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(courses);
        if (courses.Length == 0)
        {
            throw new ArgumentException("There must be at least one course.", nameof(courses));
        }

        if (Array.Find(courses, c => c.Length != mean.Length) is { } course)
        {
            throw new ArgumentException($"A course has {course.Length} intervals, {mean.Length} are expected.", nameof(courses));
        }

        if (Array.Find(usual, p => p.Length != mean.Length) is { } path)
        {
            throw new ArgumentException($"A path has {path.Length} intervals, {mean.Length} are expected.", nameof(usual));
        }

        return [.. usual.Select((p, i) => Over(p, mean, courses[Place(i, courses.Length)], new PortableRandom(seed, i)))];
    }

    /// <summary>The course that a path takes.</summary>
    /// <param name="path">Number of the path, from 0.</param>
    /// <param name="courses">How many there are.</param>
    internal static int Place(int path, int courses)
    {
        var (place, half) = (0.0, 0.5);
        for (var rest = path + 1; rest > 0; rest >>= 1, half /= 2) // from 1: the sequence begins at the lowest course else
        {
            if ((rest & 1) == 1) place += half;
        }

        return (int)(place * courses);
    }

    private static double[] Over(double[] usual, double[] mean, double[] course, PortableRandom random)
    {
        var expected = mean.Sum();
        var level = expected > 0 ? usual.Sum() / expected : 0;
        var volume = new double[usual.Length];
        for (var i = 0; i < volume.Length; i++) volume[i] = usual[i] + Poisson(mean[i] * level * Math.Max(0, course[i] - 1), ref random);
        return volume;
    }

    private static double Poisson(double mean, ref PortableRandom random)
    {
        if (!(mean > 0)) return 0;
        var normal = random.NextNormal();
        if (mean > Large) return Math.Max(0, Math.Round(mean + (normal * Math.Sqrt(mean))));
        var (u, probability, count) = (NormalDistribution.Cumulative(normal), Math.Exp(-mean), 0);
        for (var cumulative = probability; u > cumulative && count < 10 * Large; cumulative += probability) probability *= mean / ++count;
        return count;
    }
}
