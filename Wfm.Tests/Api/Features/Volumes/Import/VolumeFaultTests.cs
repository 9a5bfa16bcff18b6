using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Volumes.Import;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class VolumeFaultTests(StoreKind kind)
{
    private const int RowsPerSeries = 60_000;

    private VolumeServer _server = null!;

    [OneTimeSetUp]
    public async Task StartServer() => _server = await VolumeServer.Start(kind);

    [OneTimeTearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [SetUp]
    public Task Empty() => _server.Clear();

    [Test]
    public async Task Import_CallerGoneHalfway_KeepsWhatWasCommittedAndTheRestFollows()
    {
        var file = Encoding.UTF8.GetBytes(File());
        using var gone = new CancellationTokenSource();
        using var content = new HalfAFile(file, 5 * file.Length / 6, _server, gone);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");

        await FluentActions.Awaiting(() => _server.Client.PostAsync("/api/v1/volumes:import", content, gone.Token)).Should()
            .ThrowAsync<OperationCanceledException>();

        var kept = await _server.Rows();
        kept.Should().BeOneOf(50_000, 100_000);
        var report = await _server.Import(Encoding.UTF8.GetString(file));
        ((long)report["unchanged"]!).Should().BeGreaterThanOrEqualTo(kept, "what came before was the same").And.BeLessThan(RowsPerSeries * 2);
        ((long)report["inserted"]! + (long)report["unchanged"]!).Should().Be(RowsPerSeries * 2);
        (await _server.Rows()).Should().Be(RowsPerSeries * 2);
    }

    [Test]
    public async Task Import_SameFileTwiceAtOnce_StoresEachRowOnce()
    {
        var file = File();

        var reports = await Task.WhenAll(_server.Import(file), _server.Import(file));

        reports.Sum(r => (long)r["inserted"]!).Should().Be(RowsPerSeries * 2);
        reports.Sum(r => (long)r["unchanged"]!).Should().Be(RowsPerSeries * 2);
        reports.Sum(r => (int)r["seriesCreated"]!).Should().Be(2);
        (await _server.Rows()).Should().Be(RowsPerSeries * 2);
    }

    [Test]
    public async Task Import_TwoCorrectionsAtOnce_LeaveOneOfThemWhole()
    {
        await _server.Import(File());

        await Task.WhenAll(_server.Import(File(offered: 1)), _server.Import(File(offered: 2, descending: true)));

        var days = (await _server.Server.GetJson("/api/v1/volumes?interval=10080&limit=1000"))["items"]!.AsArray();
        days.Sum(d => (double)d!["offered"]!).Should().BeInRange(RowsPerSeries * 2, RowsPerSeries * 4);
        (await _server.Rows()).Should().Be(RowsPerSeries * 2);
    }

    [Test]
    public async Task Import_BodyOverTheLimit_IsRefusedBeforeItIsSent()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_server.Client.BaseAddress!.Host, _server.Client.BaseAddress.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /api/v1/volumes:import HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {WfmServer.AdminKey}\r\nContent-Type: text/csv\r\nContent-Length: "
                    + $"{3L << 30}\r\n\r\n"));

        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync()).Should().StartWith($"HTTP/1.1 {(int)HttpStatusCode.RequestEntityTooLarge}");
    }

    /// <summary>Two series of half-hours from 2020, interleaved: 120,000 rows, two whole batches and a part.</summary>
    private static string File(int offered = 0, bool descending = false)
    {
        var start = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var file = new StringBuilder("interval_start,queue,hub,offered\n");
        for (var i = 0; i < RowsPerSeries; i++)
        {
            var time = $"{start.AddMinutes(30 * (descending ? RowsPerSeries - 1 - i : i)):yyyy-MM-ddTHH:mm:ssZ}";
            file.Append($"{time},appeals-en,DUB,{offered}\n{time},chat-de,DUB,{offered}\n");
        }

        return file.ToString();
    }

    /// <summary>Sends a part, waits until the server has committed some of it, and hangs up.</summary>
    private sealed class HalfAFile(byte[] file, int length, VolumeServer server, CancellationTokenSource gone) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(file.AsMemory(0, length));
            await stream.FlushAsync();
            while (await server.Rows() == 0)
            {
                await Task.Yield();
            }

            await gone.CancelAsync();
            await Task.Delay(Timeout.Infinite, gone.Token);
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = file.Length;
            return true;
        }
    }
}
