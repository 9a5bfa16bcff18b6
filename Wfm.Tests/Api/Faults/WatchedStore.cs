using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Npgsql;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;

namespace Wfm.Tests.Api.Faults;

/// <summary>A job's row came into another state, or to another worker.</summary>
internal sealed record JobMoment(Guid Job, JobState State, int Attempt, Instant At);

/// <summary>The PostgreSQL of processes that a test disturbs: looked at directly, also just after it was away, and with a note of each change of a job's
/// state that the rows themselves forget.</summary>
internal sealed class WatchedStore(string connectionString)
{
    /// <summary>Set to 1, the tests wait for everything as an operator would, instead of making time pass: a drill of some minutes.</summary>
    private const string HonestWaiting = "WFM_HONEST_WAITING";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3); // a living worker gives a sign each second
    internal static readonly bool IsHonest = Environment.GetEnvironmentVariable(HonestWaiting) == "1";

    private readonly string _connection = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    /// <summary>From here on each change of a job's state is noted.</summary>
    public Task Watch() => Execute(
        """
        CREATE TABLE job_moments (job uuid NOT NULL, state text NOT NULL, attempt int NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
        CREATE FUNCTION note_job() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO job_moments (job, state, attempt) VALUES (NEW.id, NEW.state, NEW.attempt); RETURN NULL; END $$;
        CREATE TRIGGER note_job AFTER UPDATE OF state ON jobs FOR EACH ROW
        WHEN (OLD.state <> NEW.state OR OLD.attempt <> NEW.attempt) EXECUTE FUNCTION note_job();
        """);

    /// <summary>What was noted, in order of time.</summary>
    public async Task<List<JobMoment>> Moments()
    {
        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT job, state, attempt, at FROM job_moments ORDER BY at", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var moments = new List<JobMoment>();
        while (await reader.ReadAsync())
        {
            moments.Add(new JobMoment(
                reader.GetGuid(0), Enum.Parse<JobState>(reader.GetString(1)), reader.GetInt32(2), Instant.FromDateTimeUtc(reader.GetDateTime(3))));
        }

        return moments;
    }

    /// <summary>Tries until the store answers.</summary>
    public async Task<T> Read<T>(Func<WfmDbContext, Task<T>> read)
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                await using var db = Open();
                return await read(db);
            }
            catch (Exception e) when (StoreFailures.IsOutage(e) && waited.Elapsed < Patience)
            {
                await Task.Delay(50);
            }
        }
    }

    public async Task Until(Func<WfmDbContext, Task<bool>> condition, int pauseMilliseconds = 50)
    {
        var waited = Stopwatch.StartNew();
        while (!await Read(condition))
        {
            if (waited.Elapsed > Patience)
            {
                Assert.Fail($"Nothing has come of it after {waited.Elapsed.TotalSeconds:0} s. What is not finished:\n{await Unfinished()}");
            }

            await Task.Delay(pauseMilliseconds);
        }
    }

    /// <summary>Rows and messages that have not ended, and the engine's locks, a line each.</summary>
    private async Task<string> Unfinished()
    {
        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT format('%s %s attempt %s, sign %s, retry %s, message %s %s, fetched %s', j.kind, j.state, j.attempt, now() - j.heartbeat_at,
                j.retry_at - now(), j.message_id, m.statename, now() - q.fetchedat)
            FROM jobs j LEFT JOIN hangfire.job m ON m.id::text = j.message_id LEFT JOIN hangfire.jobqueue q ON q.jobid = m.id
            WHERE j.state IN ('Queued', 'Running')
            UNION ALL SELECT format('lock %s, %s', resource, now() - acquired) FROM hangfire.lock
            UNION ALL SELECT format('scheduled %s in %s s', value, score - extract(epoch FROM now())) FROM hangfire.set WHERE key = 'schedule'
            """, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }

    /// <summary>Stores rows that wait; a worker's sweeper, or the end of another job, hands them in.</summary>
    /// <param name="arguments">One row for each, with its hub.</param>
    public Task Add<THandler>(IEnumerable<(string Hub, object Arguments)> arguments)
        where THandler : IJobHandler => Read(async db =>
    {
        var hubs = await db.Hubs.ToDictionaryAsync(h => h.Code, h => h.Id);
        db.Jobs.AddRange(arguments.Select((a, i) => new Job
        {
            Kind = THandler.Kind,
            Arguments = Job.Serialize(a.Arguments),
            HubId = hubs[a.Hub],
            Owner = $"key {i % 10}",
            RequestedAt = SystemClock.Instance.GetCurrentInstant() - Duration.FromMinutes(1), // not just being handed in by somebody
            MessageId = JobMessages.Waiting,
        }));
        return await db.SaveChangesAsync();
    });

    /// <summary>What no living worker has in hand looks as if its last sign of life were a minute older.</summary>
    public async Task LetAMinutePass()
    {
        if (IsHonest)
        {
            return;
        }

        await Task.Delay(Silence);
        await Execute("UPDATE hangfire.jobqueue SET fetchedat = fetchedat - interval '2 minutes'");
        var silent = SystemClock.Instance.GetCurrentInstant() - Duration.FromTimeSpan(Silence);
        Instant? longAgo = silent - Duration.FromMinutes(2);
        await Read(db => db.Jobs.Where(j => j.State == JobState.Running && j.HeartbeatAt < silent)
            .ExecuteUpdateAsync(j => j.SetProperty(x => x.HeartbeatAt, longAgo)));
    }

    /// <summary>What waits for its next attempt need not.</summary>
    public async Task LetPausesPass()
    {
        if (!IsHonest)
        {
            await Execute(
                """
                UPDATE jobs SET retry_at = now() WHERE retry_at > now();
                UPDATE hangfire.set SET score = extract(epoch FROM now()) - 1 WHERE key = 'schedule' AND score > extract(epoch FROM now())
                """);
        }
    }

    private PostgresWfmDbContext Open() =>
        new(new DbContextOptionsBuilder<PostgresWfmDbContext>().UseNpgsql(_connection, postgres => postgres.UseNodaTime()).Options);

    private async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
