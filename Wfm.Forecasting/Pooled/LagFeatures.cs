namespace Wfm.Forecasting.Pooled;

/// <summary>What <see cref="PooledLags"/> reads: a step's own past at whole days and weeks, against the mean of the same hour a day and a week back.</summary>
internal static class LagFeatures
{
    /// <summary>Numbers in a row.</summary>
    public const int Width = 22;

    /// <summary>What the trees add to.</summary>
    public static double BaseOf(SeriesView view, int step) => (view.DaysBack(step, 1) + view.WeeksBack(step, 1)) / 2;

    /// <summary>Writes the features of a step.</summary>
    /// <param name="row"><see cref="Width"/> cells.</param>
    public static void Write(SeriesView view, int step, Span<float> row)
    {
        var usual = BaseOf(view, step);
        row[0] = step + 1;
        row[1] = view.DayOf(step);
        row[2] = view.Scaled(view.DaysBack(step, 1) - usual);
        row[3] = view.Scaled(view.DaysBack(step, 2) - usual);
        row[4] = view.Scaled(view.DaysBack(step, 3) - usual);
        row[5] = view.Scaled(view.WeeksBack(step, 2) - usual);
        row[6] = view.Scaled(view.WeeksBack(step, 3) - usual);
        row[7] = view.Scaled(view.WeeksBack(step, 4) - usual);
        row[8] = view.Scaled(((view.DaysBack(step, 1, -1) + view.DaysBack(step, 1, 1)) / 2) - usual);
        row[9] = view.Scaled(((view.WeeksBack(step, 1, -1) + view.WeeksBack(step, 1, 1)) / 2) - usual);
        row[10] = view.Scaled(view.DaysMean(step, 7) - usual);
        row[11] = view.Scaled(view.WeeksMean(step) - usual);
        row[12] = (float)view.LastValue;
        row[13] = (float)view.LastHours;
        row[14] = (float)view.LastDay;
        row[15] = (float)view.LastWeek;
        row[16] = view.Scaled(usual - view.Mean);
        row[17] = view.Scaled(view.Mean);
        row[18] = (float)view.Spread;
        row[19] = (float)view.DayPeriodicity;
        row[20] = (float)view.WeekPeriodicity;
        row[21] = view.Scaled(view.WeeksBack(step, 1) - view.WeeksBack(step, 2));
    }
}
