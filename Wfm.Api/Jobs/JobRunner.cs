using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;

namespace Wfm.Api.Jobs;

/// <summary>Runs a job row: claims it, runs its handler in a scope of its own, keeps progress and heartbeat, writes the end.</summary>
/// <remarks>
/// What breaks on our side is tried four times, with longer and longer pauses; what the user can mend fails at once. A store that is away for a while ends no
/// job: claim and end are tried until it is back. A job that its worker did not survive four times has failed.
/// </remarks>
public sealed partial class JobRunner(
    IServiceScopeFactory scopes, JobHandlers handlers, JobMessages messages, JobBudgets budgets,
    [FromKeyedServices(JobClock.Key)] IClock clock, ILogger<JobRunner> logger)
{
    /// <summary>A running job that has given no sign for so long belongs to a dead worker.</summary>
    public static readonly Duration Stale = Duration.FromSeconds(30);

    /// <summary>So often a job is begun before it has failed for good.</summary>
    internal const int Attempts = 4;

    /// <summary>Pause after each attempt but the last.</summary>
    private static readonly Duration[] Pauses = [Duration.FromSeconds(15), Duration.FromMinutes(1), Duration.FromMinutes(5)];

    /// <summary>Nothing is to be tried again later than after so long.</summary>
    internal static readonly Duration LongestPause = Pauses[^1];

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>Runs the job if it is still to be run and the message is its own.</summary>
    /// <param name="messageId">The engine's message that brought it here.</param>
    /// <param name="cancellationToken">The worker shuts down: the job stays unfinished and is taken up again.</param>
    public async Task<JobTurn> Run(Guid jobId, string messageId, CancellationToken cancellationToken)
    {
        if (!await Persistently(() => WithDb(db => JobMessages.Belong(db, jobId, messageId, cancellationToken)), jobId, cancellationToken))
        {
            return new JobTurn(null, Text: "There is no row that waits for this message.");
        }

        await Run(jobId, cancellationToken);
        var turn = await Persistently(() => WithDb(db => TurnAt(db, jobId)), jobId, cancellationToken);
        if (!cancellationToken.IsCancellationRequested)
        {
            await Persistently(() => WithDb(db => messages.HandInWaiting(db, CancellationToken.None)), jobId, cancellationToken); // its place is another's
        }

        return turn;
    }

    /// <summary>Runs the job if it is still to be run; being called twice is harmless.</summary>
    /// <param name="cancellationToken">The worker shuts down: the job stays unfinished and is taken up again.</param>
    public async Task Run(Guid jobId, CancellationToken cancellationToken)
    {
        if (await Persistently(() => Claim(jobId, cancellationToken), jobId, cancellationToken) is { } job)
        {
            await RunClaimed(job, cancellationToken);
        }
    }

    /// <summary>Runs a child row of a chain here and now. A step that an earlier attempt of the chain finished is not done again; one that it began is taken
    /// up again, and finds what was stored in its name.</summary>
    /// <returns>The finished row.</returns>
    public async Task<Job> RunStep<THandler>(JobContext parent, object arguments, CancellationToken cancellationToken)
        where THandler : IJobHandler
    {
        var step = await WithDb(db => BeginStep(db, parent, THandler.Kind, Job.Serialize(arguments), cancellationToken));
        if (step.State == JobState.Succeeded)
        {
            return step;
        }

        if (await RunClaimed(step, cancellationToken) is { } broke)
        {
            broke.Throw(); // the chain is tried again, and with it this step
        }

        cancellationToken.ThrowIfCancellationRequested();
        return await WithDb(db => db.Jobs.AsNoTracking().SingleAsync(j => j.Id == step.Id, cancellationToken));
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
                    .SetProperty(x => x.Attempt, x => x.Attempt + 1).SetProperty(x => x.RetryAt, (Instant?)null).SetProperty(x => x.Error, (string?)null)
                    .SetProperty(x => x.Version, x => x.Version + 1),
                cancellationToken); // one statement, so that of two workers one gets it
        return claimed == 1 ? await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == jobId, cancellationToken) : null;
    }

    /// <returns>A row that is to be run, or one that has succeeded.</returns>
    private async Task<Job> BeginStep(WfmDbContext db, JobContext parent, string kind, string arguments, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var known = await db.Jobs.Where(j => j.ParentId == parent.Id && j.Kind == kind && j.Arguments == arguments)
            .OrderByDescending(j => j.State == JobState.Succeeded).ThenByDescending(j => j.Id).Select(j => (Guid?)j.Id).FirstOrDefaultAsync(cancellationToken);
        if (known is { } id)
        {
            await db.Jobs.Where(j => j.Id == id && j.State != JobState.Succeeded).ExecuteUpdateAsync(
                j => j.SetProperty(x => x.State, JobState.Running).SetProperty(x => x.StartedAt, now).SetProperty(x => x.HeartbeatAt, now)
                    .SetProperty(x => x.FinishedAt, (Instant?)null).SetProperty(x => x.Attempt, x => x.Attempt + 1)
                    .SetProperty(x => x.Error, (string?)null).SetProperty(x => x.Version, x => x.Version + 1),
                cancellationToken);
            return await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == id, cancellationToken);
        }

        var step = new Job
        {
            Kind = kind,
            Arguments = arguments,
            HubId = parent.HubId,
            ParentId = parent.Id,
            Owner = parent.Owner,
            State = JobState.Running,
            RequestedAt = now,
            StartedAt = now,
            HeartbeatAt = now,
            Attempt = 1,
        };
        db.Jobs.Add(step);
        await db.SaveChangesAsync(cancellationToken);
        return step;
    }

    /// <returns>What broke a step, for its chain; null when it ended otherwise.</returns>
    private async Task<ExceptionDispatchInfo?> RunClaimed(Job job, CancellationToken shutdown)
    {
        ExceptionDispatchInfo? broke = null;
        var isNightly = handlers.PriorityOf(job.Kind) == JobPriority.Nightly;
        if (job.ParentId is null)
        {
            ComputeSlots.Join(isNightly ? ComputeSlots.Nights : job.HubId?.ToString() ?? job.Owner); // steps compute for their chain's party
        }

        using var budget = isNightly ? null : budgets.Begin(); // a night has that of its steps
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(shutdown);
        using var stopBeating = new CancellationTokenSource();
        var progress = new JobProgress();
        var beating = KeepAlive(job, progress, budget, cancel, stopBeating.Token);
        using var measured = JobMetrics.Begin(job);
        End end;
        try
        {
            end = new End(JobState.Succeeded, Result: await Work(job, progress, cancel));
        }
        catch (OperationCanceledException) when (shutdown.IsCancellationRequested && job.ParentId is null)
        {
            end = new End(JobState.Queued) { IsUncounted = true }; // the worker goes away, not the work
        }
        catch (OperationCanceledException) when (budget?.Exceeded is not null)
        {
            end = new End(JobState.Failed, Error: budget.Exceeded);
        }
        catch (OutOfMemoryException)
        {
            end = new End(JobState.Failed, Error: "It needs more memory than the process may have; ask for less: fewer days, queues, paths or replications.");
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            end = new End(JobState.Cancelled); // a step also ends when its chain does, which takes it up again with itself
        }
        catch (Exception e) when (e is JobFailedException or ProblemException or Forecasting.ForecastDataException or Scheduling.SchedulingDataException)
        {
            end = new End(JobState.Failed, Error: e.Message) { IsUncounted = job.Attempt > Attempts }; // the user's data, so the user's message
        }
#pragma warning disable CA1031 // the row must end; the bug goes to the log with its stack
        catch (Exception e)
#pragma warning restore CA1031
        {
            end = Broke(job, e);
            broke = job.ParentId is null ? null : ExceptionDispatchInfo.Capture(e);
        }

        await stopBeating.CancelAsync();
        await beating;
        measured.End(end.State);
        await Persistently(() => Finish(job, end, progress), job.Id, shutdown);
        return broke;
    }

    private async Task<string?> Work(Job job, JobProgress progress, CancellationTokenSource cancel)
    {
        if (job.CancelRequested)
        {
            await cancel.CancelAsync(); // asked for while no worker had it
        }

        cancel.Token.ThrowIfCancellationRequested();
        if (job.ParentId is null && job.Attempt > Attempts)
        {
            throw new JobFailedException($"Its worker died {Attempts} times; it is not tried again.");
        }

        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<JobHold>().Begin(job, scope.ServiceProvider.GetRequiredService<WfmDbContext>());
        var handler = handlers.Resolve(job.Kind, scope.ServiceProvider);
        return await handler.Run(new JobContext(job.Id, job.HubId, job.Owner, job.Arguments, progress), cancel.Token);
    }

    /// <summary>How a job ends that broke on our side: tried again after a while, or failed for good. A step leaves that to its chain.</summary>
    private End Broke(Job job, Exception exception)
    {
        var isOutage = StoreFailures.IsOutage(exception);
        if (isOutage)
        {
            StoreAway(logger, exception, job.Id);
        }
        else if (exception is JobTakenException)
        {
            Taken(logger, job.Kind, job.Id);
        }
        else
        {
            JobBroke(logger, exception, job.Kind, job.Id);
        }

        var error = $"Something broke on our side ({exception.GetType().Name}); the log has it under job {job.Id}.";
        return job.ParentId is not null ? new End(JobState.Failed, Error: isOutage ? "The store was away; the chain takes it up again." : error)
            : job.Attempt >= Attempts ? new End(JobState.Failed, Error: error)
            : new End(JobState.Queued, Error: isOutage ? null : error) { RetryAt = clock.GetCurrentInstant() + Pauses[job.Attempt - 1] };
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

    /// <summary>The row as long as this worker holds it: another that took it up since has counted attempts and versions up.</summary>
    private static IQueryable<Job> Held(WfmDbContext db, Job job) =>
        db.Jobs.Where(j => j.Id == job.Id && j.State == JobState.Running && j.Attempt == job.Attempt && j.Version == job.Version);

    private Task<int> Finish(Job job, End end, JobProgress progress)
    {
        var now = clock.GetCurrentInstant();
        var (fraction, step) = progress.Read();
        fraction = end.State == JobState.Succeeded ? 1 : fraction;
        Instant? finished = end.State == JobState.Queued ? null : now;
        var attempt = end.IsUncounted ? job.Attempt - 1 : job.Attempt;
        return WithDb(db => Held(db, job).ExecuteUpdateAsync(
            j => j.SetProperty(x => x.State, end.State).SetProperty(x => x.Result, end.Result).SetProperty(x => x.Error, end.Error)
                .SetProperty(x => x.Progress, fraction).SetProperty(x => x.Step, step).SetProperty(x => x.FinishedAt, finished)
                .SetProperty(x => x.RetryAt, end.RetryAt).SetProperty(x => x.Attempt, attempt).SetProperty(x => x.Version, x => x.Version + 1),
            CancellationToken.None));
    }

    /// <summary>What became of the row, for its message.</summary>
    private async Task<JobTurn> TurnAt(WfmDbContext db, Guid jobId)
    {
        var row = await db.Jobs.Where(j => j.Id == jobId).Select(j => new { j.State, j.RetryAt, j.Result, j.Error })
            .SingleOrDefaultAsync(CancellationToken.None);
        return row switch
        {
            null => new JobTurn(null, Text: "The row is gone."),
            { State: JobState.Running } => new JobTurn(JobState.Running, clock.GetCurrentInstant() + Stale, "It is with another worker."),
            _ => new JobTurn(row.State, row.RetryAt, row.State == JobState.Succeeded ? row.Result : row.Error),
        };
    }

    private async Task<T> WithDb<T>(Func<WfmDbContext, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<WfmDbContext>());
    }

    private async Task KeepAlive(Job job, JobProgress progress, JobBudget? budget, CancellationTokenSource cancel, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Beat);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                if (budget is not null && budgets.IsExceeded(budget))
                {
                    await cancel.CancelAsync();
                }

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

    /// <summary>How an attempt ended.</summary>
    private sealed record End(JobState State, string? Result = null, string? Error = null)
    {
        public Instant? RetryAt { get; init; }

        /// <summary>The attempt does not count.</summary>
        public bool IsUncounted { get; init; }
    }

    [LoggerMessage(2001, LogLevel.Error, "Job {Kind} {JobId} broke")]
    private static partial void JobBroke(ILogger logger, Exception exception, string kind, Guid jobId);

    [LoggerMessage(2012, LogLevel.Warning, "Job {Kind} {JobId} is another worker's by now; what this one made of it is not stored")]
    private static partial void Taken(ILogger logger, string kind, Guid jobId);

    [LoggerMessage(2002, LogLevel.Warning, "The store did not answer job {JobId}")]
    private static partial void StoreAway(ILogger logger, Exception exception, Guid jobId);
}
