using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Wfm.Api.Hosting;
using Wfm.Api.Json;
using Wfm.Api.Persistence;

namespace Wfm.Tests.Support;

/// <summary>The whole application on a free loopback port over a fresh store, spoken to over HTTP.</summary>
internal sealed class WfmServer : IAsyncDisposable
{
    public const string AdminKey = "wfm_test_admin_key_0123456789abcdef";

    private readonly WebApplication _app;
    private readonly TestStore? _ownStore;

    private WfmServer(WebApplication app, TestStore? ownStore)
    {
        _app = app;
        _ownStore = ownStore;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Client = new HttpClient { BaseAddress = new Uri(address) };
        Client.DefaultRequestHeaders.Add("X-Api-Key", AdminKey);
    }

    /// <summary>Signed in as admin.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="store">A store that outlives the server; null makes one that goes with it.</param>
    /// <param name="settings">More of the configuration.</param>
    public static async Task<WfmServer> Start(
        StoreKind kind, TestStore? store = null, Action<IServiceCollection>? services = null, Dictionary<string, string?>? settings = null)
    {
        var own = store is null ? await TestStore.Migrated(kind) : null;
        var app = WfmHost.Create([], builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Wfm:Store"] = (store ?? own!).ConnectionString,
                ["Wfm:BootstrapKey"] = AdminKey,
            });
            builder.Configuration.AddInMemoryCollection(settings ?? []);
            services?.Invoke(builder.Services);
        });
        await app.StartAsync();
        return new WfmServer(app, own);
    }

    /// <summary>A client with another key, or none.</summary>
    public HttpClient ClientWith(string? key)
    {
        var client = new HttpClient { BaseAddress = Client.BaseAddress };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Add("X-Api-Key", key);
        }

        return client;
    }

    public async Task<JsonNode> GetJson(string path)
    {
        using var response = await Client.GetAsync(path);
        return await Json(response);
    }

    public async Task<JsonNode> PostJson(string path, object body)
    {
        using var response = await Client.PostAsJsonAsync(path, body, WfmJson.Options);
        return await Json(response);
    }

    /// <summary>The body of a success; anything else fails the test with the problem in its message.</summary>
    public static async Task<JsonNode> Json(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.Should()
            .BeTrue($"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text) ?? throw new JsonException("empty body");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        NpgsqlConnection.ClearAllPools(); // the end of a process closes them; here they would fill the server that all tests share
        if (_ownStore is not null)
        {
            await _ownStore.DisposeAsync();
        }
    }
}
