namespace Wfm.Forecasting.Combination;

/// <summary>Ranges of days ahead in which errors are alike: day 1, 2–3, 4–7, 8–14, 15–28, 29 and later.</summary>
/// <param name="slotsPerWeek">Steps in a week.</param>
/// <param name="daysPerStep">Days a step spans on grids longer than a day, otherwise 1.</param>
internal sealed class HorizonBuckets(double slotsPerWeek, double daysPerStep)
{
    private static readonly int[] LastDays = [1, 3, 7, 14, 28, int.MaxValue];

    /// <summary>Steps in a day, at least 1.</summary>
    public double StepsPerDay { get; } = Math.Max(1, slotsPerWeek / 7);

    public static int Count => LastDays.Length;

    public static int FirstDay(int bucket) => bucket == 0 ? 1 : LastDays[bucket - 1] + 1;

    public static int LastDay(int bucket) => LastDays[bucket];

    /// <summary>Day ahead in which a step falls, from 1; the last day of a step longer than a day.</summary>
    /// <param name="step">Step from 0.</param>
    public int DayOf(int step) => daysPerStep > 1 ? (int)((step + 1) * daysPerStep) : (int)(step * 7 / slotsPerWeek) + 1;

    /// <summary>Range in which a step falls.</summary>
    /// <param name="step">Step from 0.</param>
    public int BucketOf(int step)
    {
        var (day, bucket) = (DayOf(step), 0);
        while (day > LastDays[bucket])
        {
            bucket++;
        }

        return bucket;
    }

    /// <summary>Ranges the first <paramref name="horizon"/> steps reach over.</summary>
    public int CountOver(int horizon) => BucketOf(horizon - 1) + 1;
}
