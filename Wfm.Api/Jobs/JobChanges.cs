using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Wfm.Api.Jobs;

/// <summary>What people do to job rows, each in one statement: of a person and a worker at once, one wins.</summary>
internal static class JobChanges
{
    /// <summary>Ends a queued job, asks a running one to stop at its next step.</summary>
    /// <returns>False when it has ended already.</returns>
    public static async Task<bool> Cancel(this IQueryable<Job> rows, Instant now, CancellationToken cancellationToken) =>
        await rows.Where(j => j.State == JobState.Queued).ExecuteUpdateAsync(
            j => j.SetProperty(x => x.State, JobState.Cancelled).SetProperty(x => x.CancelRequested, true).SetProperty(x => x.FinishedAt, now)
                .SetProperty(x => x.RetryAt, (Instant?)null).SetProperty(x => x.Version, x => x.Version + 1),
            cancellationToken) > 0
        || await rows.Where(j => j.State == JobState.Running).ExecuteUpdateAsync(j => j.SetProperty(x => x.CancelRequested, true), cancellationToken) > 0;

    /// <summary>Makes a job that has ended a queued one with all its attempts before it.</summary>
    /// <returns>False when there is none, or when it has not ended.</returns>
    public static async Task<bool> Revive(this IQueryable<Job> rows, CancellationToken cancellationToken) =>
        await rows.Where(j => j.State == JobState.Succeeded || j.State == JobState.Failed || j.State == JobState.Cancelled).ExecuteUpdateAsync(
            j => j.SetProperty(x => x.State, JobState.Queued).SetProperty(x => x.CancelRequested, false).SetProperty(x => x.Attempt, 0)
                .SetProperty(x => x.Progress, 0).SetProperty(x => x.Step, (string?)null).SetProperty(x => x.Result, (string?)null)
                .SetProperty(x => x.Error, (string?)null).SetProperty(x => x.FinishedAt, (Instant?)null).SetProperty(x => x.Version, x => x.Version + 1),
            cancellationToken) > 0;
}
