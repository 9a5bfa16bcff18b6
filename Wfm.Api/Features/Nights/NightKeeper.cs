using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Nights;

/// <summary>At start and every half minute: keeps every hub's night scheduled, and at start hands in a night that was missed.</summary>
internal sealed partial class NightKeeper(IServiceScopeFactory scopes, IJobEngine engine, IClock clock, ILogger<NightKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private readonly Dictionary<Guid, (LocalTime At, string Zone)> _nights = [];
    private bool _caughtUp;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        do
        {
            try
            {
                await Keep(stoppingToken);
            }
            catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException { InnerException: System.Data.Common.DbException })
            {
                StoreAway(logger, e); // it comes back, or the health check says so
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task Keep(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
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

    [LoggerMessage(2004, LogLevel.Warning, "The store does not answer; the nights are looked at again")]
    private static partial void StoreAway(ILogger logger, Exception exception);
}
