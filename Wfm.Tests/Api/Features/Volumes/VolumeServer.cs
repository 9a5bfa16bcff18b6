using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Volumes;

/// <summary>A server with a clock that stands still on 1 November 2026, hubs in zones that do odd things, and two queues.</summary>
internal sealed class VolumeServer : IAsyncDisposable
{
    public const string Header = "interval_start,queue,hub,offered,handled,handle_time_seconds,abandoned,backlog\n";
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 1, 12, 0);

    private static readonly (string Code, string Zone)[] Hubs =
    [
        ("DUB", "Europe/Dublin"), ("LDH", "Australia/Lord_Howe"), ("CAI", "Africa/Cairo"), ("HYD", "Asia/Kolkata"), ("SCL", "America/Santiago"),
        ("ADL", "Australia/Adelaide"), ("KTM", "Asia/Kathmandu"), ("=1+1", "Etc/UTC"),
    ];

    private VolumeServer(WfmServer server) => Server = server;

    public WfmServer Server { get; }

    public HttpClient Client => Server.Client;

    public static async Task<VolumeServer> Start(StoreKind kind)
    {
        var server = await WfmServer.Start(kind, services: services => services.AddSingleton<IClock>(new FakeClock(Now)));
        var volumes = new VolumeServer(server);
        await volumes.WithDb(db =>
        {
            db.Hubs.AddRange(Hubs.Select(h => new Hub { Code = h.Code, Name = h.Code, TimeZone = h.Zone, Country = "ZZ" }));
            db.Queues.AddRange(new[] { "appeals-en", "chat-de" }.Select(code => new WorkQueue
            {
                Code = code,
                Name = code,
                Channel = "ticket",
                Language = "en",
                Severity = "S1",
                SkillGroup = "general",
            }));
            return db.SaveChangesAsync();
        });
        return volumes;
    }

    public async Task<T> WithDb<T>(Func<WfmDbContext, Task<T>> work)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<WfmDbContext>());
    }

    public Task<int> Rows() => WithDb(db => db.Volumes.CountAsync());

    /// <summary>Empties the volumes and forgets the series.</summary>
    public async Task Clear()
    {
        await WithDb(db => db.Volumes.ExecuteDeleteAsync());
        await WithDb(db => db.Series.ExecuteDeleteAsync());
    }

    public async Task<HttpResponseMessage> Post(string body, string type = "text/csv", string query = "", string? encoding = null, HttpClient? client = null)
    {
        using var content = Content(body, type, encoding);
        return await (client ?? Client).PostAsync($"/api/v1/volumes:import{query}", content);
    }

    /// <summary>The report of an import that must answer 200.</summary>
    public async Task<JsonNode> Import(string body, string type = "text/csv", string query = "", string? encoding = null, HttpClient? client = null)
    {
        using var response = await Post(body, type, query, encoding, client);
        return await WfmServer.Json(response);
    }

    /// <summary>Imports one row without the optional columns and gives its only rejection; fails when it is accepted.</summary>
    public async Task<JsonNode> Rejection(string row, string query = "")
    {
        var report = await Import("interval_start,queue,hub,offered\n" + row + "\n", query: query);
        report["rejected"]!.GetValue<int>().Should().Be(1, report.ToJsonString());
        report["accepted"]!.GetValue<int>().Should().Be(0);
        return report["rejections"]![0]!;
    }

    /// <summary>A client whose key holds the role and hubs.</summary>
    public async Task<HttpClient> ClientAs(string role, params string[] hubs)
    {
        var (key, row) = ApiKeys.Create(role, role, hubs, Now);
        await WithDb(db =>
        {
            db.ApiKeys.Add(row);
            return db.SaveChangesAsync();
        });
        return Server.ClientWith(key);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static ByteArrayContent Content(string body, string type, string? encoding)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        if (encoding == "gzip")
        {
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            {
                gzip.Write(bytes);
            }

            bytes = packed.ToArray();
        }

        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return content;
    }
}
