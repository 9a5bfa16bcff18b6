using Wfm.Api.Features.Setup.Hubs;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Nights;

/// <summary>Hands in the nightly chain of a hub when the engine says it is night there.</summary>
public sealed class NightlySchedule(WfmDbContext db, JobQueue jobs, IClock clock) : INightlyFiring
{
    public const string Owner = "nightly";

    public async Task Fire(Guid hubId, CancellationToken cancellationToken)
    {
        if (await db.Hubs.AsNoTracking().SingleOrDefaultAsync(h => h.Id == hubId, cancellationToken) is not { } hub)
        {
            return; // deleted meanwhile
        }

        var night = clock.GetCurrentInstant().InZone(hub.Zone).Date;
        var key = $"nightly:{hub.Code}:{night:uuuu-MM-dd}";
        if (await db.Jobs.AnyAsync(j => j.DeduplicationKey == key && j.State != JobState.Failed && j.State != JobState.Cancelled, cancellationToken))
        {
            return; // fired twice: the engine promises at least once
        }

        await jobs.Submit<NightlyChain>(new NightlyChainArguments(), hub.Id, Owner, key, cancellationToken);
    }
}
