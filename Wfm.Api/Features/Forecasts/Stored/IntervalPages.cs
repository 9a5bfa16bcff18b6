using System.Globalization;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Forecasts.Stored;

/// <summary>Pages over the intervals of a stored curve.</summary>
internal static class IntervalPages
{
    /// <summary>The intervals of a curve that start in [from, to), a page of them from the cursor on.</summary>
    /// <param name="span">Where the curve lies in time.</param>
    /// <param name="map">The item of an interval, from its index and its start.</param>
    /// <exception cref="ProblemException">422 when the cursor was not made here.</exception>
    public static Page<T> Of<T>(
        GridSpan span, QueryInstant? from, QueryInstant? to, int limit, string? after, Func<int, Instant, T> map)
    {
        var first = First(after);
        var chosen = Enumerable.Range(first, Math.Max(0, span.Count - first)).Select(i => (Index: i, Start: span.StartOf(i)))
            .Where(x => (from is null || x.Start >= from.Value.Value) && (to is null || x.Start < to.Value.Value)).Take(limit + 1).ToList();
        return chosen.ToPage(limit, x => x.Index.ToString(CultureInfo.InvariantCulture), x => map(x.Index, x.Start));
    }

    private static int First(string? after) => Paging.Key(after) is not { } key ? 0
        : int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last < int.MaxValue ? last + 1
        : throw ProblemException.Semantic("after", $"after must be the next of an earlier page, '{after}' is not.");
}
