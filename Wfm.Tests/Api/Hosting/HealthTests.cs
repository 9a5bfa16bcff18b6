using System.Net;
using Npgsql;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Hosting;

public sealed class HealthTests
{
    [TestCase(StoreKind.Sqlite)]
    [TestCase(StoreKind.Postgres)]
    public async Task Health_WithoutKey_IsOpenAndNothingElseIs(StoreKind kind)
    {
        await using var server = await WfmServer.Start(kind);
        using var anonymous = server.ClientWith(null);

        (await anonymous.GetAsync("/health/live")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await anonymous.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await anonymous.GetAsync("/swagger/v1/swagger.json")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await anonymous.GetAsync("/api/v1/hubs")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Ready_DatabaseThatOnlyReads_IsNotReadyAndReads()
    {
        await using var store = await TestStore.Create(StoreKind.Postgres);
        await using (await WfmServer.Start(StoreKind.Postgres, store))
        {
        }

        var database = new NpgsqlConnectionStringBuilder(store.ConnectionString).Database;
        await using (var connection = new NpgsqlConnection(store.ConnectionString))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand($"ALTER DATABASE {database} SET default_transaction_read_only = on", connection);
            await command.ExecuteNonQueryAsync();
        }


        var later = TestStore.On($"{store.ConnectionString};Application Name=later"); // its own sessions: they have what was set when they began
        await using var server = await WfmServer.Start(StoreKind.Postgres, later); // with a key whose use cannot be written down
        (await server.Client.Get("/health/ready")).Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await server.Client.Get("/health/live")).Is(HttpStatusCode.OK);
        (await server.Client.Get("/api/v1/hubs")).Is(HttpStatusCode.OK);
        var refused = (await server.Client.Post("/api/v1/hubs", SampleSetup.Hub("no"))).Is(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.Should().NotBeNull();
    }

    [Test]
    public async Task Ready_SqliteFileThatIsRubbishOrGone_IsNotReady()
    {
        await using var store = await TestStore.Create(StoreKind.Sqlite);
        await using var server = await WfmServer.Start(StoreKind.Sqlite, store);
        (await server.Client.Get("/health/ready")).Is(HttpStatusCode.OK);

        await using (var file = new FileStream(store.ConnectionString, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            await file.WriteAsync(new byte[64 * 1024]);
        }

        await UntilReady(server, HttpStatusCode.ServiceUnavailable);
        File.Delete(store.ConnectionString);
        await UntilReady(server, HttpStatusCode.ServiceUnavailable);
    }

    /// <summary>An answer stands for a second.</summary>
    private static async Task UntilReady(WfmServer server, HttpStatusCode status)
    {
        var answer = await server.Client.Get("/health/ready");
        for (var wait = 0; answer.Status != status && wait < 60; wait++)
        {
            await Task.Delay(50);
            answer = await server.Client.Get("/health/ready");
        }

        answer.Status.Should().Be(status);
    }
}
