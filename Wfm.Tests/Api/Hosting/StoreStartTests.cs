using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wfm.Api.Hosting;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Hosting;

/// <summary>Starts over stores in every state, and what they refuse.</summary>
[NonParallelizable]
public sealed class StoreStartTests
{
    private const string LockRow = """
        CREATE TABLE IF NOT EXISTS __EFMigrationsLock (Id INTEGER PRIMARY KEY, Timestamp TEXT NOT NULL);
        INSERT OR REPLACE INTO __EFMigrationsLock VALUES (1, '2026-11-30 00:00:00+00:00');
        """;

    [Test, CancelAfter(30_000)]
    public async Task Start_LockRowOfAMigrationThatWasKilled_Starts(CancellationToken cancellationToken)
    {
        await using var store = await TestStore.Create(StoreKind.Sqlite);
        await using (var db = RosterAuditorReader.Open(store.ConnectionString))
        {
            await db.Database.ExecuteSqlRawAsync(LockRow, cancellationToken); // before anything was migrated
        }

        await using (var first = await WfmServer.Start(StoreKind.Sqlite, store).WaitAsync(cancellationToken))
        {
            (await first.Client.Get("/api/v1/hubs")).Is(HttpStatusCode.OK);
            await using var db = RosterAuditorReader.Open(store.ConnectionString);
            await db.Database.ExecuteSqlRawAsync(LockRow, cancellationToken); // after everything was
        }

        await using var next = await WfmServer.Start(StoreKind.Sqlite, store).WaitAsync(cancellationToken);
        (await next.Client.Get("/api/v1/hubs")).Is(HttpStatusCode.OK);
    }

    [TestCase(StoreKind.Sqlite)]
    [TestCase(StoreKind.Postgres)]
    public async Task Start_StoreOfANewerVersion_IsRefusedInOneSentence(StoreKind kind)
    {
        await using var store = await TestStore.Create(kind);
        await using (var server = await WfmServer.Start(kind, store))
        {
            await using var scope = server.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<WfmDbContext>().Database.ExecuteSqlRawAsync(
                """INSERT INTO "__EFMigrationsHistory" VALUES ('99990101000000_Later', '99.0.0')""");
        }

        await using var process = WfmProcess.Serve(store);
        await process.End();

        process.ExitCode.Should().Be(1);
        process.Said.Should().Contain("99990101000000_Later").And.Contain("newer version").And.NotContain("   at ");
    }

    [TestCase("Wfm.Api-typo", "There is no command 'Wfm.Api-typo'")]
    [TestCase("--Wfm:BootstrapKey=short", "needs at least 32")]
    [TestCase("--Wfm:Role=boss", "boss")]
    [TestCase("--Wfm:Store=/proc/none/wfm.db", "cannot be written")]
    public async Task Serve_WhatCannotBe_IsRefusedInOneSentence(string argument, string reason)
    {
        await using var store = await TestStore.Create(StoreKind.Sqlite);
        await using var process = WfmProcess.Run(argument.StartsWith('-') ? [$"--Wfm:Store={store.ConnectionString}", argument] : [argument]);
        await process.End();

        process.ExitCode.Should().Be(1);
        process.Said.Should().Contain(reason).And.NotContain("   at ");
    }

    [TestCase(null, null)]
    [TestCase("", null)]
    [TestCase("  ", null)]
    [TestCase(WfmServer.AdminKey, WfmServer.AdminKey)]
    public void GivenKey_OfTheSettings_IsThatOrNone(string? setting, string? key) => new WfmSettings { BootstrapKey = setting }.GivenKey().Should().Be(key);

    [TestCase("0123456789012345678901234567890")]
    [TestCase("01234567890123456789 0123456789012345")]
    public void GivenKey_ShortOrWithBlanks_IsRefused(string setting) => FluentActions.Invoking(() => new WfmSettings { BootstrapKey = setting }.GivenKey())
        .Should().Throw<StoreRefusedException>().WithMessage("*at least 32*");

    [Test]
    public async Task Request_WithBlanksAsKey_IsNobodys()
    {
        var server = await SharedServers.Get(StoreKind.Sqlite);
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        db.ApiKeys.Add(new ApiKey { Name = "of an earlier version", Role = Roles.Admin, Hash = ApiKeys.Hash(""), Prefix = "" });
        await db.SaveChangesAsync();
        foreach (var blanks in new[] { "Bearer", "Bearer ", "Bearer \t ", "Basic Og==", "Basic IDog" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Client.BaseAddress!, blanks[1] == 'a' ? "/jobs" : "/api/v1/hubs"));
            request.Headers.TryAddWithoutValidation("Authorization", blanks);
            using var client = new HttpClient();
            (await client.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.Unauthorized, blanks);
        }

        await db.ApiKeys.Where(k => k.Prefix == "").ExecuteDeleteAsync();
    }
}
