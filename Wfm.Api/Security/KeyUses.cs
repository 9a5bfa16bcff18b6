using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Security;

/// <summary>When keys were used last, written down behind the requests: a request that only reads writes nothing, and works on a store that cannot be written.
/// </summary>
internal sealed class KeyUses(IServiceScopeFactory scopes, ILogger<KeyUses> logger) : PeriodicStoreWork(TimeSpan.FromSeconds(1), logger)
{
    private static readonly Duration Grain = Duration.FromMinutes(5); // not a write per request

    private readonly ConcurrentDictionary<Guid, Instant> _uses = [];

    /// <param name="key">As it is stored.</param>
    public void Note(ApiKey key, Instant now)
    {
        if (key.LastUsedAt is null || now - key.LastUsedAt > Grain)
        {
            _uses[key.Id] = now;
        }
    }

    protected override async Task Work(CancellationToken cancellationToken)
    {
        if (_uses.IsEmpty)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        foreach (var (id, at) in _uses)
        {
            Instant? used = at;
            _uses.TryRemove(new(id, at)); // before it is written: where that fails the next request notes it again
            await db.ApiKeys.Where(k => k.Id == id).ExecuteUpdateAsync(k => k.SetProperty(x => x.LastUsedAt, used), cancellationToken);
        }
    }
}
