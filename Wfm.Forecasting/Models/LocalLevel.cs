namespace Wfm.Forecasting.Models;

/// <summary>An exponentially smoothed level around zero: ℓ(t) = ℓ(t−1) + α·(u(t) − ℓ(t−1)), ℓ = 0 at the start.</summary>
internal static class LocalLevel
{
    /// <summary>The level after each observation.</summary>
    public static double[] Of(ReadOnlySpan<double> values, double alpha)
    {
        var levels = new double[values.Length];
        var level = 0.0;
        for (var t = 0; t < levels.Length; t++)
        {
            level += alpha * (values[t] - level);
            levels[t] = level;
        }

        return levels;
    }

    /// <summary>Takes from each observation the level before it.</summary>
    /// <returns>The level after the last.</returns>
    public static double Remove(Span<double> values, double alpha)
    {
        var level = 0.0;
        for (var t = 0; t < values.Length; t++)
        {
            var error = values[t] - level;
            level += alpha * error;
            values[t] = error;
        }

        return level;
    }
}
