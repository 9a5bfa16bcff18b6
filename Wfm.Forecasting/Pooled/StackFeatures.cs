namespace Wfm.Forecasting.Pooled;

/// <summary>What <see cref="PooledStack"/> reads: what local models say of a step, its past at whole weeks, and the clock.</summary>
internal static class StackFeatures
{
    private const int Own = 25;

    /// <summary>Numbers in a row.</summary>
    public static int Width => Own + LocalForecasts.Models.Count - 1;

    /// <summary>Writes the features of a step.</summary>
    /// <param name="row"><see cref="Width"/> cells.</param>
    public static void Write(SeriesView view, LocalForecasts locals, int step, Span<float> row)
    {
        var usual = locals.BaseOf(step);
        for (var w = 1; w <= 4; w++)
        {
            row[w - 1] = view.Scaled(view.WeeksBack(step, w) - usual);
        }

        row[4] = view.Scaled(view.WeeksMean(step) - usual);
        row[5] = view.Scaled(view.DaysBack(step, 1) - usual);
        row[6] = view.Scaled(view.DaysMean(step, 7) - usual);
        row[7] = step + 1;
        row[8] = (float)view.DaysAhead(step);
        row[9] = (float)view.LastHours;
        row[10] = (float)view.LastDay;
        row[11] = (float)view.LastWeek;
        row[12] = view.Scaled(usual - view.Mean);
        row[13] = view.Scaled(view.Mean);
        row[14] = (float)view.Spread;
        row[15] = (float)view.WeekPeriodicity;
        row[16] = (float)(view.LastYear(step) * usual / view.Unit);
        var (day, week) = (2 * Math.PI * view.DayFraction(step), 2 * Math.PI * view.WeekFraction(step));
        (row[17], row[18]) = ((float)Math.Sin(day), (float)Math.Cos(day));
        (row[19], row[20]) = ((float)Math.Sin(2 * day), (float)Math.Cos(2 * day));
        (row[21], row[22]) = ((float)Math.Sin(week), (float)Math.Cos(week));
        (row[23], row[24]) = ((float)Math.Sin(2 * week), (float)Math.Cos(2 * week));
        for (var m = 1; m < LocalForecasts.Models.Count; m++)
        {
            row[Own + m - 1] = view.Scaled(locals.Of(m, step) - usual);
        }
    }
}
