using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>Runs a job row: claims it, runs its handler in a scope of its own, keeps progress and heartbeat, writes the end.</summary>
/// <remarks>A store that is away for a while ends no job: claim and end are tried until it is back, and work that the outage broke is queued again.</remarks>
public sealed partial class JobRunner(IServiceScopeFactory scopes, JobHandlers handlers, IClock clock, ILogger<JobRunner> logger)
{
    /// <summary>A running job that has given no sign for so long belongs to a dead worker.</summary>
    public static readonly Duration Stale = Duration.FromSeconds(30);

    /// <summary>So often a job is begun before an outage of the store fails it: what always times out is not the store's fault.</summary>
    internal const int Attempts = 4;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>Runs the job if it is still to be run; being called twice is harmless.</summary>
    /// <param name="cancellationToken">The worker shuts down: the job stays unfinished and is taken up again.</param>
    public async Task Run(Guid jobId, CancellationToken cancellationToken)
    {
        if (await Persistently(() => Claim(jobId, cancellationToken), jobId, cancellationToken) is { } job)
        {
            await RunClaimed(job, cancellationToken);
        }
    }

    /// <summary>Makes a child row of a chain and runs it here and now; a step that an earlier attempt of the chain finished is not done again.</summary>
    /// <returns>The finished row.</returns>
    public async Task<Job> RunStep<THandler>(JobContext parent, object arguments, CancellationToken cancellationToken)
        where THandler : IJobHandler
    {
        var (now, json) = (clock.GetCurrentInstant(), Job.Serialize(arguments));
        var step = new Job
        {
            Kind = THandler.Kind,
            Arguments = json,
            HubId = parent.HubId,
            ParentId = parent.Id,
            Owner = parent.Owner,
            State = JobState.Running,
            RequestedAt = now,
            StartedAt = now,
            HeartbeatAt = now,
            Attempt = 1,
        };
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
            if (await db.Jobs.AsNoTracking().FirstOrDefaultAsync(
                j => j.ParentId == parent.Id && j.Kind == step.Kind && j.Arguments == json && j.State == JobState.Succeeded, cancellationToken) is { } done)
            {
                return done;
            }

            db.Jobs.Add(step);
            await db.SaveChangesAsync(cancellationToken);
        }

        if (await RunClaimed(step, cancellationToken) is { } outage)
        {
            outage.Throw(); // the chain is queued again, and with it this step
        }

