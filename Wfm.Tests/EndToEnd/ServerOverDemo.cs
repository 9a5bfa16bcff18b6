using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.EndToEnd;

/// <summary>A server over a copy of the demo's store, for work after the demo.</summary>
internal sealed class ServerOverDemo : IAsyncDisposable
{
    private readonly TestStore _store;
    private readonly WfmServer _server;

    private ServerOverDemo(TestStore store, WfmServer server)
    {
        _store = store;
        _server = server;
    }

    /// <summary>Speaks to the API as admin.</summary>
    public HttpClient Client => _server.Client;

    /// <param name="clock">The time on the server; that of the machine when null.</param>
    public static async Task<ServerOverDemo> Start(IClock? clock = null)
    {
        var store = await TestStore.Create(StoreKind.Sqlite);
        await (await DemoRun.Get()).CopyTo(store.ConnectionString);
        return new ServerOverDemo(store, await WfmServer.Start(StoreKind.Sqlite, store, services =>
        {
            if (clock is not null)
            {
                services.AddSingleton(clock);
            }
        }));
    }

    /// <summary>Posts work and follows its events to the end.</summary>
    /// <returns>Id of what it made.</returns>
    public async Task<Guid> Run(string path, object request)
    {
        var accepted = await _server.PostJson(path, request);
        await _server.Client.GetStringAsync($"{accepted["job"]}/events"); // the stream ends when the job has ended
        var job = await _server.GetJson((string)accepted["job"]!);
        ((string?)job["state"]).Should().Be("succeeded", $"{path} failed: {job["error"]}");
        return Guid.Parse(((string)job["result"]!).Split('/')[^1]);
    }

    public async Task<StoredRoster> Roster(Guid id)
    {
        await using var db = RosterAuditorReader.Open(_store.ConnectionString);
        return await RosterAuditorReader.Read(db, id);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _store.DisposeAsync();
    }
}
