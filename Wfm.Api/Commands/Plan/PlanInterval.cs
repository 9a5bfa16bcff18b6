namespace Wfm.Api.Commands.Plan;

/// <summary>The length of a series' intervals, found from how far apart its rows are.</summary>
internal static class PlanInterval
{
    private const int Day = 1440;
    private const int OfOneRow = 30;
    private const double Stray = 0.05; // gaps that make no larger a share come of single rows beside the grid, which are refused one by one
    private const int Few = 2; // of so few gaps each counts

    public static readonly int[] Known = [5, 10, 15, 20, 30, 60, Day];

    /// <summary>The smallest known interval between neighbours that is no stray one.</summary>
    /// <param name="minutes">Starts in minutes from any origin, in any order, repeats among them.</param>
    /// <param name="areDays">Whether every row names a day without a time.</param>
    /// <returns>Minutes; null when no known interval fits, with the commonest gap in minutes.</returns>
    public static (int? Minutes, double Gap) Of(IEnumerable<double> minutes, bool areDays)
    {
        double[] starts = [.. minutes.Distinct().Order()];
        double[] gaps = [.. starts.Zip(starts.Skip(1), (a, b) => Nominal(b - a))];
        if (gaps.Length == 0 || areDays)
        {
            return (areDays ? Day : OfOneRow, 0);
        }

        var common = gaps.GroupBy(g => g).Where(g => gaps.Length <= Few || (g.Count() > 1 && g.Count() > Stray * gaps.Length)).Select(g => g.Key).ToHashSet();
        var commonest = gaps.GroupBy(g => g).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First().Key;
        return Known.Where(k => common.Contains(k)).Select(k => ((int?)k, (double)k)).DefaultIfEmpty((null, commonest)).First();
    }

    /// <summary>Days are 23 or 25 hours long where the clocks change.</summary>
    private static double Nominal(double gap) => gap is >= 1380 and <= 1500 ? Day : Math.Round(gap, 6);
}
