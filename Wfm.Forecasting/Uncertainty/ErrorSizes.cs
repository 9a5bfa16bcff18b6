using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Uncertainty;

/// <summary>How the size of errors moves over time: some weeks are harder to forecast than others, and the weeks to come may be like those that were not
/// seen.</summary>
internal sealed class ErrorSizes
{
    private const int Week = 7;
    private const int FewestWeeks = 4; // fewer say nothing about how weeks differ
    private const double NormalVariance = (Math.PI / 2) - 1; // of |x| ÷ its squared mean, of a normal x: what a draw adds
    private const int RecentDays = 14;
    private const double DaysAlike = 3; // neighbouring days that say the same
    private const double Chance = 2; // standard errors that recent days may be off by chance

    /// <summary>Looks at errors.</summary>
    /// <param name="errors">With the days they fell on.</param>
    /// <param name="relative">The errors divided by their scale.</param>
    public ErrorSizes(IReadOnlyList<BacktestError> errors, double[] relative)
    {
        var days = Days(errors, relative);
        double[] weeks = [.. Enumerable.Range(0, days.Length / Week).Select(w => Statistics.Mean(days.AsSpan(w * Week, Week)))];
        var variation = weeks.Length < FewestWeeks ? 0 : VariationOf(Statistics.Mean(weeks), weeks);
        Draws = variation > 0 ? NormalVariance * weeks.Length / variation : double.PositiveInfinity;
        Recent = Math.Sqrt(RecentOf(days)); // models have learned from these days since
    }

    /// <summary>Independent draws that the errors are worth where some weeks are harder than others: above 0.</summary>
    public double Draws { get; }

    /// <summary>Mean size in the last days ÷ the mean size before, less what may be chance: at least 1.</summary>
    public double Recent { get; }

    /// <summary>Mean size by day that was forecast, ascending; without errors that a change of level explains.</summary>
    private static double[] Days(IReadOnlyList<BacktestError> errors, double[] relative)
    {
        var sums = new SortedDictionary<int, (double Sum, int Count)>();
        for (var i = 0; i < relative.Length; i++)
        {
            if (errors[i].IsAcross)
            {
                continue;
            }

            var (sum, count) = sums.GetValueOrDefault(errors[i].Day);
            sums[errors[i].Day] = (sum + Math.Abs(relative[i]), count + 1);
        }

        return [.. sums.Values.Select(day => day.Sum / day.Count)];
    }

    private static double RecentOf(double[] days)
    {
        var recent = Math.Min(RecentDays, days.Length / 4);
        if (recent < DaysAlike)
        {
            return 1;
        }

        var before = days.AsSpan(..^recent);
        var last = Statistics.Mean(days.AsSpan(^recent..));
        var mean = Statistics.Mean(before);
        var chance = Math.Sqrt(VariationOf(mean, before) * DaysAlike / recent);
        return mean > 0 ? Math.Max(1, last / mean / (1 + (Chance * chance))) : 1;
    }

    /// <summary>Squared coefficient of variation.</summary>
    private static double VariationOf(double mean, ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += (value - mean) * (value - mean);
        }

        return mean > 0 && values.Length > 1 ? sum / (values.Length - 1) / (mean * mean) : 0;
    }
}
