namespace Wfm.Forecasting.Accuracy;

/// <summary>Share of observations inside their interval, bounds included.</summary>
public static class Coverage
{
    /// <summary>Scores an interval; missing observations (NaN) are left out.</summary>
    /// <param name="actual">Observations.</param>
    /// <param name="lower">Lower bounds.</param>
    /// <param name="upper">Upper bounds.</param>
    /// <returns>A fraction; 1 when nothing was observed.</returns>
    public static double Of(ReadOnlySpan<double> actual, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        ScoringGuard.SameLength(actual, lower);
        ScoringGuard.SameLength(actual, upper);
        var (inside, count) = (0, 0);
        for (var i = 0; i < actual.Length; i++)
        {
            if (!double.IsNaN(actual[i]))
            {
                inside += actual[i] >= lower[i] && actual[i] <= upper[i] ? 1 : 0;
                count++;
            }
        }

        return count == 0 ? 1 : inside / (double)count;
    }
}
