namespace Wfm.Forecasting.Combination;

/// <summary>Leans the forecast of thin slots on what came in them: models that are smooth over the day spill some of it into the night, and what would be below
/// zero counts as zero.</summary>
/// <remarks>Of less than a contact a slot. The posterior mean of a gamma belief about the rate that is worth <see cref="BeliefSlots"/> slots, and Poisson
/// counts; it fades out towards a contact, where models are better. Source: Gelman et al., <i>Bayesian Data Analysis</i>, 3rd ed., §2.6.</remarks>
internal static class ThinSlots
{
    private const int Weeks = 12;
    private const double BeliefSlots = 2;
    private const double LargestForecast = 2; // of slots in which less than one came

    /// <summary>Leans a forecast, in place.</summary>
    /// <param name="mean">Mean of the steps ahead, 0 or more where thin.</param>
    /// <param name="y">Counts, complete.</param>
    /// <param name="week">Slots in a week.</param>
    public static void Lean(Span<double> mean, ReadOnlySpan<double> y, int week)
    {
        for (var h = 0; h < mean.Length; h++)
        {
            var forecast = Math.Max(0, mean[h]);
            if (forecast >= LargestForecast)
            {
                continue;
            }

            var (sum, count) = (0.0, 0);
            for (var t = y.Length + (h % week) - week; t >= 0 && count < Weeks; t -= week)
            {
                sum += y[t];
                count++;
            }

            var rate = count > 0 ? sum / count : 1;
            var thin = Math.Max(0, 1 - Math.Max(forecast / LargestForecast, rate));
            mean[h] = forecast + (thin * count / (count + BeliefSlots) * (rate - forecast));
        }
    }
}
