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
public sealed record JobTicket(Guid Id, string Kind, string? MessageId, Instant? RetryAt)
{
    public static JobTicket Of(Job job) => new(job.Id, job.Kind, job.MessageId, job.RetryAt);
}

/// <summary>Hands job rows to the engine as messages, one a row, which the row knows.</summary>
/// <remarks>Over PostgreSQL every process hands in for all. Over SQLite messages are in the memory of the one process that works; another one only marks the
/// row as <see cref="Waiting"/>, and that process hands it in.</remarks>
public sealed partial class JobMessages(
    JobStorage storage, IJobFilterProvider filters, JobHandlers handlers, Store store, IClock clock, ILogger<JobMessages> logger)
{
    /// <summary>Message of a row that waits for the process with the engine.</summary>
    internal const string Waiting = "";

    private readonly BackgroundJobClient _engine = new(storage, filters);
    private volatile bool _isOpen = store.Kind == StoreKind.Postgres;

    /// <summary>True when what this process hands in reaches a worker.</summary>
    internal bool IsOpen => _isOpen;

    /// <summary>This is the process that works.</summary>
    internal void Open() => _isOpen = true;

    /// <summary>Puts a message in for the row, unless it has one, and notes it there. Safe to do twice: of two messages the row takes one, the other is
    /// dropped.</summary>
    /// <returns>False when store or engine did not answer; the sweeper does it later.</returns>
    public async Task<bool> HandIn(WfmDbContext db, JobTicket row, CancellationToken cancellationToken)
    {
        try
        {
            if (!_isOpen)
            {
                await Note(db, row.Id, row.MessageId, Waiting, cancellationToken);
            }
            else if (!IsAlive(row.MessageId))
            {
                await PutIn(db, row, cancellationToken);
            }

            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            NotHandedIn(logger, e, row.Id); // whatever it was: the row is stored, nothing is lost
            return false;
        }
    }

    /// <summary>Takes a message out of its queue. One that is gone already, or cannot be reached, is dropped when a worker meets it.</summary>
    public void Drop(string messageId)
    {
        try
        {
            _engine.ChangeState(messageId, new DeletedState(), null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            NotDropped(logger, e, messageId);
        }
    }

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

    [LoggerMessage(2004, LogLevel.Warning, "Job {JobId} could not be handed in; the sweeper does it later")]
    private static partial void NotHandedIn(ILogger logger, Exception exception, Guid jobId);

    [LoggerMessage(2005, LogLevel.Warning, "Message {MessageId} could not be dropped; a worker does it when it meets it")]
    private static partial void NotDropped(ILogger logger, Exception exception, string messageId);
}
