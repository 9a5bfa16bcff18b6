using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NodaTime;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Nights;
using Wfm.Api.Features.People.TimeOff.Balances;
using Wfm.Api.Features.People.TimeOff.Requests;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Idempotency;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Api.Security.Sessions;
using Wfm.Tests.Api.Jobs;

namespace Wfm.Tests.Api.Persistence;

/// <summary>Whatever is asked for with every request, or by every job and night, reads no table from end to end when there are many rows.</summary>
public sealed class IndexTests
{
    private const int Many = 30_000;

    /// <summary>An identity, and a moment, that no row has.</summary>
    private static readonly Guid Id = Guid.Parse("00000000-0000-7000-8000-000000000000");
    private static readonly Guid[] Ids = [Id, Guid.Parse("00000000-0000-7000-8000-000000000001")];
    private static readonly Instant? Then = Instant.FromUtc(2025, 7, 28, 0, 0);
    private static readonly byte[] Hash = [1];
    private static readonly LocalDate Day = new(2025, 7, 28);

    private static readonly (string Name, Func<WfmDbContext, IQueryable<object>> Query)[] Queries =
    [
        ("the forecast in force of a hub", db => db.Forecasts.Where(f => f.HubId == Id && f.State == PublicationState.Published)),
        ("the forecasts over a time", db => db.Forecasts.Where(f => f.HubId == Id && f.PublishedAt != null && f.CutOff < Then && f.End > Then)),
        ("the forecast of a job", db => db.Forecasts.Where(f => f.JobId == Id)),
        ("the series of a forecast", db => db.SeriesForecasts.Where(s => s.ForecastRunId == Id)),
        ("one series of a forecast", db => db.SeriesForecasts.Where(s => s.ForecastRunId == Id && s.SeriesId == 1)),
        ("the adjustments of a forecast", db => db.ForecastAdjustments.Where(a => a.ForecastRunId == Id).OrderBy(a => a.Id)),
        ("the newest requirement of a hub", db => db.Requirements.Where(r => r.HubId == Id).OrderByDescending(r => r.Id).Take(1)),
        ("the requirement of a job", db => db.Requirements.Where(r => r.JobId == Id)),
        ("the series of a requirement", db => db.SeriesRequirements.Where(s => s.RequirementRunId == Id && s.RiskLevel == 0.8)),
        ("what refers to a forecast", db => db.Requirements.Where(r => r.ForecastRunId == Id)),
        ("the rosters of a hub and start", db => db.Rosters.Where(r => r.HubId == Id && r.Start == Day)),
        ("the rosters in force of a hub", db => db.Rosters.Where(r => r.HubId == Id && r.State == PublicationState.Published && r.Start > Day)),
        ("the roster of a job", db => db.Rosters.Where(r => r.JobId == Id)),
        ("the rosters of a requirement", db => db.Rosters.Where(r => r.RequirementRunId == Id)),
        ("the last publication", db => db.Rosters.Where(r => r.Publication > 1_000_000_000)),
        ("the rosters of people", db => db.RosterPeople.Where(p => Ids.Contains(p.AgentId))),
        ("the people of rosters", db => db.RosterPeople.Where(p => Ids.Contains(p.RosterId))),
        ("the shifts of a roster", db => db.Shifts.Where(s => s.RosterId == Id).OrderBy(s => s.Id)),
        ("the shifts of people in rosters", db => db.Shifts.Where(s => Ids.Contains(s.RosterId) && Ids.Contains(s.AgentId) && s.Date >= Day)),
        ("the coverage of a roster", db => db.Coverage.Where(c => c.RosterId == Id)),
        ("the checks of rosters", db => db.ServiceChecks.Where(c => Ids.Contains(c.RosterId))),
        ("the check of a job", db => db.ServiceChecks.Where(c => c.JobId == Id)),
        ("the shifts worked by people", db => db.WorkedShifts.Where(w => Ids.Contains(w.AgentId) && w.Date >= Day)),
        ("the agents of a hub", db => db.Agents.Where(a => a.HubId == Id && a.Active)),
        ("the agents of codes", db => db.Agents.Where(a => a.Code == "nobody")),
        ("the time off of people", db => db.TimeOff.Where(t => Ids.Contains(t.AgentId))),
        ("the leave booked of a person", db => db.LeaveBookings.Where(b => b.AgentId == Id && b.Balance == "x")),
        ("the leave booked at a hub", db => db.LeaveBookings.Where(b => b.HubId == Id && b.Date >= Day && b.Date <= Day)),
        ("the leave booked by a request", db => db.LeaveBookings.Where(b => b.RequestId == Id)),
        ("the balance entries of a person", db => db.BalanceEntries.Where(e => e.AgentId == Id && e.Type == "x")),
        ("the requests for leave of a person", db => db.LeaveRequests.Where(r => r.AgentId == Id).OrderByDescending(r => r.Id).Take(100)),
        ("the requests for leave that wait at a hub", db => db.LeaveRequests.Where(r => r.HubId == Id && r.State == LeaveState.Waiting)),
        ("the requests for leave that wait", db => db.LeaveRequests.Where(r => r.State == LeaveState.Waiting)),
        ("a job", db => db.Jobs.Where(j => j.Id == Id)),
        ("the steps of a job", db => db.Jobs.Where(j => j.ParentId == Id)),
        ("the jobs that wait or run", db => db.Jobs.Where(j => j.State == JobState.Queued || j.State == JobState.Running)),
        ("the jobs whose workers died", db => db.Jobs.Where(j => j.State == JobState.Running && j.HeartbeatAt < Then)),
        ("the jobs that wait for their share", db => db.Jobs.Where(j => j.State == JobState.Queued && j.MessageId == "")),
        ("the unfinished job of a key", db => db.Jobs.Where(j => j.DeduplicationKey == "x" && (j.State == JobState.Queued || j.State == JobState.Running))),
        ("the newest jobs", db => db.Jobs.OrderByDescending(j => j.Id).Take(100)),
        ("the nights of a hub", db => db.Nights.Where(n => n.HubId == Id).OrderByDescending(n => n.Date).Take(1)),
        ("the answer to a repeated request", db => db.IdempotencyRecords.Where(r => r.ApiKeyId == Id && r.Key == "x")),
        ("the answers that are old", db => db.IdempotencyRecords.Where(r => r.CreatedAt < Instant.FromUtc(2000, 1, 1, 0, 0))),
        ("the session of a request", db => db.Sessions.Where(s => s.Hash == Hash)),
        ("the sessions of a key", db => db.Sessions.Where(s => s.KeyId == Id)),
        ("the code of a sign-in link", db => db.SignInCodes.Where(c => c.Hash == Hash)),
        ("the key of a request", db => db.ApiKeys.Where(k => k.Hash == Hash)),
        ("the volumes of a series over a time", db => db.Volumes.Where(v => v.SeriesId == -1 && v.IntervalStart >= Then && v.IntervalStart < Then)),
    ];

