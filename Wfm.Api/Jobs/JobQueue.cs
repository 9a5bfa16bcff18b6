using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>Where features hand in long work.</summary>
public sealed class JobQueue(WfmDbContext db, JobMessages messages, IClock clock)
{
    /// <summary>Stores a job row and has a worker run it.</summary>
    /// <param name="arguments">Serialised as JSON; the handler reads the same type.</param>
    /// <param name="deduplicationKey">While an unfinished job has this key, that job is returned instead of a new one.</param>
    public async Task<Job> Submit<THandler>(
        object arguments, Guid? hubId, string owner, string? deduplicationKey, CancellationToken cancellationToken)
        where THandler : IJobHandler
    {
        if (deduplicationKey is not null && await Unfinished(deduplicationKey, cancellationToken) is { } earlier)
        {
            return earlier;
        }

        var job = new Job
        {
            Kind = THandler.Kind,
            Arguments = Job.Serialize(arguments),
            HubId = hubId,
            Owner = owner,
            DeduplicationKey = deduplicationKey,
            RequestedAt = clock.GetCurrentInstant(),
        };
        db.Jobs.Add(job);
        try
        {
            await db.SaveChangesAsync(cancellationToken); // before the message: the worker must find its row
        }
        catch (DbUpdateException) when (deduplicationKey is not null)
        {
            db.Entry(job).State = EntityState.Detached;
            if (await Unfinished(deduplicationKey, cancellationToken) is { } other)
            {
                return other; // somebody asked for the same at the same time
            }

            throw;
        }

        await messages.HandIn(db, JobTicket.Of(job), CancellationToken.None); // the row is there: whoever asked may have gone
        return job;
    }

    private Task<Job?> Unfinished(string key, CancellationToken cancellationToken) =>
        db.Jobs.AsNoTracking().FirstOrDefaultAsync(
            j => j.DeduplicationKey == key && (j.State == JobState.Queued || j.State == JobState.Running), cancellationToken);
}
