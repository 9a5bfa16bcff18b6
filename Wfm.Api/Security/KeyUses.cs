using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Api.Security.Sessions;

namespace Wfm.Api.Security;

/// <summary>When keys and sessions were used last, written down behind the requests: a request that only reads writes nothing, and works on a store that cannot
/// be written.</summary>
internal sealed class KeyUses(IServiceScopeFactory scopes, ILogger<KeyUses> logger) : PeriodicStoreWork(TimeSpan.FromSeconds(1), logger)
{
    private static readonly Duration Grain = Duration.FromMinutes(5); // not a write per request

    private readonly ConcurrentDictionary<Guid, Instant> _uses = [];
    private readonly ConcurrentDictionary<Guid, Instant> _sessions = [];

    /// <param name="key">As it is stored.</param>
    public void Note(ApiKey key, Instant now)
    {
        if (key.LastUsedAt is null || now - key.LastUsedAt > Grain)
        {
            _uses[key.Id] = now;
        }
    }

    /// <param name="session">As it is stored.</param>
    public void Note(Session session, Instant now)
    {
        if (session.LastUsedAt is null || now - session.LastUsedAt > Grain)
        {
            _sessions[session.Id] = now;
        }
    }

    protected override async Task Work(CancellationToken cancellationToken)
    {
        if (_uses.IsEmpty && _sessions.IsEmpty)
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

        foreach (var (id, at) in _sessions)
        {
            Instant? used = at;
            _sessions.TryRemove(new(id, at));
            await db.Sessions.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastUsedAt, used), cancellationToken);
        }
    }
}
