namespace Wfm.Scheduling.Scoring;

/// <summary>Costs inside the search: whole numbers kept in doubles, so that sums are exact in any order and increments never drift.</summary>
/// <remarks>
/// Coverage is counted in minutes × percent of proficiency: a head-hour has 6,000. Costs per head-hour are counted to 1/1000, so a cost of 1
/// is 6,000,000. Exact as long as the total stays below 2^53, some 1.5 billion head-hours at cost 1.
/// </remarks>
internal static class Money
{
    public const double HeadHour = 6_000;

    public const double Unit = HeadHour * 1_000;

    /// <summary>A cost per head-hour as the cost of one minute × percent.</summary>
    public static double Slope(double costPerHeadHour) => Math.Round(costPerHeadHour * 1_000);

    /// <summary>A cost per hour as the cost of one minute.</summary>
    public static double PerMinute(double costPerHour) => Math.Round(costPerHour * 1_000) * (HeadHour / 60);

    /// <summary>A plain cost.</summary>
    public static double Of(double cost) => Math.Round(cost * 1_000) * HeadHour;
}
