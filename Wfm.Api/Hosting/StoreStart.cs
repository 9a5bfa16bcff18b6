using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Hosting;

/// <summary>Before anything is served: the store exists and has the current schema, and somebody holds a key.</summary>
internal sealed class StoreStart(IServiceScopeFactory scopes, Store store, WfmSettings settings, IClock clock) : IHostedService
{
    private bool _isReady;

    public Task StartAsync(CancellationToken cancellationToken) => Prepare(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes the store ready, once; a command calls it before the host starts, so that a refusal is one sentence.</summary>
    /// <exception cref="StoreRefusedException">The store cannot be used by this build, or the settings are wrong.</exception>
    public async Task Prepare(CancellationToken cancellationToken)
    {
        if (!_isReady)
        {
            var given = settings.GivenKey();
            await Migrate(db => Complete(db, given, cancellationToken), cancellationToken);
            _isReady = true;
        }
    }

    /// <summary>Brings the store to the current schema, and the tables of the job engine with it.</summary>
    public Task Migrate(CancellationToken cancellationToken) => Migrate(_ => Task.CompletedTask, cancellationToken);

    private async Task Migrate(Func<WfmDbContext, Task> andThen, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        await ActivatorUtilities.CreateInstance<StoreMigration>(scope.ServiceProvider, db).Run(
            () =>
            {
                JobEngine.Install(store);
                return andThen(db);
            },
            cancellationToken);
    }

    private async Task Complete(WfmDbContext db, string? given, CancellationToken cancellationToken)
    {
        if (given is not null && ApiKeys.Hash(given) is var hash
            && !await db.ApiKeys.AnyAsync(k => k.Hash == hash || k.PreviousHash == hash, cancellationToken))
        {
            db.ApiKeys.Add(
                new ApiKey
                {
                    Name = "bootstrap",
                    Role = Roles.Admin,
                    Hash = hash,
                    Prefix = given[..12],
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
