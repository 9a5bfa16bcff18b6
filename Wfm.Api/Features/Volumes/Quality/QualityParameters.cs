using Microsoft.AspNetCore.Mvc;

namespace Wfm.Api.Features.Volumes.Quality;

/// <summary>Which histories to look over.</summary>
/// <param name="Queue">Code of a queue; all when absent.</param>
/// <param name="Hub">Code of a hub; all that the key may touch when absent.</param>
/// <param name="From">First instant, such as 2026-01-01T00:00:00Z; from the beginning when absent.</param>
/// <param name="To">Instant before which intervals start; to the end when absent.</param>
/// <param name="Limit">Series a page, 1 to 1,000, 20 when absent.</param>
/// <param name="After">The next of the page before.</param>
public sealed record QualityParameters(
    [FromQuery(Name = "queue")] string? Queue,
    [FromQuery(Name = "hub")] string? Hub,
    [FromQuery(Name = "from")] string? From,
    [FromQuery(Name = "to")] string? To,
    [FromQuery(Name = "limit")] int? Limit,
    [FromQuery(Name = "after")] string? After);
