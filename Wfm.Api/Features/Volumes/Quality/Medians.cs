namespace Wfm.Api.Features.Volumes.Quality;

/// <summary>Median and spread that a few wild values cannot move.</summary>
internal static class Medians
{
    /// <summary>Half of a normal distribution lies within 0.6745 standard deviations, so MAD ÷ 0.6745 estimates one. Source: Hampel (1974), “The influence
    /// curve”.</summary>
    private const double NormalQuartile = 0.6744897501960817;

    /// <summary>NaN when there is no value. Reorders the values.</summary>
    public static double Of(Span<double> values)
    {
        if (values.IsEmpty)
        {
            return double.NaN;
        }

        values.Sort();
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /// <summary>Standard deviation of the bulk: median distance from the median ÷ 0.6745. Overwrites the values.</summary>
    public static double Spread(Span<double> values, double median)
    {
        foreach (ref var value in values)
        {
            value = Math.Abs(value - median);
        }

        return Of(values) / NormalQuartile;
    }
}
