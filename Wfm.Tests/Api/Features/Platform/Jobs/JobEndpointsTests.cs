using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.Nights;
using Wfm.Api.Features.Platform.Jobs;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Platform.Jobs;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class JobEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private const string TestKind = "job-test";
    private Guid _hub;

    protected override async Task Prepare()
    {
        await Client.Create("hubs", SampleSetup.Hub("job-hub"));
        await Client.Create("hubs", SampleSetup.Hub("job-other"));
        await using var scope = Server.Services.CreateAsyncScope();
        _hub = await scope.ServiceProvider.GetRequiredService<WfmDbContext>().Hubs.Where(h => h.Code == "job-hub").Select(h => h.Id).SingleAsync();
    }

    /// <summary>A row as the queue or a worker would write it, without a worker behind it.</summary>
    private async Task<Job> Row(JobState state, Guid? hub = null, Guid? parent = null, string kind = TestKind, int secondsAgo = 0)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        var (db, now) = (scope.ServiceProvider.GetRequiredService<WfmDbContext>(), scope.ServiceProvider.GetRequiredService<IClock>().GetCurrentInstant());
        var job = new Job
        {
            Id = Guid.CreateVersion7((now - Duration.FromSeconds(secondsAgo)).ToDateTimeOffset()), // lists are in the order of ids, which carry the time
            Kind = kind,
            Arguments = "{}",
            Owner = "somebody",
            State = state,
            HubId = hub,
            ParentId = parent,
            RequestedAt = now,
            HeartbeatAt = now,
            FinishedAt = state is JobState.Queued or JobState.Running ? null : now,
            Result = state == JobState.Succeeded ? "/api/v1/forecasts/1" : null,
        };
        db.Jobs.Add(job);
        await db.SaveChangesAsync();
        return job;
    }

    private async Task Change(Guid id, JobState state, double progress)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<WfmDbContext>().Jobs.Where(j => j.Id == id)
            .ExecuteUpdateAsync(j => j.SetProperty(x => x.State, state).SetProperty(x => x.Progress, progress));
    }

    [Test]
    public async Task Get_Chain_ShowsItsSteps()
    {
        var chain = await Row(JobState.Running, _hub);
        var step = await Row(JobState.Succeeded, _hub, chain.Id);

        var answer = (await Client.Get($"/api/v1/jobs/{chain.Id}")).Is(HttpStatusCode.OK);

        ((string?)answer.Json["state"]).Should().Be("running");
        ((string?)answer.Json["hub"]).Should().Be("job-hub");
        ((string?)answer.Json["children"]![0]!["id"]).Should().Be(step.Id.ToString());
        ((string?)answer.Json["children"]![0]!["result"]).Should().Be("/api/v1/forecasts/1");
        answer.ETag.Should().NotBeEmpty();
        await Change(chain.Id, JobState.Running, 0.25);
        (await Client.Get($"/api/v1/jobs/{chain.Id}")).ETag.Should().NotBe(answer.ETag);
        (await Client.Get($"/api/v1/jobs?parent={chain.Id}")).Json["items"]!.AsArray().Should().HaveCount(1);
    }

    [Test]
    public async Task List_Filters_NewestFirst()
    {
        const string Listed = "job-list";
        var first = await Row(JobState.Failed, _hub, kind: Listed, secondsAgo: 1);
        var second = await Row(JobState.Succeeded, kind: Listed);

        (await Ids($"kind={Listed}")).Should().Equal(second.Id, first.Id);
        (await Ids($"kind={Listed}&state=failed")).Should().Equal(first.Id);
        (await Ids($"kind={Listed}&hub=job-hub")).Should().Equal(first.Id);
        var page = (await Client.Get($"/api/v1/jobs?kind={Listed}&limit=1")).Json;
        (await Ids($"kind={Listed}&limit=1&after={page["next"]}")).Should().Equal(first.Id);
        (await Client.Get("/api/v1/jobs?state=lost")).Is(HttpStatusCode.BadRequest).ErrorOf("state").Should().Contain("cancelled");

        async Task<Guid[]> Ids(string query) =>
            [.. (await Client.Get($"/api/v1/jobs?{query}")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(j => (Guid)j!["id"]!)];
    }

    [Test]
    public async Task Cancel_QueuedRunningFinished_IsAtOnceOrAskedOrRefused()
    {
        var (queued, running, finished) = (await Row(JobState.Queued), await Row(JobState.Running), await Row(JobState.Succeeded));

        var stopped = (await Client.Delete($"/api/v1/jobs/{queued.Id}")).Is(HttpStatusCode.Accepted).Json;
        ((string?)stopped["state"]).Should().Be("cancelled");
        stopped["finishedAt"].Should().NotBeNull();
        var asked = (await Client.Delete($"/api/v1/jobs/{running.Id}")).Is(HttpStatusCode.Accepted);
        ((string?)asked.Json["state"]).Should().Be("running");
        ((bool?)asked.Json["cancelRequested"]).Should().BeTrue();
        asked.Headers.Location!.ToString().Should().Be($"/api/v1/jobs/{running.Id}");
        (await Client.Delete($"/api/v1/jobs/{finished.Id}")).Is(HttpStatusCode.Conflict).Text.Should().Contain("succeeded");
        (await Client.Delete($"/api/v1/jobs/{queued.Id}")).Is(HttpStatusCode.Conflict);
        (await Client.Delete($"/api/v1/jobs/{Guid.Empty}")).Is(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Events_OfARunningJob_StreamUntilItEnds()
    {
        var job = await Row(JobState.Running, _hub);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var response = await Client.GetAsync($"/api/v1/jobs/{job.Id}/events", HttpCompletionOption.ResponseHeadersRead, limit.Token);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        await using var stream = await response.Content.ReadAsStreamAsync(limit.Token);
        var seen = new List<(string Event, double Progress)>();

        await foreach (var item in System.Net.ServerSentEvents.SseParser.Create(stream).EnumerateAsync(limit.Token))
        {
            seen.Add((item.EventType, (double)System.Text.Json.Nodes.JsonNode.Parse(item.Data)!["progress"]!));
            if (seen.Count == 1)
            {
                await Change(job.Id, JobState.Running, 0.5);
            }
            else if (seen.Count == 2)
            {
                await Change(job.Id, JobState.Succeeded, 1);
            }
        }

        seen.Should().Equal(("progress", 0), ("progress", 0.5), ("finished", 1));
    }

    [Test]
    public async Task Events_OfAFinishedJob_AreOne()
    {
        var job = await Row(JobState.Failed);

        var answer = await Client.Get($"/api/v1/jobs/{job.Id}/events");

        answer.Text.Should().Contain("event: finished").And.Contain("\"state\":\"failed\"").And.NotContain("event: progress");
    }

    [Test]
    public async Task Nightly_AskedForTwice_IsOneJob()
    {
        var running = await Row(JobState.Running, _hub, kind: NightlyChain.Kind);

        var again = (await Client.Post("/api/v1/jobs/nightly", new { hub = "job-hub" })).Is(HttpStatusCode.Accepted);

        ((Guid?)again.Json["id"]).Should().Be(running.Id);
        again.Headers.Location!.ToString().Should().Be($"/api/v1/jobs/{running.Id}");
        await Change(running.Id, JobState.Failed, 0);
        var next = (await Client.Post("/api/v1/jobs/nightly", new { hub = "job-hub" })).Is(HttpStatusCode.Accepted);
        ((Guid?)next.Json["id"]).Should().NotBe(running.Id);
        ((string?)next.Json["kind"]).Should().Be(NightlyChain.Kind);
        (await Client.Get(next.Headers.Location!.ToString())).Is(HttpStatusCode.OK);
        (await Client.Post("/api/v1/jobs/nightly", new { hub = "nowhere" })).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/hub");
    }

    [Test]
    public async Task KeyOfOneHub_SeesItsJobsAndThoseOfNoHub()
    {
        var (ours, general) = (await Row(JobState.Succeeded, _hub, kind: "job-scope"), await Row(JobState.Succeeded, kind: "job-scope"));
        var made = await Client.Create("api-keys", new { name = "job scope", role = "hub-manager", hubs = new[] { "job-other" } });
        using var manager = Server.ClientWith((string)made.Json["key"]!);

        (await manager.Get($"/api/v1/jobs/{ours.Id}")).Is(HttpStatusCode.Forbidden);
        (await manager.Delete($"/api/v1/jobs/{ours.Id}")).Is(HttpStatusCode.Forbidden);
        (await manager.Get($"/api/v1/jobs/{ours.Id}/events")).Is(HttpStatusCode.Forbidden);
        (await manager.Get($"/api/v1/jobs/{general.Id}")).Is(HttpStatusCode.OK);
        (await manager.Get("/api/v1/jobs?kind=job-scope")).Json["items"]!.AsArray().Should().HaveCount(1);
        (await manager.Get("/api/v1/jobs?hub=job-hub")).Is(HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task Events_KeyRevoked_End()
    {
        var job = await Row(JobState.Running, _hub);
        var made = await Client.Create("api-keys", new { name = "job events", role = "planner" });
        using var viewer = Server.ClientWith((string)made.Json["key"]!);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var response = await viewer.GetAsync($"/api/v1/jobs/{job.Id}/events", HttpCompletionOption.ResponseHeadersRead, limit.Token);

        (await Client.Delete(made.Headers.Location!.ToString())).Is(HttpStatusCode.NoContent);

        (await response.Content.ReadAsStringAsync(limit.Token)).Should().Contain("event: progress").And.NotContain("event: finished");
    }

    [Test]
    public async Task Events_Shutdown_EndWithoutAFault()
    {
        var job = await Row(JobState.Running, _hub);
        await using var scope = Server.Services.CreateAsyncScope();
        using var stopping = new CancellationTokenSource();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        await using var events = JobEvents.Follow(job, null, db, TimeProvider.System, () => Task.FromResult(true), stopping.Token).GetAsyncEnumerator();
        (await events.MoveNextAsync()).Should().BeTrue();

        var next = events.MoveNextAsync();
        await stopping.CancelAsync();

        (await next).Should().BeFalse();
    }
}
