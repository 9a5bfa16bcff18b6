using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Npgsql;
using Wfm.Api.Features.Volumes.Retention;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;

namespace Wfm.Tests.Api.Features.Volumes.Retention;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class VolumeRollUpTests(StoreKind kind)
{
    private static readonly Instant August = Instant.FromUtc(2026, 8, 1, 0, 0);
    private static readonly Instant September = Instant.FromUtc(2026, 9, 1, 0, 0);

    private VolumeServer _server = null!;

    /// <summary>A hub west and one far east of Greenwich, from June to September; some figures are missing.</summary>
    private static readonly string File = Csv(Instant.FromUtc(2026, 6, 25, 0, 0), Instant.FromUtc(2026, 9, 3, 0, 0));

    [SetUp]
    public async Task StartServer()
    {
        _server = await VolumeServer.Start(kind);
        await _server.Import(File);
    }

    [TearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [Test]
    public async Task Run_MonthAfterMonth_LeavesDaysAndWeeksAsTheyWere()
    {
        var (days, weeks) = (await Answer(1440), await Answer(10080));

        await RollUp(August);
        (await Answer(1440)).Should().Be(days);
        await RollUp(September);
        await RollUp(September);

        (await Answer(1440)).Should().Be(days);
        (await Answer(10080)).Should().Be(weeks);
        (await _server.WithDb(db => db.Volumes.MinAsync(v => v.IntervalStart))).Should().Be(September);
    }

    [Test]
    public async Task Import_OfWhatWasRolledUp_IsRefusedRowByRow()
    {
        await RollUp(August);
        var days = await Answer(1440);

        var report = await _server.Import(File);

        ((int)report["unchanged"]!).Should().Be(File.Split('\n').Count(line => string.CompareOrdinal(line, "2026-08") >= 0 && line[0] == '2'));
        ((string?)report["rejections"]![0]!["reason"]).Should().Contain("only days are kept");
        (await Answer(1440)).Should().Be(days);
    }

    [Test]
    public async Task Upsert_OfAnImportThatBeganBefore_IsAConflict()
    {
        var series = await _server.WithDb(db => db.Series.Select(s => s.Id).FirstAsync());
        await using var writer = await _server.Server.Services.GetRequiredService<VolumeStore>().OpenWriter(default);
        await writer.Write(new VolumeRow[] { new(series, August - Duration.FromHours(2000), 1) }, default);

        await RollUp(August);

        await writer.Awaiting(w => w.Write(new VolumeRow[] { new(series, August - Duration.FromHours(1999), 1) }, default))
            .Should().ThrowAsync<ProblemException>().WithMessage("*only days are kept*");
    }

    [Test]
    public async Task Run_AfterADeathBetweenDetachAndDrop_CountsNothingTwice()
    {
        if (kind != StoreKind.Postgres) Assert.Ignore("SQLite has no partitions.");
        var days = await Answer(1440);
        await _server.WithDb(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE volumes DETACH PARTITION volumes_2026_06"));

        await RollUp(August);

        (await Answer(1440)).Should().Be(days);
        (await Tables()).Should().Equal("volumes_2026_08", "volumes_2026_09");
    }

    [Test]
    public async Task Keep_MonthsSet_HandsInWhatIsTooOldOnce()
    {
        await Keeper(3).Keep(default);
        await Keeper(3).Keep(default);
        await Keeper(null).Keep(default);

        var jobs = await _server.WithDb(db => db.Jobs.Where(j => j.Kind == VolumeRollUpJob.Kind).ToListAsync());
        jobs.Should().ContainSingle().Which.Arguments.Should().Contain("2026-08-01T00:00:00Z"); // the clock stands on 1 November
        if (kind == StoreKind.Postgres)
        {
            (await Tables()).Should().Contain("volumes_2026_11", "volumes_2026_12");
        }
    }

    [Test]
    public void Retention_OfTooFewMonths_IsRefused() => FluentActions.Invoking(() => new VolumeRetention(2)).Should().Throw<ArgumentOutOfRangeException>()
        .WithMessage("*KeepIntervalsMonths*3*");

    [Test]
    public async Task Plans_OfQueriesByTime_TouchOneMonth()
    {
        if (kind != StoreKind.Postgres) Assert.Ignore("SQLite has no partitions.");

        var byTime = await Plan("SELECT * FROM volumes WHERE series_id = 1 AND interval_start >= '2026-07-05Z' AND interval_start < '2026-07-20Z'");
        var newest = await Plan("SELECT (SELECT max(v.interval_start) FROM volumes v WHERE v.series_id = s.value) FROM unnest(ARRAY[1, 2]) AS s(value)");

        byTime.Should().Contain("volumes_2026_07").And.NotContain("volumes_2026_06").And.NotContain("volumes_2026_08").And.NotContain("Seq Scan");
        newest.Should().Contain("Index Only Scan Backward").And.NotContain("Merge Append"); // the newest month first, and no other where it has the series
    }

    private VolumeKeeper Keeper(int? months) => ActivatorUtilities.CreateInstance<VolumeKeeper>(_server.Server.Services, new VolumeRetention(months));

    private async Task RollUp(Instant keepFrom)
    {
        await using var scope = _server.Server.Services.CreateAsyncScope();
        var arguments = Wfm.Api.Jobs.Job.Serialize(new VolumeRollUpArguments(keepFrom));
        await scope.ServiceProvider.GetRequiredService<VolumeRollUpJob>()
            .Run(new JobContext(Guid.NewGuid(), null, VolumeRollUpJob.Owner, arguments, new JobProgress()), default);
    }

    private async Task<string> Answer(int interval) => (await _server.Server.GetJson($"/api/v1/volumes?interval={interval}&limit=1000")).ToJsonString();

    private Task<List<string>> Tables() => Query("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'volumes_%' ORDER BY relname");

    private async Task<string> Plan(string sql) => string.Join('\n', await Query($"ANALYZE; SET enable_seqscan = off; EXPLAIN {sql}"));

    private async Task<List<string>> Query(string sql)
    {
        await using var connection = new NpgsqlConnection(_server.Server.Services.GetRequiredService<Store>().ConnectionString);
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

    private static string Csv(Instant from, Instant to)
    {
        var text = new StringBuilder(VolumeServer.Header);
        for (var (start, i) = (from, 0); start < to; start += Duration.FromMinutes(30), i++)
        {
            var handled = i % 7 == 0 ? "" : (i % 11).ToString(CultureInfo.InvariantCulture);
            var backlog = i % 5 == 0 ? "" : (i % 13).ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{start},appeals-en,SCL,{i % 17},{handled},,{i % 3},{backlog}\n");
            if (start.Plus(Duration.FromHours(10.5)).InUtc().Minute == 0 || i % 2 == 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{start},appeals-en,LDH,{i % 19},,{i % 23},,{backlog}\n");
            }
        }

        return text.ToString();
    }
}
