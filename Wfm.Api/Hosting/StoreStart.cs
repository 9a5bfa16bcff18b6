using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Hosting;

/// <summary>Before anything is served: the store exists and has the current schema, and somebody holds a key.</summary>
internal sealed class StoreStart(IServiceProvider services, Store store, WfmSettings settings, IClock clock) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => services.MigrateStore(Complete, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>While other processes wait: the tables of the job engine, and a key.</summary>
    private async Task Complete(WfmDbContext db, CancellationToken cancellationToken)
    {
        JobEngine.Install(store);
        if (settings.BootstrapKey is { } given && ApiKeys.Hash(given) is var hash && !await db.ApiKeys.AnyAsync(k => k.Hash == hash, cancellationToken))
        {
            db.ApiKeys.Add(
                new ApiKey
                {
                    Name = "bootstrap",
                    Role = Roles.Admin,
                    Hash = hash,
                    Prefix = given[..Math.Min(12, given.Length / 2)],
                    CreatedAt = clock.GetCurrentInstant(),
                });
            await db.SaveChangesAsync(cancellationToken);
        }

        if (!await db.ApiKeys.AnyAsync(cancellationToken))
        {
            var (key, row) = ApiKeys.Create("first admin", Roles.Admin, [], clock.GetCurrentInstant());
            db.ApiKeys.Add(row);
            await db.SaveChangesAsync(cancellationToken);
            await Console.Out.WriteLineAsync($"Admin key (shown once, store it now): {key}"); // not through the log, which is kept
        }
    }
}
