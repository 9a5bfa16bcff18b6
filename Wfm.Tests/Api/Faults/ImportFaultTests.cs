using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Faults;

/// <summary>PostgreSQL, or the server, goes away in the middle of an import that streams; the same body again finishes it.</summary>
[NonParallelizable]
public sealed class ImportFaultTests
{
    private const int Queues = 20;
    private const int Rows = 200_000;

    private PostgresCluster _cluster = null!;
    private WfmProcess _api = null!;
    private WatchedStore _watched = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _cluster = await PostgresCluster.Start();
        _watched = new WatchedStore(_cluster.ConnectionString);
        _api = Serve();
        using var client = await _api.Client();
        await client.Create("hubs", SampleSetup.Hub("cut"));
        for (var i = 0; i < Queues; i++)
        {
            var queue = SmallOperation.Queue($"cut-{i}", WorkKind.Deferrable, "cut");
            await client.Create("queues", queue with { Goal = new QueueGoal { TurnaroundMinutes = 60 } });
        }
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _api.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [TestCase("fast", 2021)]
    [TestCase("immediate", 2022)]
    public async Task Restart_InTheMiddle_AnswersAndTheSameBodyFinishesIt(string mode, int year)
    {
        using var client = await _api.Client();

        using (var answer = await Post(client, year, () => _cluster.Stop(mode)))
        {
            var text = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable, text);
            answer.Headers.RetryAfter.Should().NotBeNull();
        }

        _cluster.StartAgain();
        await SameAgain(client, year);
    }

    [Test]
    public async Task Kill_TheServerInTheMiddle_TheSameBodyFinishesIt()
    {
        const int Year = 2023;
        await using var killed = Serve();
        using (var client = await killed.Client())
        {
            await FluentActions.Awaiting(() => Post(client, Year, () => killed.Kill().GetAwaiter().GetResult())).Should().ThrowAsync<HttpRequestException>();
        }

        await using var next = Serve();
        using var nextClient = await next.Client();
        await SameAgain(nextClient, Year);
    }

    private WfmProcess Serve() => WfmProcess.Serve(TestStore.On(_cluster.ConnectionString), "--role", "api");

    /// <summary>Sends more than half of the body, has something happen once some of it is stored, sends the rest.</summary>
    private Task<HttpResponseMessage> Post(HttpClient client, int year, Action? inTheMiddle) => client.PostAsync(
        "/api/v1/volumes:import",
        new Halved(Csv(year), async () =>
        {
            if (inTheMiddle is not null)
            {
                await _watched.Until(async db => await Stored(db, year).AnyAsync());
                inTheMiddle();
            }
        }));

    private async Task SameAgain(HttpClient client, int year)
    {
        var before = await _watched.Read(db => Stored(db, year).CountAsync());
        before.Should().BePositive().And.BeLessThan(Rows);
        (before % VolumeStore.BatchSize).Should().Be(0, "a batch is there as a whole or not at all");

        var report = JsonNode.Parse(await SendUntilTaken(client, year))!;
        ((int)report["unchanged"]!, (int)report["inserted"]!, (int)report["updated"]!, (int)report["rejected"]!).Should()
            .Be((before, Rows - before, 0, 0));
        var (count, offered, handled) = await _watched.Read(async db => (
            await Stored(db, year).CountAsync(), await Stored(db, year).SumAsync(v => v.Offered), await Stored(db, year).SumAsync(v => v.Handled)));
        (count, offered, handled!.Value).Should().Be((Rows, Enumerable.Range(0, Rows).Sum(Offered), Enumerable.Range(0, Rows).Sum(i => Offered(i) - 1)));
    }

    /// <summary>As a caller does who heeds 503; a connection of before the restart may still be found broken.</summary>
    private async Task<string> SendUntilTaken(HttpClient client, int year)
    {
        const int Attempts = 5;
        for (var attempt = 1; ; attempt++)
        {
            using var answer = await Post(client, year, null);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return text;
            }

            answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable, text);
            attempt.Should().BeLessThan(Attempts);
        }
    }

    private static IQueryable<Volume> Stored(Wfm.Api.Persistence.WfmDbContext db, int year)
    {
        var (from, to) = (First(year), First(year + 1));
        return db.Volumes.Where(v => v.IntervalStart >= from && v.IntervalStart < to);
    }

    private static Instant First(int year) => Instant.FromUtc(year, 1, 1, 0, 0);

    private static double Offered(int row) => 1 + (row * 7919L % 97);

    private static byte[] Csv(int year)
    {
        var text = new StringBuilder("interval_start,queue,hub,offered,handled\n");
        for (var i = 0; i < Rows; i++)
        {
            var start = First(year) + Duration.FromMinutes(30 * (i / Queues));
            text.Append(CultureInfo.InvariantCulture, $"{start},cut-{i % Queues},cut,{Offered(i)},{Offered(i) - 1}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private sealed class Halved : HttpContent
    {
        private readonly byte[] _body;
        private readonly Func<Task> _inTheMiddle;

        public Halved(byte[] body, Func<Task> inTheMiddle)
        {
            (_body, _inTheMiddle) = (body, inTheMiddle);
            Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var half = _body.Length * 6 / 10;
            await stream.WriteAsync(_body.AsMemory(0, half));
            await stream.FlushAsync();
            await _inTheMiddle();
            await stream.WriteAsync(_body.AsMemory(half));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false; // in chunks, as a program sends what it is still reading
        }
    }
}
