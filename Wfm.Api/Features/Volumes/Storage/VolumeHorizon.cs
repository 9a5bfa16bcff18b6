using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Volumes.Storage;

/// <summary>From when on every interval is kept; of the time before only days are. One row; none while nothing was rolled up.</summary>
/// <remarks>What is older takes no rows any more: days are sums, so that a row sent again would count twice.</remarks>
public sealed class VolumeHorizon
{
    /// <summary>For the writers, which look in each of their transactions.</summary>
    internal const string Select = "SELECT kept_from FROM volume_horizon";

    public int Id { get; init; } = 1;

    /// <summary>Start of a month of UTC.</summary>
    public Instant KeptFrom { get; set; }

    internal static void Refuse(SeriesStretch[] series, Instant keptFrom)
    {
        if (Array.Find(series, s => s.First < keptFrom) is { SeriesId: not 0 } old)
        {
            throw ProblemException.Conflict(
                $"Series {old.SeriesId} has a row of {old.First}, but of the time before {keptFrom} only days are kept; leave it out and send the rest again.");
        }
    }
}

internal static class VolumeHorizonQuery
{
    /// <summary>From when on every interval is kept; null when all are.</summary>
    public static async Task<Instant?> VolumesKeptFrom(this WfmDbContext db, CancellationToken cancellationToken) =>
        await db.VolumeHorizons.Select(h => (Instant?)h.KeptFrom).SingleOrDefaultAsync(cancellationToken);
}
