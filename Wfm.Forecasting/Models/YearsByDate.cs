using System.Collections.Concurrent;
using NodaTime;

namespace Wfm.Forecasting.Models;

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
