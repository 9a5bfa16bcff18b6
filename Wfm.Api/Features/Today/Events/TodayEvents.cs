using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Today.Inputs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Today.Events;

/// <summary>Says whenever anything has changed that the day of a hub hangs on, and when an interval turns.</summary>
/// <remarks>An event's id is the stamp of what it saw. Nothing is kept for those who went away: who comes back with an id is told at once what differs from it,
/// by whatever process and after any restart.</remarks>
internal sealed class TodayEvents(IServiceScopeFactory scopes, IClock clock, TimeProvider time)
{
    public const string Changed = "changed";
    public const string Heartbeat = "heartbeat";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15); // so that no proxy takes the silence for the end

    private readonly ConcurrentDictionary<Guid, (long At, Lazy<Task<TodayStamp?>> Stamp)> _looks = []; // one a hub

    /// <param name="lastId">Id of the last event that was received; null for a first visit, which is told everything as changed.</param>
    /// <param name="isAllowed">Asked with each heartbeat and event; the stream ends where the key counts no more.</param>
    /// <param name="stopping">Ends the stream as well: a shutdown is no fault.</param>
    public async IAsyncEnumerable<SseItem<TodayEvent>> Follow(
        Hub hub, string? lastId, Func<Task<bool>> isAllowed, CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var timer = new PeriodicTimer(Every, time);
        await using var stop = stopping.UnsafeRegister(static t => ((PeriodicTimer)t!).Dispose(), timer); // the next tick is false
        var (last, sentAt) = (lastId, time.GetTimestamp());
        do
        {
            var stamp = await Stamp(hub.Id);
            if (stamp is null)
            {
                yield break;
            }

            var changed = stamp.ChangedSince(last);
            if (changed.Count == 0 && time.GetElapsedTime(sentAt) < KeepAlive)
            {
                continue;
            }

            if (!await isAllowed())
            {
                yield break;
            }

            (last, sentAt) = (stamp.Id, time.GetTimestamp());
            yield return new SseItem<TodayEvent>(
                new TodayEvent(hub.Code, clock.GetCurrentInstant(), changed, stamp.Id), changed.Count > 0 ? Changed : Heartbeat)
            {
                EventId = stamp.Id,
            };
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>The stamp of a hub, looked at once a second however many follow it.</summary>
    private Task<TodayStamp?> Stamp(Guid hubId) => _looks.AddOrUpdate(
        hubId, New, (id, last) => time.GetElapsedTime(last.At) < Every ? last : New(id)).Stamp.Value;

    private (long At, Lazy<Task<TodayStamp?>> Stamp) New(Guid hubId) => (time.GetTimestamp(), new Lazy<Task<TodayStamp?>>(() => Look(hubId)));

    /// <summary>A scope of its own each time: what a context has read it does not read again. Null when there is no such hub any more.</summary>
    private async Task<TodayStamp?> Look(Guid hubId)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (services, now, none) = (scope.ServiceProvider, clock.GetCurrentInstant(), CancellationToken.None); // of all who follow
        var hub = await services.GetRequiredService<WfmDbContext>().Hubs.AsNoTracking().SingleOrDefaultAsync(h => h.Id == hubId, none);
        if (hub is null)
        {
            return null;
        }

        var interval = await services.GetRequiredService<TodayReader>().Interval(hub, now, none);
        return await services.GetRequiredService<TodayStamps>().Of(hub, hub.Days.DateOf(now), now, interval.Start, none);
    }
}
