using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.TimeOff.Requests;

/// <summary>Every few minutes: ends requests that were not decided in time, and moves up who fits since a roster, an allowance or a balance changed.</summary>
internal sealed class LeaveKeeper(IServiceScopeFactory scopes, IClock clock, ILogger<LeaveKeeper> logger) : PeriodicStoreWork(TimeSpan.FromMinutes(5), logger)
{
    protected override Task Work(CancellationToken cancellationToken) => Keep(cancellationToken);

    internal async Task Keep(CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        List<Guid> hubs;
        await using (var scope = scopes.CreateAsyncScope())
        {
            hubs = await scope.ServiceProvider.GetRequiredService<WfmDbContext>().LeaveRequests
                .Where(r => r.State == LeaveState.Waiting || (r.State == LeaveState.Pending && r.ExpiresAt <= now)).Select(r => r.HubId).Distinct()
                .ToListAsync(cancellationToken);
        }

        foreach (var hub in hubs)
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<LeaveDesk>().Sweep(hub, cancellationToken);
        }
    }
}
