using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Volumes;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Faults;

/// <summary>A process that serves and two that work, over one PostgreSQL; and one that is asked to end in the middle of its work.</summary>
[NonParallelizable]
public sealed class ProcessFaultTests
{
    [Test]
    public async Task Roles_OneServesAndTwoWork_AKilledWorkerLosesNothing()
    {
        await using var store = await TestStore.Create(StoreKind.Postgres);
        var watched = new WatchedStore(store.ConnectionString);
        await using var api = WfmProcess.Serve(store, "--role", "api", "--Wfm:Jobs:PerHub=300");
        await using var first = WfmProcess.Serve(store, "--role", "worker");
        await using var second = WfmProcess.Serve(store, "--role", "worker");
        using var client = await api.Client();
        using var worker = await first.Client();
        (await second.Client()).Dispose();
        var operation = await SmallOperation.SetUp(client, "roles");
        await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await operation.Forecast(new { horizonDays = 8 });

        (await worker.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await worker.GetAsync("/api/v1/hubs")).StatusCode.Should().Be(HttpStatusCode.NotFound, "a worker serves only its health");

        var starts = new List<Duration>();
        for (var i = 0; i < 5; i++)
        {
            await operation.Requirement(new { paths = 20 });
            var job = await watched.Read(db => db.Jobs.OrderByDescending(j => j.Id).FirstAsync());
            starts.Add(job.StartedAt!.Value - job.RequestedAt);
        }

        TestContext.Out.WriteLine($"asked → started elsewhere: {string.Join(", ", starts.Select(s => $"{s.TotalMilliseconds:0}"))} ms");
        starts.Order().ElementAt(2).Should().BeLessThan(Duration.FromMilliseconds(500), "the store tells the workers");

        const int Jobs = 200; // more than are done before the kill has reached the worker
        await watched.Add<ImportCheckJob>(Enumerable.Repeat(("roles", (object)new ImportCheckArguments()), Jobs));
        await operation.Requirement(new { paths = 20 }); // with its end the others come up
        await watched.Until(async db => await Ended(db).CountAsync() > Jobs / 20);
        await first.Kill();
        var before = await watched.Read(db => Ended(db).ToDictionaryAsync(j => j.Id, j => j.FinishedAt));
        await watched.LetAMinutePass(); // for what the killed one had in hand
        await watched.Until(async db => await Ended(db).CountAsync() == Jobs);
        (await watched.Read(db => Ended(db).ToListAsync())).Should()
            .OnlyContain(j => j.State == JobState.Succeeded && j.Attempt >= 1 && j.Attempt <= 2)
            .And.NotContain(j => before.ContainsKey(j.Id) && before[j.Id] != j.FinishedAt, "what had ended is not done again");
        before.Should().HaveCountLessThan(Jobs);
    }

    [Test]
    public async Task Terminate_InTheMiddleOfARoster_EndsSoonAndQueuesItAgain()
    {
        await using var store = await TestStore.Create(StoreKind.Sqlite);
        await using var process = WfmProcess.Serve(store);
        using var client = await process.Client();
        var operation = await SmallOperation.SetUp(client, "term");
        await operation.AddPeople(4);
        await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await operation.Forecast(new { horizonDays = 8 });
        await operation.Requirement(new { paths = 20 });
        var roster = (await client.Post("/api/v1/rosters", new { hub = "term", start = "2025-07-28", days = 7, maximumMoves = 1_000_000_000 }))
            .Is(HttpStatusCode.Accepted);
        var job = (string)roster.Json["job"]!;
        await Until(async () => ((string?)(await client.Get(job)).Json["step"])?.StartsWith("searched", StringComparison.Ordinal) == true);

        var took = await process.Terminate();

        TestContext.Out.WriteLine($"ended after {took.TotalSeconds:0.0} s");
        took.Should().BeLessThan(TimeSpan.FromSeconds(15));
        process.ExitCode.Should().Be(0);
        await using var db = RosterAuditorReader.Open(store.ConnectionString);
        (await db.Jobs.SingleAsync(j => j.Kind == "roster")).Should().BeEquivalentTo(new { State = JobState.Queued, Attempt = 0 });
    }

    private static IQueryable<Job> Ended(WfmDbContext db) =>
        db.Jobs.AsNoTracking().Where(j => j.Kind == ImportCheckJob.Kind && (j.State == JobState.Succeeded || j.State == JobState.Failed));

    private static async Task Until(Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            waited.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(1));
            await Task.Delay(50);
        }
    }
}