        cancellationToken.ThrowIfCancellationRequested();
        await using var read = scopes.CreateAsyncScope();
        return await read.ServiceProvider.GetRequiredService<WfmDbContext>().Jobs.AsNoTracking().SingleAsync(j => j.Id == step.Id, cancellationToken);
    }

    /// <summary>A step that the chain cannot go on without: says where the chain is, and ends it when the step fails.</summary>
    /// <param name="from">How far the chain is, 0 … 1.</param>
    /// <param name="name">The step in words.</param>
    /// <exception cref="JobFailedException">The step did not succeed.</exception>
    public async Task<Job> RunStep<THandler>(JobContext parent, double from, string name, object arguments, CancellationToken cancellationToken)
        where THandler : IJobHandler
    {
        parent.Progress.Report(from, name);
        var step = await RunStep<THandler>(parent, arguments, cancellationToken);
        return step.State == JobState.Succeeded ? step : throw new JobFailedException($"The step '{name}' ended as {step.State}: {step.Error}");
    }

    private async Task<Job?> Claim(Guid jobId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var now = clock.GetCurrentInstant();
        var stale = now - Stale;
        var claimed = await db.Jobs
            .Where(j => j.Id == jobId && (j.State == JobState.Queued || (j.State == JobState.Running && j.HeartbeatAt < stale)))
            .ExecuteUpdateAsync(
                j => j.SetProperty(x => x.State, JobState.Running).SetProperty(x => x.StartedAt, now).SetProperty(x => x.HeartbeatAt, now)
                    .SetProperty(x => x.Attempt, x => x.Attempt + 1).SetProperty(x => x.Version, x => x.Version + 1),
                cancellationToken); // one statement, so that of two workers one gets it
        return claimed == 1 ? await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == jobId, cancellationToken) : null;
    }

    /// <returns>The outage of the store that broke the work; null when it ended otherwise.</returns>
    private async Task<ExceptionDispatchInfo?> RunClaimed(Job job, CancellationToken shutdown)
    {
        ExceptionDispatchInfo? outage = null;
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(shutdown);
        using var stopBeating = new CancellationTokenSource();
        var progress = new JobProgress();
        var beating = KeepAlive(job, progress, cancel, stopBeating.Token);
        var (state, result, error) = (JobState.Succeeded, (string?)null, (string?)null);
        try
        {
            cancel.Token.ThrowIfCancellationRequested();
            await using var scope = scopes.CreateAsyncScope();
            var handler = handlers.Resolve(job.Kind, scope.ServiceProvider);
            result = await handler.Run(new JobContext(job.Id, job.HubId, job.Owner, job.Arguments, progress), cancel.Token);
        }
        catch (OperationCanceledException) when (shutdown.IsCancellationRequested && job.ParentId is null)
        {
            state = JobState.Queued; // the worker goes away, not the work
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            state = JobState.Cancelled; // a step also ends when its chain does: the chain makes a new one when it is taken up again
        }
        catch (Exception e) when (e is JobFailedException or ProblemException or Forecasting.ForecastDataException or Scheduling.SchedulingDataException)
        {
            (state, error) = (JobState.Failed, e.Message); // the user's data, so the user's message
        }
        catch (Exception e) when (StoreFailures.IsOutage(e) && job.Attempt < Attempts)
        {
            StoreAway(logger, e, job.Id);
            outage = ExceptionDispatchInfo.Capture(e);
            (state, error) = job.ParentId is null ? (JobState.Queued, null) : (JobState.Failed, "The store was away; the chain starts over.");
        }
#pragma warning disable CA1031 // the row must end; the bug goes to the log with its stack
        catch (Exception e)
#pragma warning restore CA1031
        {
            JobBroke(logger, e, job.Kind, job.Id);
            (state, error) = (JobState.Failed, $"Something broke on our side ({e.GetType().Name}); the log has it under job {job.Id}.");
        }

        await stopBeating.CancelAsync();
        await beating;
        await Persistently(() => Finish(job, state, result, error, progress), job.Id, shutdown);
        return outage;
    }

    /// <summary>Tries until the store answers. A worker that shuts down meanwhile leaves the row as it is: without heartbeat it is taken up again.</summary>
    private async Task<T> Persistently<T>(Func<Task<T>> work, Guid jobId, CancellationToken shutdown)
    {
        while (true)
        {
            try
            {
                return await work();
            }
            catch (Exception e) when (StoreFailures.IsOutage(e))
            {
                StoreAway(logger, e, jobId);
                await Task.Delay(Beat, shutdown);
            }
        }
    }

    /// <summary>The row as long as this worker holds it: another that took it up since has counted the attempts up.</summary>
    private static IQueryable<Job> Held(WfmDbContext db, Job job) =>
        db.Jobs.Where(j => j.Id == job.Id && j.State == JobState.Running && j.Attempt == job.Attempt);

    private async Task<int> Finish(Job job, JobState state, string? result, string? error, JobProgress progress)
    {
        var now = clock.GetCurrentInstant();
        var (fraction, step) = progress.Read();
        fraction = state == JobState.Succeeded ? 1 : fraction;
        Instant? finished = state == JobState.Queued ? null : now;
        await using var scope = scopes.CreateAsyncScope();
        return await Held(scope.ServiceProvider.GetRequiredService<WfmDbContext>(), job).ExecuteUpdateAsync(
            j => j.SetProperty(x => x.State, state).SetProperty(x => x.Result, result).SetProperty(x => x.Error, error)
                .SetProperty(x => x.Progress, fraction).SetProperty(x => x.Step, step).SetProperty(x => x.FinishedAt, finished)
                .SetProperty(x => x.Version, x => x.Version + 1),
            CancellationToken.None);
    }

    private async Task KeepAlive(Job job, JobProgress progress, CancellationTokenSource cancel, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Beat);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await BeatOnce(job, progress, cancel, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // the job has ended
        }
    }

    private async Task BeatOnce(Job job, JobProgress progress, CancellationTokenSource cancel, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var (fraction, step) = progress.Read();
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
            var held = await Held(db, job).ExecuteUpdateAsync(
                j => j.SetProperty(x => x.HeartbeatAt, now).SetProperty(x => x.Progress, fraction).SetProperty(x => x.Step, step), stop);
            if (held == 0 || await db.Jobs.AnyAsync(j => j.Id == job.Id && j.CancelRequested, stop))
            {
                await cancel.CancelAsync();
            }
        }
        catch (Exception e) when (StoreFailures.IsStores(e))
        {
            StoreAway(logger, e, job.Id); // for a moment; the next beat tells
        }
    }

    [LoggerMessage(2001, LogLevel.Error, "Job {Kind} {JobId} broke")]
    private static partial void JobBroke(ILogger logger, Exception exception, string kind, Guid jobId);

    [LoggerMessage(2002, LogLevel.Warning, "The store did not answer job {JobId}")]
    private static partial void StoreAway(ILogger logger, Exception exception, Guid jobId);
}
