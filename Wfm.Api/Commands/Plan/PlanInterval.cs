namespace Wfm.Api.Commands.Plan;

/// <summary>The length of a series' intervals, found from how far apart its rows are.</summary>
internal static class PlanInterval
{
    private const int Day = 1440;
    private const int OfOneRow = 30;
    private const double Stray = 0.05; // rows beside the grid are refused one by one as long as they are no more than this share

    public static readonly int[] Known = [5, 10, 15, 20, 30, 60, Day];

    /// <summary>Minutes; null when no known interval fits, with the gap there is.</summary>
    /// <param name="minutes">Starts in minutes from any origin, in any order, repeats among them.</param>
    /// <param name="areDays">Whether every row names a day without a time.</param>
    public static (int? Minutes, double Gap) Of(IEnumerable<double> minutes, bool areDays)
    {
        double[] starts = [.. minutes.Distinct().Order()];
        double[] gaps = [.. starts.Zip(starts.Skip(1), (a, b) => b - a).Order()];
        if (gaps.Length == 0 || areDays)
        {
            return (areDays ? Day : OfOneRow, 0);
        }

        var gap = gaps[(int)Math.Min(gaps.Length - 1, Math.Ceiling(gaps.Length * Stray))];
        gap = gaps.Length < 1 / Stray ? gaps[0] : gap;
        return gap is >= 1380 and <= 1500 ? (Day, gap) : (Known.Where(k => Math.Abs(k - gap) < 1e-6).Select(k => (int?)k).FirstOrDefault(), gap);
    }
}
