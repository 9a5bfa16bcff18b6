using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Series;

/// <summary>Tells whether a series has fallen silent: a channel closed, a queue moved elsewhere.</summary>
/// <remarks>Zeros to the end, for a week at least and twice as long as there ever were before, where what was usual would have brought volume that chance
/// cannot leave out. A series that is silent each year for months has been so before, and is left to the models.</remarks>
internal static class SilenceDetection
{
    private const int Weeks = 4; // that say what was usual
    private const double LeastExpected = 20; // contacts: a Poisson count of this mean is 0 with a probability of 2e-9
    private const int LongerThanBefore = 2;

    /// <summary>Looks at the end of a series.</summary>
    /// <param name="observed">Observations of 0 or more, NaN where missing.</param>
    /// <param name="week">Observations in a week; below 2 nothing is found.</param>
    /// <returns>The first of the zeros; the length where there is no silence.</returns>
    public static int Start(ReadOnlySpan<double> observed, int week)
    {
        var start = observed.LastIndexOfAnyInRange(double.Epsilon, double.MaxValue) + 1;
        var run = observed.Length - start;
        if (week < 2 || run < week || start < Weeks * week)
        {
            return observed.Length;
        }

        var zeros = observed[start..].Count(0);
        var expected = zeros * Statistics.MeanOfPresent(observed[(start - (Weeks * week))..start]);
        return 2 * zeros >= run && expected >= LeastExpected && LongerThanBefore * LongestBefore(observed[..start]) <= run ? start : observed.Length;
    }

    private static int LongestBefore(ReadOnlySpan<double> observed)
    {
        var (longest, current) = (0, 0);
        foreach (var value in observed)
        {
            current = value == 0 ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }

        return longest;
    }
}
