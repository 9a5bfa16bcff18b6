using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>Where features hand in long work.</summary>
public sealed class JobQueue(WfmDbContext db, JobMessages messages, JobQuotas quotas, [FromKeyedServices(JobClock.Key)] IClock clock)
{
    private static readonly Duration PauseAfterFailure = Duration.FromHours(12);

    /// <summary>Stores a job that somebody asks for and has a worker run it, if key and hub do not have as many as they may already.</summary>
    /// <param name="arguments">Serialised as JSON; the handler reads the same type.</param>
    /// <exception cref="ProblemException">429: they have.</exception>
    public async Task<Job> Ask<THandler>(object arguments, Guid hubId, JobOwner owner, CancellationToken cancellationToken)
        where THandler : IJobHandler
    {
        var job = New<THandler>(arguments, hubId, owner, null);
        await using (var transaction = await quotas.Enter(hubId, owner, cancellationToken))
        {
            db.Jobs.Add(job);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await HandIn(job);
        return job;
    }

    /// <summary>Stores a job row and has a worker run it.</summary>
    /// <param name="arguments">Serialised as JSON; the handler reads the same type.</param>
    /// <param name="deduplicationKey">While an unfinished job has this key, that job is returned instead of a new one.</param>
    public async Task<Job> Submit<THandler>(
        object arguments, Guid? hubId, JobOwner owner, string? deduplicationKey, CancellationToken cancellationToken)
        where THandler : IJobHandler
    {
        if (deduplicationKey is not null && await Unfinished(deduplicationKey, cancellationToken) is { } earlier)
        {
            return earlier;
        }

        var job = New<THandler>(arguments, hubId, owner, deduplicationKey);
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

        await HandIn(job);
        return job;
    }

    /// <summary>Stores a job that is to be done once, if it was not done yet and has not been tried for half a day.</summary>
    /// <param name="key">What is done, with the time it is done for; remembered by the row of the job.</param>
    public async Task SubmitOnce<THandler>(object arguments, string key, CancellationToken cancellationToken)
        where THandler : IJobHandler
    {
        var lately = clock.GetCurrentInstant() - PauseAfterFailure;
        if (!await db.Jobs.AnyAsync(j => j.DeduplicationKey == key && (j.State == JobState.Succeeded || j.RequestedAt > lately), cancellationToken))
        {
            await Submit<THandler>(arguments, null, JobOwner.Schedule, key, cancellationToken);
        }
    }

    private Job New<THandler>(object arguments, Guid? hubId, JobOwner owner, string? deduplicationKey)
        where THandler : IJobHandler
    {
        return new Job
        {
            Kind = THandler.Kind,
            Arguments = Job.Serialize(arguments),
            HubId = hubId,
            Owner = owner.Name,
            KeyId = owner.KeyId,
            DeduplicationKey = deduplicationKey,
            RequestedAt = clock.GetCurrentInstant(),
        };
    }

    private Task HandIn(Job job) => messages.HandIn(db, [JobTicket.Of(job)], CancellationToken.None); // the row is there: whoever asked may have gone

    private Task<Job?> Unfinished(string key, CancellationToken cancellationToken) =>
        db.Jobs.AsNoTracking().FirstOrDefaultAsync(
            j => j.DeduplicationKey == key && (j.State == JobState.Queued || j.State == JobState.Running), cancellationToken);
}
