using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>At start and every half minute: hands in again what a dead worker left, and keeps every hub's night scheduled.</summary>
public sealed partial class JobSweeper(IServiceScopeFactory scopes, IJobEngine engine, IClock clock, ILogger<JobSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private readonly HashSet<Guid> _handedIn = [];
    private readonly Dictionary<Guid, (LocalTime At, string Zone)> _nights = [];
    private bool _caughtUp;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        do
        {
            try
            {
                await Sweep(stoppingToken);
            }
            catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException { InnerException: System.Data.Common.DbException })
            {
                StoreAway(logger, e); // it comes back, or the health check says so
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task Sweep(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var stale = clock.GetCurrentInstant() - JobRunner.Stale;

        // steps of a chain are run by their chain, never on their own: an unfinished one is failed, the chain makes a new one
        await db.Jobs.Where(j => j.ParentId != null && j.State == JobState.Running && j.HeartbeatAt < stale).ExecuteUpdateAsync(
            j => j.SetProperty(x => x.State, JobState.Failed).SetProperty(x => x.Error, "The worker died; the chain starts over."), cancellationToken);
        var left = await db.Jobs.Where(j => j.ParentId == null)
            .Where(j => (j.State == JobState.Queued && j.RequestedAt < stale) || (j.State == JobState.Running && j.HeartbeatAt < stale))
            .Select(j => j.Id).ToListAsync(cancellationToken);
        foreach (var id in left.Where(_handedIn.Add))
        {
            await engine.Enqueue(id, cancellationToken); // twice is harmless: the claim lets one in
        }

        _handedIn.IntersectWith(left);
        foreach (var hub in await db.Hubs.AsNoTracking().ToListAsync(cancellationToken))
        {
            if (!_nights.TryGetValue(hub.Id, out var night) || night != (hub.NightlyAt, hub.TimeZone))
            {
                await engine.ScheduleNightly(hub.Id, hub.NightlyAt, hub.Zone, cancellationToken);
                _nights[hub.Id] = (hub.NightlyAt, hub.TimeZone);
            }

            if (!_caughtUp && await MissedItsNight(db, hub.Id, cancellationToken))
            {
                await scope.ServiceProvider.GetRequiredService<NightlySchedule>().Fire(hub.Id, cancellationToken);
            }
        }

        _caughtUp = true;
    }

    /// <summary>A hub that has had nights, the last of them more than a day ago: the process was down, and the in-memory engine does not know.</summary>
    private async Task<bool> MissedItsNight(WfmDbContext db, Guid hubId, CancellationToken cancellationToken)
    {
        var last = await db.Jobs.Where(j => j.HubId == hubId && j.Kind == NightlyChain.Kind).MaxAsync(j => (Instant?)j.RequestedAt, cancellationToken);
        return last is { } night && clock.GetCurrentInstant() - night > Duration.FromHours(25); // the longest day
    }

    [LoggerMessage(2003, LogLevel.Warning, "The store does not answer; the sweep is tried again")]
    private static partial void StoreAway(ILogger logger, Exception exception);
}
