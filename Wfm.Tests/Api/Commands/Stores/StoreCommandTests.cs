using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wfm.Api.Commands;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Commands.Stores;

/// <summary>Backup while somebody writes, restore, and what both refuse.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class StoreCommandTests(StoreKind kind)
{
    private static readonly string[] Reads =
    [
        "/api/v1/volumes?hub=bak&queue=bak-chat&format=csv", "/api/v1/agents?hub=bak&limit=1000", "/api/v1/queues?limit=1000",
        "/api/v1/labour-policies?limit=1000", "/api/v1/contracts?limit=1000",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("wfm-backup-").FullName;
    private TestStore _store = null!;
    private Dictionary<string, string> _answers = [];
    private int _written;

    private string Backup => Path.Combine(_folder, "backup");

    [OneTimeSetUp]
    public async Task WriteABackupWhileSomebodyWrites()
    {
        _store = await TestStore.Create(kind);
        await using var server = await WfmServer.Start(kind, _store);
        var operation = await SmallOperation.SetUp(server.Client, "bak");
        await operation.AddPeople(3);
        await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        _answers = await Answers(server);
        using var stop = new CancellationTokenSource();
        var writing = Write(server, stop.Token);

        (await Run("backup", Backup)).Should().Be(0);
        await stop.CancelAsync();
        _written = await writing;
    }

    [OneTimeTearDown]
    public async Task Delete()
    {
        Directory.Delete(_folder, recursive: true);
        await _store.DisposeAsync();
    }

    [Test]
    public async Task Restore_IntoAnEmptyStore_ReadsTheSame()
    {
        await using var empty = await TestStore.Create(kind);

        (await CommandLine.Run(["restore", Backup, "--store", empty.ConnectionString])).Should().Be(0);

        await using var server = await WfmServer.Start(kind, empty);
        (await Answers(server)).Should().BeEquivalentTo(_answers);
        var all = (await server.Client.Get("/api/v1/hubs?limit=1000")).Json["items"]!.AsArray();
        var hubs = all.Select(h => (string)h!["code"]!).Where(c => c != "bak").ToList();
        hubs.Should().HaveCountLessThanOrEqualTo(_written).And.BeEquivalentTo(Enumerable.Range(0, hubs.Count).Select(i => $"w{i:000}"), "it is of one moment");
    }

    [Test]
    public async Task Restore_IntoAStoreThatIsNotEmpty_NeedsForceAndReplacesIt()
    {
        await using var other = await TestStore.Create(kind);
        var unpooled = kind == StoreKind.Postgres ? TestStore.On($"{other.ConnectionString};Pooling=false") : other; // a process that ends leaves none open
        await using (var server = await WfmServer.Start(kind, unpooled))
        {
            await server.Client.Create("hubs", SampleSetup.Hub("gone"));
            await using var scope = server.Services.CreateAsyncScope(); // what a later version would leave behind
            await scope.ServiceProvider.GetRequiredService<WfmDbContext>().Database.ExecuteSqlRawAsync("CREATE TABLE of_a_later_version (id INTEGER)");
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        (await CommandLine.Run(["restore", Backup, "--store", other.ConnectionString])).Should().Be(1);
        (await CommandLine.Run(["restore", Backup, "--force", "--store", other.ConnectionString])).Should().Be(0);

        await using var restored = await WfmServer.Start(kind, other);
        (await restored.Client.Get("/api/v1/hubs/gone")).Is(HttpStatusCode.NotFound);
        (await Answers(restored)).Should().BeEquivalentTo(_answers);
        await using var after = restored.Services.CreateAsyncScope();
        var db = after.ServiceProvider.GetRequiredService<WfmDbContext>();
        await FluentActions.Awaiting(() => db.Database.ExecuteSqlRawAsync("SELECT id FROM of_a_later_version"))
            .Should().ThrowAsync<System.Data.Common.DbException>();
    }

    [Test]
    public async Task Restore_WhileAProcessRuns_IsRefused()
    {
        await using var other = await TestStore.Create(kind);
        await using var server = await WfmServer.Start(kind, other);

        (await CommandLine.Run(["restore", Backup, "--force", "--store", other.ConnectionString])).Should().Be(1);

        (await server.Client.Get("/api/v1/hubs/bak")).Is(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Restore_WhatIsNoBackup_IsRefusedAndChangesNothing()
    {
        var rubbish = Path.Combine(_folder, "rubbish");
        await File.WriteAllTextAsync(rubbish, new string('x', 10_000));
        var cut = Path.Combine(_folder, "cut");
        await File.WriteAllBytesAsync(cut, (await File.ReadAllBytesAsync(Backup))[..^20_000]);
        await using var empty = await TestStore.Create(kind);

        foreach (var file in new[] { rubbish, cut, Path.Combine(_folder, "absent") })
        {
            (await CommandLine.Run(["restore", file, "--store", empty.ConnectionString])).Should().Be(1, file);
        }

        await using var server = await WfmServer.Start(kind, empty);
        (await server.Client.Get("/api/v1/hubs?limit=1")).Json["items"]!.AsArray().Should().BeEmpty();
    }

    [Test]
    public async Task Backup_OntoAFileOrOfNoStore_IsRefused()
    {
        (await Run("backup", Backup)).Should().Be(1);
        var absent = kind == StoreKind.Sqlite ? Path.Combine(_folder, "absent.db") : "Host=127.0.0.1;Port=1;Database=none;Username=none;Timeout=2";

        (await CommandLine.Run(["backup", Path.Combine(_folder, "none"), "--store", absent])).Should().Be(1);

        Directory.GetFiles(_folder, "none*").Should().BeEmpty();
    }

    [Test]
    public async Task Migrate_AnEmptyStore_CreatesItAndMakesNoKey()
    {
        await using var empty = await TestStore.Create(kind);

        (await CommandLine.Run(["migrate", "--store", empty.ConnectionString])).Should().Be(0);
        (await CommandLine.Run(["migrate", "--store", empty.ConnectionString])).Should().Be(0);

        await using var server = await WfmServer.Start(kind, empty);
        var keys = (await server.Client.Get("/api/v1/api-keys")).Json["items"]!.AsArray();
        keys.Should().ContainSingle().Which!["name"]!.GetValue<string>().Should().Be("bootstrap");
    }

    private Task<int> Run(string command, string file) => CommandLine.Run([command, file, "--store", _store.ConnectionString]);

    private static async Task<int> Write(WfmServer server, CancellationToken cancellationToken)
    {
        var written = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            await server.Client.Create("hubs", SampleSetup.Hub($"w{written:000}"));
            written++;
        }

        return written;
    }

    private static async Task<Dictionary<string, string>> Answers(WfmServer server)
    {
        var answers = new Dictionary<string, string>();
        foreach (var path in Reads)
        {
            answers[path] = (await server.Client.Get(path)).Is(HttpStatusCode.OK).Text;
        }

        return answers;
    }
}
