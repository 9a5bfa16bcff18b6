using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>Keeps row and message of one mind. A worker's turn decides the message: failed, tried again later, handed back, dropped. Delete in the dashboard
/// cancels the row, Requeue revives it.</summary>
/// <remarks>The only filter besides the counters of the dashboard; the engine's global ones would retry ten times on their own.</remarks>
internal sealed class JobMessageFilter(IServiceScopeFactory scopes, [FromKeyedServices(JobClock.Key)] IClock clock) : IElectStateFilter, IJobFilterProvider
{
    /// <summary>A turn that could not even write its row is taken again after so long.</summary>
    private static readonly Duration Pause = Duration.FromSeconds(15);

    private readonly StatisticsHistoryAttribute _counters = new();

    public IEnumerable<JobFilter> GetFilters(Hangfire.Common.Job job) =>
        [new JobFilter(this, JobFilterScope.Global, null), new JobFilter(_counters, JobFilterScope.Global, null)];

    public void OnStateElection(ElectStateContext context)
    {
        if (context.BackgroundJob.Job is { Args: [Guid row, ..] } job && job.Type == typeof(RunJobRow))
        {
            context.CandidateState = Elect(row, job.Queue, context);
        }
    }

    private IState Elect(Guid row, string queue, ElectStateContext context)
    {
        switch (context.CandidateState)
        {
            case FailedState { Exception: JobTurnException { Turn: var turn } } failed:
                failed.Reason = turn.Text;
                return After(turn, queue) ?? failed;
            case FailedState failed when context.CurrentState == ProcessingState.StateName:
                return new ScheduledState((clock.GetCurrentInstant() + Pause).ToDateTimeUtc()) { Reason = failed.Exception.Message };
            case DeletedState:
                Change(row, context, rows => rows.Cancel(clock.GetCurrentInstant(), CancellationToken.None));
                return context.CandidateState;
            case EnqueuedState enqueued when HasEnded(context.CurrentState):
                enqueued.Queue = queue;
                return Change(row, context, rows => rows.Revive(CancellationToken.None)) ? enqueued
                    : new DeletedState { Reason = "Another job does the same work, or the row is gone." };
            default:
                return context.CandidateState;
        }
    }

    /// <returns>Null when it stays failed.</returns>
    private static IState? After(JobTurn turn, string queue) => turn switch
    {
        { State: JobState.Failed } => null,
        { Again: { } at } => new ScheduledState(at.ToDateTimeUtc()) { Reason = turn.Text },
        { State: JobState.Queued } => new EnqueuedState(queue) { Reason = turn.Text },
        _ => new DeletedState { Reason = turn.Text },
    };

    private static bool HasEnded(string? state) => state == SucceededState.StateName || state == FailedState.StateName || state == DeletedState.StateName;

    /// <summary>Changes the row if the message is the one it is known by.</summary>
    private bool Change(Guid row, ElectStateContext context, Func<IQueryable<Job>, Task<bool>> change)
    {
        var message = context.BackgroundJob.Id;
        using var scope = scopes.CreateScope();
        var rows = scope.ServiceProvider.GetRequiredService<WfmDbContext>().Jobs.Where(j => j.Id == row && j.MessageId == message);
        try
        {
            return change(rows).GetAwaiter().GetResult(); // the engine's filters are synchronous, on threads of its own
        }
        catch (Exception e) when (StoreConflicts.IsDuplicate(e))
        {
            return false; // revived while another unfinished job has its key
        }
    }
}
