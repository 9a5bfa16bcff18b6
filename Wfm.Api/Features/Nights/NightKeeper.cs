using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Nights;

/// <summary>At start and every half minute: hands in the night of every hub whose time has come. Of several nights missed while nothing ran, the last is made
/// up for.</summary>
internal sealed class NightKeeper(IServiceScopeFactory scopes, IClock clock, ILogger<NightKeeper> logger)
    : PeriodicStoreWork(TimeSpan.FromSeconds(30), logger)
{
    protected override Task Work(CancellationToken cancellationToken) => Keep(cancellationToken);

    internal async Task Keep(CancellationToken cancellationToken)
    {
        foreach (var hub in await Hubs(cancellationToken))
        {
            await using var scope = scopes.CreateAsyncScope();
            try
            {
                await Keep(hub, scope.ServiceProvider, cancellationToken);
            }
            catch (DbUpdateException e) when (StoreConflicts.Describe(e) is not null)
            {
                // another process was first, or the hub was deleted
            }
        }
    }

    private async Task<List<Hub>> Hubs(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WfmDbContext>().Hubs.AsNoTracking().OrderBy(h => h.Code).ToListAsync(cancellationToken);
    }

    private async Task Keep(Hub hub, IServiceProvider services, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<WfmDbContext>();
        var now = clock.GetCurrentInstant();
        var (date, due) = new NightCalendar(hub.NightlyAt, hub.Zone).LastBefore(now);
        var last = await db.Nights.Where(n => n.HubId == hub.Id).MaxAsync(n => (LocalDate?)n.Date, cancellationToken);
        if (last >= date)
        {
            return;
        }

        if (last is null && hub.UpdatedAt > due) // the hub is younger than this night: its first is the next one
        {
            db.Nights.Add(new Night { HubId = hub.Id, Date = date, DueAt = due });
        }
        else
        {
            db.Nights.Add(new Night { HubId = hub.Id, Date = date, DueAt = due, HandedInAt = now });
            await services.GetRequiredService<JobQueue>() // stores night and job at once
                .Submit<NightlyChain>(new NightlyChainArguments(), hub.Id, JobOwner.Schedule, Night.KeyOf(hub.Code, date), cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
