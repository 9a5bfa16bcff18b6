namespace Wfm.Forecasting.Accuracy;

internal static class ScoringGuard
{
    public static void SameLength(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        if (actual.Length != forecast.Length || actual.IsEmpty)
        {
            throw new ArgumentException(
                $"There are {actual.Length} observations and {forecast.Length} forecasts; they must pair up, at least one.", nameof(forecast));
        }
    }
}
