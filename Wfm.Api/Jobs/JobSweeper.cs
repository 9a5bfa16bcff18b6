using Wfm.Api.Features.Setup.Hubs;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Nights;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>At start and every half minute: hands in again what a dead worker left.</summary>
public sealed partial class JobSweeper(IServiceScopeFactory scopes, IJobEngine engine, IClock clock, ILogger<JobSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private readonly HashSet<Guid> _handedIn = [];

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
    }

    [LoggerMessage(2003, LogLevel.Warning, "The store does not answer; the sweep is tried again")]
    private static partial void StoreAway(ILogger logger, Exception exception);
}
