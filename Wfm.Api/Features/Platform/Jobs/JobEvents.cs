using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Platform.Jobs;

/// <summary>Progress of a job as server-sent events: one at once, one with every change, the last when it has ended.</summary>
internal static class JobEvents
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500); // progress is written about once a second
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15); // so that no proxy takes the silence for the end

    /// <param name="isAllowed">Asked before each look; the stream ends where the key that follows counts no more.</param>
    /// <param name="stopping">Ends the stream as well: a shutdown is no fault.</param>
    public static async IAsyncEnumerable<SseItem<JobResponse>> Follow(
        Job job, string? hub, WfmDbContext db, TimeProvider time, Func<Task<bool>> isAllowed, CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var timer = new PeriodicTimer(Every, time);
        await using var stop = stopping.UnsafeRegister(static t => ((PeriodicTimer)t!).Dispose(), timer); // the next tick is false
        var (current, sent, sentAt, number) = (job, (JobResponse?)null, time.GetTimestamp(), 0);
        while (true)
        {
            var next = JobResponse.From(current, hub);
            if (next != sent || time.GetElapsedTime(sentAt) >= KeepAlive)
            {
                (sent, sentAt) = (next, time.GetTimestamp());
                yield return new SseItem<JobResponse>(next, current.IsFinished ? "finished" : "progress") { EventId = (++number).ToString() };
            }

            if (current.IsFinished || !await timer.WaitForNextTickAsync(cancellationToken) || !await isAllowed())
            {
                yield break;
            }

            current = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == job.Id, cancellationToken) ?? current;
        }
    }
}
