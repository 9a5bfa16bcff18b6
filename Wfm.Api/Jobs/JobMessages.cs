using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>What is to be known of a row to hand it in.</summary>
/// <param name="MessageId">The message it had, which is gone; null when it never had one.</param>
/// <param name="RetryAt">When it may run, not before; null for now.</param>
/// <param name="HubId">The hub it works for; null for none.</param>
/// <param name="KeyId">The key that asked for it; null for none.</param>
public sealed record JobTicket(Guid Id, string Kind, string? MessageId, Instant? RetryAt, Guid? HubId, Guid? KeyId)
{
    /// <summary>Its worker is dead, though the engine still holds the message to be with it.</summary>
    public bool IsAbandoned { get; init; }

    public static JobTicket Of(Job job) => new(job.Id, job.Kind, job.MessageId, job.RetryAt, job.HubId, job.KeyId);
}

/// <summary>Hands job rows to the engine as messages, one a row, which the row knows.</summary>
/// <remarks>Over PostgreSQL every process hands in for all. Over SQLite messages are in the memory of the one process that works; another one only marks the
/// row as <see cref="Waiting"/>, and that process hands it in. A row whose hub or key has its share of the workers waits likewise until one of its jobs ends.
/// </remarks>
public sealed partial class JobMessages(
    JobStorage storage, IJobFilterProvider filters, JobHandlers handlers, Store store, JobLimits limits,
    [FromKeyedServices(JobClock.Key)] IClock clock, ILogger<JobMessages> logger)
{
    /// <summary>Message of a row that waits for the process with the engine, or for its share of the workers.</summary>
    internal const string Waiting = "";

    private const int FailuresAPage = 100;

    private readonly BackgroundJobClient _engine = new(storage, filters);
    private volatile bool _isOpen = store.Kind == StoreKind.Postgres;

    /// <summary>True when what this process hands in reaches a worker.</summary>
    internal bool IsOpen => _isOpen;

    /// <summary>This is the process that works.</summary>
    internal void Open() => _isOpen = true;

    /// <summary>Puts a message in for each row, oldest first, unless it has one or has to wait for its share, and notes it there. Safe to do twice: of two
    /// messages the row takes one, the other is dropped.</summary>
    /// <returns>False when store or engine did not answer; the sweeper does it later.</returns>
    public async Task<bool> HandIn(WfmDbContext db, IReadOnlyList<JobTicket> rows, CancellationToken cancellationToken)
    {
        try
        {
            var gone = _isOpen ? [.. rows.Where(r => IsAbandoned(r) || !IsAlive(r.MessageId))] : rows;
            var shares = _isOpen && gone.Count > 0
                ? await JobShares.Read(db, AtOnce(), clock.GetCurrentInstant(), handlers.KindsOf(JobPriority.Interactive), gone, cancellationToken) : null;
            foreach (var row in gone)
            {
                if (shares?.Take(row) == true)
                {
                    await PutIn(db, row, cancellationToken);
                }
                else if (row.MessageId != Waiting)
                {
                    await Note(db, row.Id, row.MessageId, Waiting, cancellationToken);
                }
            }

            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            NotHandedIn(logger, e, rows[0].Id, rows.Count); // whatever it was: the rows are stored, nothing is lost
            return false;
        }
    }

    /// <summary>Hands in, oldest first, what waits for the process with the engine or for its share.</summary>
    internal async Task<bool> HandInWaiting(WfmDbContext db, CancellationToken cancellationToken) =>
        await HandIn(db, await Tickets(db.Jobs.Where(j => j.State == JobState.Queued && j.MessageId == Waiting), cancellationToken), cancellationToken);

    /// <summary>What is to be known of rows to hand them in, oldest first; steps are run by their chain.</summary>
    internal static Task<List<JobTicket>> Tickets(IQueryable<Job> rows, CancellationToken cancellationToken) =>
        rows.Where(j => j.ParentId == null).OrderBy(j => j.Id).Select(j => new JobTicket(j.Id, j.Kind, j.MessageId, j.RetryAt, j.HubId, j.KeyId))
            .ToListAsync(cancellationToken);

    /// <summary>Drops the messages of jobs that failed before a moment, which the engine would keep for ever; their rows stay.</summary>
    internal void DropFailures(Instant before)
    {
        var (monitor, until) = (storage.GetMonitoringApi(), before.ToDateTimeUtc());
        bool dropped;
        do
        {
            var oldest = (int)Math.Max(0, monitor.FailedCount() - FailuresAPage); // the newest come first
            dropped = false;
            foreach (var (id, failed) in monitor.FailedJobs(oldest, FailuresAPage))
            {
                dropped |= failed?.FailedAt < until && Drop(id);
            }
        }
        while (dropped);
    }

    /// <summary>Takes a message out of its queue. One that is gone already, or cannot be reached, is dropped when a worker meets it.</summary>
    /// <returns>True when it was there to be dropped.</returns>
    public bool Drop(string messageId)
    {
        try
        {
            return _engine.ChangeState(messageId, new DeletedState(), null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            NotDropped(logger, e, messageId);
            return false;
        }
    }

    /// <summary>Jobs of a hub, and of a key, that may be with workers at once: half of the workers there are, unless it is set.</summary>
    private int AtOnce() => limits.AtOnce ?? Math.Max(1, Math.Max(JobServers.InteractiveWorkers, InteractiveWorkers()) / 2);

    private int InteractiveWorkers() => storage.GetMonitoringApi().Servers().Where(s => s.Queues?.Contains(QueueOf(JobPriority.Interactive)) == true)
        .Sum(s => s.WorkersCount);

    /// <summary>True when the engine still has the message before it: it waits in a queue or for its time, or is with a worker.</summary>
    internal bool IsAlive(string? messageId)
    {
        if (string.IsNullOrEmpty(messageId))
        {
            return false;
        }

        using var connection = storage.GetConnection();
        var state = connection.GetStateData(messageId)?.Name;
        return state == EnqueuedState.StateName || state == ScheduledState.StateName || state == ProcessingState.StateName;
    }

    /// <summary>Over SQLite the one process that works would have to be dead itself: its messages are in its memory.</summary>
    private bool IsAbandoned(JobTicket row) => row.IsAbandoned && store.Kind == StoreKind.Postgres;

    /// <summary>Name of the engine's queue.</summary>
    internal static string QueueOf(JobPriority priority) => priority.ToString().ToLowerInvariant();

    private async Task PutIn(WfmDbContext db, JobTicket row, CancellationToken cancellationToken)
    {
        var id = row.Id;
        // First it has none: of two processes that find the old one gone one goes on, and a worker that meets the new one early may note it itself.
        if (row.MessageId is not null && !await Note(db, id, row.MessageId, null, cancellationToken))
        {
            return;
        }

        var queue = QueueOf(handlers.PriorityOf(row.Kind));
        var message = _engine.Create(
            Hangfire.Common.Job.FromExpression<RunJobRow>(run => run.Run(id, null!), queue),
            row.RetryAt > clock.GetCurrentInstant() ? new ScheduledState(row.RetryAt.Value.ToDateTimeUtc()) : new EnqueuedState(queue));
        if (!await Belong(db, id, message, cancellationToken))
        {
            Drop(message);
        }
    }

    /// <summary>Makes the message the row's, if it has none.</summary>
    /// <returns>False when the row has another one, or is gone.</returns>
    internal static async Task<bool> Belong(WfmDbContext db, Guid id, string message, CancellationToken cancellationToken)
    {
        var known = db.Jobs.Where(j => j.Id == id && j.MessageId == message);
        return await known.AnyAsync(cancellationToken) || await Note(db, id, null, message, cancellationToken)
            || await known.AnyAsync(cancellationToken); // noted by worker and hander-in at once
    }

    private static async Task<bool> Note(WfmDbContext db, Guid id, string? expected, string? message, CancellationToken cancellationToken) =>
        await db.Jobs.Where(j => j.Id == id && j.MessageId == expected)
            .ExecuteUpdateAsync(j => j.SetProperty(x => x.MessageId, message), cancellationToken) > 0;

    [LoggerMessage(2004, LogLevel.Warning, "Job {JobId}, the first of {Count}, could not be handed in; the sweeper does it later")]
    private static partial void NotHandedIn(ILogger logger, Exception exception, Guid jobId, int count);

    [LoggerMessage(2005, LogLevel.Warning, "Message {MessageId} could not be dropped; a worker does it when it meets it")]
    private static partial void NotDropped(ILogger logger, Exception exception, string messageId);
}
