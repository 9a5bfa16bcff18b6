using System.Globalization;
using Wfm.Api.Hosting;

namespace Wfm.Api.Features.Forecasts;

/// <summary>Cursors over the intervals of a stored curve.</summary>
internal static class IntervalPages
{
    /// <summary>The interval a page begins with. 422 when the cursor was not made here.</summary>
    public static int First(string? after) => Paging.Key(after) is not { } key ? 0
        : int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last < int.MaxValue ? last + 1
        : throw ProblemException.Semantic("after", $"after must be the next of an earlier page, '{after}' is not.");
}
