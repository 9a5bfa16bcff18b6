using Microsoft.EntityFrameworkCore;

namespace Wfm.Api.Persistence;

/// <summary>Texts that are another one when rows have changed.</summary>
internal static class VersionStamps
{
    /// <summary>Count, sum of versions and newest identity of some rows: a row that goes while another comes leaves the first two as they were, but the newest
    /// identity has not been there before.</summary>
    public static async Task<string> Stamp<T>(this IQueryable<T> rows, CancellationToken cancellationToken)
        where T : class, IVersioned
    {
        var found = await rows.OrderByDescending(r => r.Id).Select(r => new { r.Id, Count = rows.Count(), Versions = rows.Sum(x => x.Version) })
            .FirstOrDefaultAsync(cancellationToken);
        return found is null ? "" : $"{found.Count}.{found.Versions}.{found.Id}";
    }
}
