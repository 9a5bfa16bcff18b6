using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>At start and every half minute: hands in again what a dead worker left, and keeps every hub's night scheduled.</summary>
public sealed class JobSweeper(IServiceScopeFactory scopes, IJobEngine engine, IClock clock) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private readonly HashSet<Guid> _handedIn = [];
    private readonly Dictionary<Guid, (LocalTime At, string Zone)> _nights = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        do
        {
            await Sweep(stoppingToken);
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
        }
    }
}