    private static readonly string[] Names = [.. Queries.Select(q => q.Name)];

    private JobBench _bench = null!;

    [OneTimeSetUp]
    public async Task Fill()
    {
        _bench = await JobBench.Start(StoreKind.Postgres);
        await _bench.WithDb(async db =>
        {
            await db.Database.OpenConnectionAsync(); // one for all: it lets rows refer to nothing
            await db.Database.ExecuteSqlRawAsync("SET session_replication_role = replica");
            foreach (var entity in db.Model.GetEntityTypes().Where(e => e.GetTableName() is not ("volumes" or "hubs"))) // what keeps the nights reads every hub
            {
                await db.Database.ExecuteSqlRawAsync(ManyOf(entity));
            }

            await db.Database.ExecuteSqlRawAsync(
                "INSERT INTO volumes (series_id, interval_start, offered) SELECT n, date_trunc('month', now()), 1 FROM generate_series(1, 30000) n");
            return await db.Database.ExecuteSqlRawAsync("SET session_replication_role = DEFAULT; ANALYZE");
        });
    }

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [TestCaseSource(nameof(Names))]
    public async Task Plan_OfWhatIsAskedForOften_ReadsNoWholeTable(string name)
    {
        var plan = await _bench.WithDb(async db =>
        {
            await using var command = Queries.Single(q => q.Name == name).Query(db).CreateDbCommand();
            command.CommandText = $"EXPLAIN {command.CommandText}";
            await db.Database.OpenConnectionAsync();
            await using var reader = await command.ExecuteReaderAsync();
            var text = new StringBuilder();
            while (await reader.ReadAsync())
            {
                text.AppendLine(reader.GetString(0));
            }

            return text.ToString();
        });

        plan.Should().NotContain("Seq Scan");
    }

    /// <summary>Rows with an identity of their own that refer to anything; finished, where they have a state.</summary>
    private static string ManyOf(IEntityType entity)
    {
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!);
        var columns = entity.GetProperties().Where(p => p.ValueGenerated != ValueGenerated.OnAdd || p.ClrType == typeof(Guid))
            .Select(p => (Name: p.GetColumnName(table)!, Value: ValueOf(table.Name, p.GetColumnName(table)!, p.GetColumnType(), p.IsNullable))).ToList();
        return $"INSERT INTO {table.Name} ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) "
            + $"SELECT {string.Join(", ", columns.Select(c => c.Value))} FROM generate_series(1, {Many}) n ON CONFLICT DO NOTHING";
    }

    private static string ValueOf(string table, string column, string type, bool isNullable) => (column, type) switch
    {
        ("state", _) when table == "jobs" => "'Succeeded'",
        ("state", _) => "CASE WHEN n % 100 = 0 THEN 'Published' ELSE 'Superseded' END",
        (_, "uuid") => "gen_random_uuid()",
        ("publication" or "series_id" or "revision", _) => "n",
        (_, "integer" or "bigint" or "smallint" or "double precision") => isNullable ? "NULL" : "n % 100",
        (_, "boolean") => "true",
        (_, "date") => "date '2020-01-01' + n",
        ("hash", _) => "int8send(n)",
        (_, "bytea") => "''",
        _ when type.StartsWith("timestamp", StringComparison.Ordinal) => "timestamptz '2020-01-01Z' + n * interval '1 hour'",
        _ when type.StartsWith("time", StringComparison.Ordinal) => "time '02:00'",
        _ => isNullable ? "NULL" : "'x' || n",
    };
}
