using System.Net.Sockets;
using Npgsql;

namespace Wfm.Tests.Support;

public sealed class PostgresClusterTests
{
    [Test]
    public async Task CreateDatabase_FromTemplate_HasWhatThePreparationMade()
    {
        var prepared = 0;
        async Task Prepare(string template)
        {
            prepared++;
            await Scalar(template, "CREATE TABLE colour AS SELECT 'green' AS name");
        }

        var first = await PostgresCluster.CreateDatabase("cluster_tests", Prepare);
        var second = await PostgresCluster.CreateDatabase("cluster_tests", Prepare);
        await Scalar(first, "DELETE FROM colour");

        (await Scalar(second, "SELECT name FROM colour")).Should().Be("green");
        prepared.Should().Be(1);
        await PostgresCluster.DropDatabase(first);
        await FluentActions.Awaiting(() => Scalar(first, "SELECT 1")).Should().ThrowAsync<PostgresException>().WithMessage("*does not exist*");
    }

    [Test]
    public async Task Stop_Immediate_LosesNoCommittedRow()
    {
        await using var cluster = await PostgresCluster.Start();
        await Scalar(cluster.ConnectionString, "CREATE TABLE kept AS SELECT 7 AS number");

        cluster.Stop("immediate");
        await FluentActions.Awaiting(() => Scalar(cluster.ConnectionString, "SELECT 1")).Should().ThrowAsync<NpgsqlException>();
        cluster.StartAgain();

        (await Scalar(cluster.ConnectionString, "SELECT number FROM kept")).Should().Be(7);
    }

    [Test]
    public async Task DeleteStale_OwnerIsNoMore_StopsAndDeletesTheCluster()
    {
        var stale = await PostgresCluster.Start(owner: int.MaxValue);
        var ours = await PostgresCluster.SharedServer();

        PostgresCluster.DeleteStale();

        Directory.GetDirectories(Path.GetTempPath(), $"wfm-postgres-{int.MaxValue}-*").Should().BeEmpty();
        using var client = new TcpClient();
        FluentActions.Invoking(() => client.Connect("127.0.0.1", stale.Port)).Should().Throw<SocketException>();
        (await Scalar(ours, "SELECT 1")).Should().Be(1, "the cluster of a living run stays");
        await stale.DisposeAsync(); // nothing is left to delete, and that is no error
    }

    private static async Task<object?> Scalar(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
