namespace Wfm.Forecasting.Numerics;

/// <summary>Sample statistics on spans.</summary>
internal static class Statistics
{
    private const int Few = 32; // that sorting is as fast for

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

    /// <summary>Median of numbers, none of them NaN; changes their order.</summary>
    public static double MedianInPlace(Span<double> values)
    {
        if (values.IsEmpty)
        {
            return double.NaN;
        }

        var middle = values.Length / 2;
        if (values.Length <= Few)
        {
            values.Sort();
            return values.Length % 2 == 1 ? values[middle] : (0.5 * values[middle - 1]) + (0.5 * values[middle]);
        }

        var upper = Select(values, middle);
        return values.Length % 2 == 1 ? upper : (0.5 * MaximumOf(values[..middle])) + (0.5 * upper);
    }

    /// <summary>Brings the value of a rank to its place: lesser ones lie before it, greater ones after it.</summary>
    /// <remarks>Source: Hoare, “Algorithm 65: find”, <i>Communications of the ACM</i> 4 (1961), with the median of three as pivot.</remarks>
    private static double Select(Span<double> values, int rank)
    {
        var (low, high) = (0, values.Length - 1);
        while (low < high)
        {
            var (a, b, c) = (values[low], values[(low + high) / 2], values[high]);
            var pivot = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (rank <= j)
            {
                high = j;
            }
            else if (rank >= i)
            {
                low = i;
            }
            else
            {
                break;
            }
        }

        return values[rank];
    }

    private static double MaximumOf(ReadOnlySpan<double> values)
    {
        var maximum = values[0];
        foreach (var value in values)
        {
            maximum = Math.Max(maximum, value);
        }

        return maximum;
    }

    public static double Median(ReadOnlySpan<double> values) => MedianInPlace(values.ToArray());

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

        return 1.4826 * MedianInPlace(deviations);
    }
}
