using System.Collections.Concurrent;
using NodaTime;

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

/// <summary>The seasons by date of one series, learned once for every stretch that is asked for.</summary>
/// <param name="first">Monday of the first week.</param>
internal sealed class YearsByDate(LocalDate first)
{
    private readonly ConcurrentDictionary<int, (YearByDate Year, double[] Adjusted)> _known = [];

    /// <summary>Season and weeks without it.</summary>
    /// <param name="y">The series up to an origin: of one length there is one.</param>
    public (YearByDate Year, double[] Adjusted) UpTo(ReadOnlySpan<double> y)
    {
        if (_known.TryGetValue(y.Length, out var known))
        {
            return known;
        }

        var year = YearByDate.Of(y, first);
        var adjusted = y.ToArray();
        for (var t = 0; t < adjusted.Length && year.Level.Length > 0; t++)
        {
            var factor = year.At(t);
            adjusted[t] = factor >= YearByDate.Quiet ? y[t] / factor : year.Level[t];
        }

        return _known[y.Length] = (year, adjusted);
    }
}
