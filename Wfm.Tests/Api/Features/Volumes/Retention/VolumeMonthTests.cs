using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Wfm.Api.Persistence;

namespace Wfm.Tests.Api.Features.Volumes.Retention;

/// <summary>The partitions of PostgreSQL.</summary>
public sealed class VolumeMonthTests() : RolledUpVolumes(StoreKind.Postgres)
{
    [Test]
    public async Task Run_AfterADeathBetweenDetachAndDrop_CountsNothingTwice()
    {
        var days = await Answer(1440);
        await Volumes.WithDb(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE volumes DETACH PARTITION volumes_2026_06"));

        await RollUp(August);

        (await Answer(1440)).Should().Be(days);
        (await Tables()).Should().Equal("volumes_2026_08", "volumes_2026_09", "volumes_2026_11", "volumes_2026_12"); // the last two by the keeper at start
    }

    [Test]
    public async Task Plans_OfQueriesByTime_TouchOneMonth()
    {
        var byTime = await Plan("SELECT * FROM volumes WHERE series_id = 1 AND interval_start >= '2026-07-05Z' AND interval_start < '2026-07-20Z'");
        var newest = await Plan("SELECT (SELECT max(v.interval_start) FROM volumes v WHERE v.series_id = s.value) FROM unnest(ARRAY[1, 2]) AS s(value)");

        byTime.Should().Contain("volumes_2026_07").And.NotContain("volumes_2026_06").And.NotContain("volumes_2026_08").And.NotContain("Seq Scan");
        newest.Should().Contain("Index Only Scan Backward").And.NotContain("Merge Append"); // the newest month first, and no other where it has the series
    }

    private Task<List<string>> Tables() => Query("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'volumes_%' ORDER BY relname");

    private async Task<string> Plan(string sql) => string.Join('\n', await Query($"ANALYZE; SET enable_seqscan = off; EXPLAIN {sql}"));

    private async Task<List<string>> Query(string sql)
    {
        await using var connection = new NpgsqlConnection(Volumes.Server.Services.GetRequiredService<Store>().ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }
}
