using System.Collections.Concurrent;
using Wfm.Api.Persistence;

namespace Wfm.Tests.Support;

/// <summary>One server a store kind for all tests that only need some server; each fixture uses codes of its own.</summary>
internal static class SharedServers
{
    private static readonly ConcurrentDictionary<StoreKind, Lazy<Task<WfmServer>>> Servers = new();

    public static Task<WfmServer> Get(StoreKind kind) => Servers.GetOrAdd(kind, k => new Lazy<Task<WfmServer>>(() => WfmServer.Start(k))).Value;

    public static async Task Stop()
    {
        foreach (var kind in Servers.Keys.ToArray())
        {
            if (Servers.TryRemove(kind, out var server))
            {
                await (await server.Value).DisposeAsync();
            }
        }
    }
}
