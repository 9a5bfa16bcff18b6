using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Swaps;

/// <summary>Every minute: what was not decided in time expires. Lists do the same before they tell anything.</summary>
internal sealed class SwapSweep(IServiceScopeFactory scopes, IClock clock, ILogger<SwapSweep> logger) : PeriodicStoreWork(TimeSpan.FromMinutes(1), logger)
{
    protected override async Task Work(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await Expire(scope.ServiceProvider.GetRequiredService<WfmDbContext>(), clock.GetCurrentInstant(), cancellationToken);
    }

    /// <returns>How many requests and open shifts have expired.</returns>
    internal static async Task<int> Expire(WfmDbContext db, Instant now, CancellationToken cancellationToken)
    {
        var swaps = await db.Swaps.Where(s => (s.State == SwapState.Asked || s.State == SwapState.Accepted) && s.ExpiresAt <= now)
            .ToListAsync(cancellationToken);
        var shifts = await db.OpenShifts.Where(s => s.State == OpenShiftState.Open && s.ExpiresAt <= now).ToListAsync(cancellationToken);
        var expired = swaps.Count(s => s.Expire(now)) + shifts.Count(s => s.Expire(now));
        if (expired == 0)
        {
            return 0;
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear(); // somebody else did it, or decided just in time
            return 0;
        }

        return expired;
    }
}
