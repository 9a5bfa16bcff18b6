using MathNet.Numerics.Statistics;

namespace Wfm.Forecasting.Numerics;

/// <summary>Sample statistics on spans.</summary>
internal static class Statistics
{
    public static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    /// <summary>Mean of the values that are not NaN; NaN without any.</summary>
    public static double MeanOfPresent(ReadOnlySpan<double> values)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                sum += value;
                count++;
            }
        }

        return count == 0 ? double.NaN : sum / count;
    }

    /// <summary>Median of a few numbers; sorts the span.</summary>
    public static double MedianInPlace(Span<double> values)
    {
        if (values.IsEmpty)
        {
            return double.NaN;
        }

        values.Sort();
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (0.5 * values[middle - 1]) + (0.5 * values[middle]);
    }

    /// <summary>Median of any number of values, none of them NaN, in linear time.</summary>
    public static double Median(ReadOnlySpan<double> values) => ArrayStatistics.MedianInplace(values.ToArray());

    /// <summary>Quantile of sorted values by linear interpolation (R type 7).</summary>
    public static double SortedQuantile(ReadOnlySpan<double> sorted, double level)
    {
        var position = level * (sorted.Length - 1);
        var below = (int)Math.Floor(position);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>Median absolute deviation times 1.4826: the standard deviation of normal data.</summary>
    public static double RobustDeviation(ReadOnlySpan<double> values, double centre)
    {
        var deviations = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            deviations[i] = Math.Abs(values[i] - centre);
        }

        return 1.4826 * ArrayStatistics.MedianInplace(deviations);
    }
}
