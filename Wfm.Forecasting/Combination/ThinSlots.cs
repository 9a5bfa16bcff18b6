namespace Wfm.Forecasting.Combination;

/// <summary>Brings the forecast of thin slots into what came in them: models that are smooth over the day spill some of it into the night, and what would be
/// below zero counts as zero.</summary>
/// <remarks>Of slots in which less than a contact comes. What came in a slot and its neighbours in the last weeks is a Poisson count; a forecast that lies
/// outside of one standard error of it is brought to the nearer end.</remarks>
internal static class ThinSlots
{
    private const int Weeks = 12;
    private const int Neighbours = 3; // on either side: a single slot tells next to nothing

    /// <summary>Leans a forecast, in place.</summary>
    /// <param name="mean">Mean of the steps ahead.</param>
    /// <param name="y">Counts, complete.</param>
    /// <param name="week">Slots in a week.</param>
    public static void Lean(Span<double> mean, ReadOnlySpan<double> y, int week)
    {
        var forecast = mean.ToArray();
        for (var h = 0; h < mean.Length; h++)
        {
            mean[h] = forecast[h] < 1 ? Leant(forecast, h, y, week) : forecast[h];
        }
    }

    private static double Leant(double[] forecast, int h, ReadOnlySpan<double> y, int week)
    {
        var (expected, came, slots) = (0.0, 0.0, 0);
        for (var step = Math.Max(0, h - Neighbours); step <= Math.Min(forecast.Length - 1, h + Neighbours); step++)
        {
            var (sum, weeks) = (0.0, 0);
            for (var t = y.Length + (step % week) - week; t >= 0 && weeks < Weeks; t -= week)
            {
                sum += y[t];
                weeks++;
            }

            if (sum < weeks && forecast[step] < 1)
            {
                came += sum;
                expected += weeks * Math.Max(0, forecast[step]);
                slots += weeks;
            }
            else if (step == h)
            {
                return forecast[h]; // not thin
            }
        }

        var mean = Math.Max(0, forecast[h]);
        if (slots == 0)
        {
            return mean;
        }

        var error = Math.Sqrt(came + 1);
        return expected > 0 ? mean * Math.Clamp(expected, Math.Max(0, came - error), came + error) / expected : came / slots;
    }
}
