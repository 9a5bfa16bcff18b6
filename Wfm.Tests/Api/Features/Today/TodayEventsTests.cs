using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Today.Events;
using Wfm.Api.Features.Today.Inputs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Today;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class TodayEventsTests(StoreKind kind) : ApiFixture(kind)
{
    private const string Path = "/api/v1/today/events?hub=live-day";
    private int _rows;

    protected override async Task Prepare()
    {
        await Client.Create("hubs", SampleSetup.Hub("live-day"));
        await Client.Create("queues", SmallOperation.Queue("live-day-review", WorkKind.Deferrable, "review") with
        {
            Goal = new QueueGoal { TurnaroundMinutes = 60 },
        });
    }

    [Test]
    public async Task Follow_BacklogComes_IsTold()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var seen = new List<(string? Id, string[] Changed)>();

        await foreach (var (id, changed) in Events(null, limit.Token))
        {
            seen.Add((id, changed));
            if (changed.Contains("backlog") && seen.Count > 1) break;
            if (seen.Count == 1) await Import();
        }

        seen[0].Changed.Should().Contain(["setup", "forecast", "volumes", "backlog", "served", "roster", "absences", "states", "interval"]);
        seen[^1].Changed.Should().NotContain("served");
        seen.Select(s => s.Id).Should().OnlyHaveUniqueItems();
    }

    [Test]
    public async Task Follow_WithTheLastId_IsToldAtOnceWhatChangedMeanwhile()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var last = (await First(null, limit.Token)).Id;
        await Import();

        var (id, changed) = await First(last, limit.Token);

        id.Should().NotBe(last);
        changed.Should().Contain("backlog").And.NotContain(["served", "roster"]);
    }

    [TestCase("1")]
    [TestCase("a-b-c-d-e-f-g-h-i")]
    public async Task Follow_WithAnIdOfAnotherKind_IsToldEverything(string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        (await First(id, limit.Token)).Changed.Should().HaveCount(9);
    }

    [Test]
    public async Task Follow_KeyRevoked_Ends()
    {
        var made = await Client.Create("api-keys", new { name = "day events", role = "planner" });
        using var viewer = Server.ClientWith((string)made.Json["key"]!);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var response = await viewer.GetAsync(Path, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");

        (await Client.Delete(made.Headers.Location!.ToString())).Is(System.Net.HttpStatusCode.NoContent);
        await Import();

        (await response.Content.ReadAsStringAsync(limit.Token)).Should().Contain("event: changed");
    }

    [Test]
    public async Task Follow_Shutdown_EndsWithoutAFault()
    {
        await using var scope = Server.Services.CreateAsyncScope();
        var hub = await scope.ServiceProvider.GetRequiredService<WfmDbContext>().Set<Hub>().AsNoTracking().SingleAsync(h => h.Code == "live-day");
        using var stopping = new CancellationTokenSource();
        var feature = new TodayEvents(
            Server.Services.GetRequiredService<IServiceScopeFactory>(), Server.Services.GetRequiredService<IClock>(), TimeProvider.System);
        await using var events = feature.Follow(hub, null, () => Task.FromResult(true), stopping.Token).GetAsyncEnumerator();
        (await events.MoveNextAsync()).Should().BeTrue();

        var next = events.MoveNextAsync();
        await stopping.CancelAsync();

        (await next).Should().BeFalse();
    }

    private async Task<(string? Id, string[] Changed)> First(string? lastId, CancellationToken cancellationToken)
    {
        await foreach (var told in Events(lastId, cancellationToken)) return told;
        throw new InvalidOperationException("The stream ended without an event.");
    }

    private async IAsyncEnumerable<(string? Id, string[] Changed)> Events(
        string? lastId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        if (lastId is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
        using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            var told = JsonNode.Parse(item.Data)!;
            ((string?)told["stamp"]).Should().Be(item.EventId);
            yield return (item.EventId, [.. told["changed"]!.AsArray().Select(c => (string)c!)]);
        }
    }

    /// <summary>A snapshot of this minute, another one with each call.</summary>
    private async Task Import()
    {
        var now = Server.Services.GetRequiredService<IClock>().GetCurrentInstant();
        var minute = Instant.FromUnixTimeSeconds((now.ToUnixTimeSeconds() / 60 * 60) - 60);
        using var content = new StringContent(
            $"hub,queue,at,oldest_minutes,contacts\nlive-day,live-day-review,{InstantPattern.ExtendedIso.Format(minute)},60,{++_rows}\n", Encoding.UTF8,
            "text/csv");
        (await Client.Post("/api/v1/backlog:import", content)).Is(System.Net.HttpStatusCode.OK);
    }
}

public sealed class TodayMemoryTests
{
    [Test]
    public void Listeners_AllPlacesTaken_AreRefusedUntilOneLeaves()
    {
        var listeners = new TodayListeners();
        var places = Enumerable.Range(0, TodayListeners.Most).Select(_ => listeners.Enter()).ToList();

        FluentActions.Invoking(listeners.Enter).Should().Throw<ProblemException>().WithMessage("*64 listeners*");
        places[0].Dispose();
        places[0].Dispose(); // twice is once
        listeners.Enter();
        FluentActions.Invoking(listeners.Enter).Should().Throw<ProblemException>();
    }

    [Test]
    public async Task Memory_MoreThanItKeeps_LetsGoOfWhatWasUsedLeastLately()
    {
        var (memory, hub, made) = (new TodayMemory(), Guid.NewGuid(), 0);
        Task<string> Get(int key) => memory.Get(hub, $"{key}", () => Task.FromResult($"{key}/{++made}"));
        for (var key = 0; key < TodayMemory.Most; key++) await Get(key);

        (await Get(0)).Should().Be("0/1");
        await Get(99);

        (await Get(0)).Should().Be("0/1", "it was used lately");
        (await Get(1)).Should().Be($"1/{TodayMemory.Most + 2}", "it was let go");
    }

    [Test]
    public void Stamp_OnePartChanged_IsTheOneThatIsTold()
    {
        var stamp = new TodayStamp("s", "f", "v", "b", "a", "r", "l", "t", "i");

        stamp.ChangedSince(stamp.Id).Should().BeEmpty();
        (stamp with { Volumes = "w" }).ChangedSince(stamp.Id).Should().Equal("volumes");
        stamp.ChangedSince(null).Should().HaveCount(9);
        (stamp with { States = "" }).People.Should().Be(stamp.People);
    }
}
