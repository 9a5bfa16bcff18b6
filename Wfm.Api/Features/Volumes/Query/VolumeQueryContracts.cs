using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace Wfm.Api.Features.Volumes.Query;

/// <summary>What arrived in one interval, or in several rolled up into one.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="IntervalStart">Start of the half-open interval; days and weeks start at the hub's local midnight (weeks on Monday).</param>
/// <param name="IntervalMinutes">Nominal length; a local day has 1,380 to 1,500 real minutes where the clocks change.</param>
/// <param name="Intervals">Rows of the series rolled up in it; fewer than the interval holds where some are missing.</param>
/// <param name="Offered">Contacts that arrived.</param>
/// <param name="Handled">Contacts finished; null when no row says.</param>
/// <param name="HandleTimeSeconds">Total seconds of work on handled contacts; null when no row says.</param>
/// <param name="Abandoned">Contacts that gave up; null when no row says.</param>
/// <param name="Backlog">Contacts open at the end of the interval (of the last row that says); null when no row says.</param>
public sealed record VolumeInterval(
    string Queue,
    string Hub,
    Instant IntervalStart,
    int IntervalMinutes,
    int Intervals,
    double Offered,
    double? Handled,
    double? HandleTimeSeconds,
    double? Abandoned,
    double? Backlog);

/// <summary>Which volumes, in which form.</summary>
/// <param name="Queue">Code of a queue; all when absent.</param>
/// <param name="Hub">Code of a hub; all that the key may touch when absent.</param>
/// <param name="From">First instant, such as 2026-11-02T00:00:00Z; from the beginning when absent.</param>
/// <param name="To">Instant before which intervals start; to the end when absent.</param>
/// <param name="Interval">
/// Minutes to roll up to: 30, 60, 1440 for local days, 10080 for local weeks from Monday; the series' own when absent. Only days and weeks go back to the time
/// before the months that are kept by the interval.
/// </param>
/// <param name="Limit">Intervals a page, 1 to 1,000, 100 when absent; JSON alone.</param>
/// <param name="After">The next of the page before.</param>
/// <param name="Format">json or csv; by the Accept header when absent.</param>
public sealed record VolumeQueryParameters(
    [FromQuery(Name = "queue")] string? Queue,
    [FromQuery(Name = "hub")] string? Hub,
    [FromQuery(Name = "from")] string? From,
    [FromQuery(Name = "to")] string? To,
    [FromQuery(Name = "interval")] int? Interval,
    [FromQuery(Name = "limit")] int? Limit,
    [FromQuery(Name = "after")] string? After,
    [FromQuery(Name = "format")] string? Format);

/// <summary>Which series.</summary>
/// <param name="Queue">Code of a queue; all when absent.</param>
/// <param name="Hub">Code of a hub; all that the key may touch when absent.</param>
/// <param name="Limit">Series a page, 1 to 1,000, 100 when absent.</param>
/// <param name="After">The next of the page before.</param>
public sealed record SeriesListParameters(
    [FromQuery(Name = "queue")] string? Queue,
    [FromQuery(Name = "hub")] string? Hub,
    [FromQuery(Name = "limit")] int? Limit,
    [FromQuery(Name = "after")] string? After);

/// <summary>A queue at a hub and what is known of it.</summary>
/// <param name="Id">Number of the series.</param>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="IntervalMinutes">Length of its intervals in minutes: 5, 10, 15, 20, 30, 60 or 1440.</param>
/// <param name="FirstInterval">Start of its first interval; null while it has none.</param>
/// <param name="LastInterval">Start of its last interval; null while it has none.</param>
/// <param name="Count">Intervals with figures.</param>
public sealed record SeriesResponse(int Id, string Queue, string Hub, int IntervalMinutes, Instant? FirstInterval, Instant? LastInterval, long Count);
