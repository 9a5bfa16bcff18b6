namespace Wfm.Forecasting.Models;

/// <summary>A model of weeks without their season of the year; the season, by date, is put back on its forecast.</summary>
/// <param name="inner">A model that needs no season.</param>
/// <param name="years">Seasons of the series, one for each stretch of it.</param>
internal sealed class ByDate(IForecastModel inner, YearsByDate years) : IForecastModel
{
    /// <summary>What the names of these models end in.</summary>
    public const string Suffix = "-by-date";

    /// <inheritdoc/>
    public string Name => inner.Name + Suffix;

    /// <inheritdoc/>
    public bool IsRefitted => inner.IsRefitted;

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => inner.MinimumLength([]);

    /// <inheritdoc/>
    public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        var season = years.UpTo(y);
        return new Fitted(inner.Fit(season.Adjusted, []), season.Year, y.Length);
    }

    /// <inheritdoc/>
    public IFittedModel Resume(double[] parameters, ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        var season = years.UpTo(y);
        return new Fitted(inner.Resume(parameters, season.Adjusted, []), season.Year, y.Length);
    }

    private sealed record Fitted(IFittedModel Inner, YearByDate Year, int Length) : IFittedModel
    {
        public double[] Parameters => Inner.Parameters;

        public void Forecast(Span<double> mean)
        {
            Inner.Forecast(mean);
            for (var h = 0; h < mean.Length; h++)
            {
                mean[h] *= Year.At(Length + h);
            }
        }
    }
}
