using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>Where features hand in long work.</summary>
public sealed class JobQueue(WfmDbContext db, JobMessages messages, JobHandlers handlers, JobLimits limits, IClock clock)
{
    /// <summary>Owner of the jobs that nobody asked for: those of the nights and of retention.</summary>
    public const string Schedule = "nightly";

    /// <summary>Stores a job that somebody asks for and has a worker run it, if key and hub do not have as many as they may already.</summary>
    /// <param name="arguments">Serialised as JSON; the handler reads the same type.</param>
    /// <param name="key">Name of the key that asks.</param>
    /// <exception cref="ProblemException">429: they have.</exception>
    public async Task<Job> Ask<THandler>(object arguments, Guid hubId, string key, CancellationToken cancellationToken)
        where THandler : IJobHandler
    {
        var nights = handlers.KindsOf(JobPriority.Nightly);
        var unfinished = db.Jobs.Where(j => j.ParentId == null && !nights.Contains(j.Kind) && (j.State == JobState.Queued || j.State == JobState.Running));
        Demand(limits.PerKey, await unfinished.CountAsync(j => j.Owner == key, cancellationToken), $"this key ('{key}')", nameof(JobLimits.PerKey));
        Demand(limits.PerHub, await unfinished.CountAsync(j => j.HubId == hubId, cancellationToken), "this hub", nameof(JobLimits.PerHub));
        return await Submit<THandler>(arguments, hubId, key, null, cancellationToken);

        static void Demand(int most, int has, string whose, string setting)
        {
            if (has >= most)
            {
                throw new ProblemException(
                    StatusCodes.Status429TooManyRequests,
                    $"{has} jobs of {whose} wait or run, and {most} is the most it may have (Wfm:Jobs:{setting}); wait until one ends, or cancel some.");
            }
        }
    }

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

        await messages.HandIn(db, [JobTicket.Of(job)], CancellationToken.None); // the row is there: whoever asked may have gone
        return job;
    }

    private Task<Job?> Unfinished(string key, CancellationToken cancellationToken) =>
        db.Jobs.AsNoTracking().FirstOrDefaultAsync(
            j => j.DeduplicationKey == key && (j.State == JobState.Queued || j.State == JobState.Running), cancellationToken);
}
