namespace Wfm.Forecasting.Models;

/// <summary>The checks every model makes of its observations.</summary>
internal static class ModelGuard
{
    public static void Check(IForecastModel model, ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        var needed = model.MinimumLength(seasonLengths);
        if (y.Length < needed)
        {
            throw new ForecastDataException($"{model.Name} needs at least {needed} observations, the series has {y.Length}.");
        }

        for (var i = 0; i < y.Length; i++)
        {
            if (!double.IsFinite(y[i]))
            {
                throw new ForecastDataException($"The observation at index {i} is not finite. Maybe fill the gaps first (GapFilling).");
            }
        }
    }

    /// <summary>The longest season of which the history holds at least <paramref name="cycles"/> cycles; 1 without any.</summary>
    public static int LongestSeason(int length, ReadOnlySpan<int> seasonLengths, double cycles)
    {
        for (var i = seasonLengths.Length - 1; i >= 0; i--)
        {
            if (length >= cycles * seasonLengths[i])
            {
                return seasonLengths[i];
            }
        }

        return 1;
    }
}
