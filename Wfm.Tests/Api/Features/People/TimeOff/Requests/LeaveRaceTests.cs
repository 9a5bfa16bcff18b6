using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.People.TimeOff.Requests;

/// <summary>Many at once, at two processes of one store: as many are granted as there are places and hours.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class LeaveRaceTests(StoreKind kind)
{
    private const int People = 100;
    private const int Places = 5;

    private TestStore _store = null!;
    private WfmServer[] _servers = [];

    [OneTimeSetUp]
    public async Task Start()
    {
        _store = await TestStore.Create(kind);
        _servers = [await Server(), await Server()];
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        await _store.DisposeAsync();
    }

    [Test]
    public async Task Ask_AHundredForFivePlaces_FiveAreGrantedAndTheOthersToldWhy()
    {
        var leave = await LeaveOperation.Create(_servers[0].Client, "lx-places", People);
        foreach (var i in Enumerable.Range(1, People)) await leave.Open(i, 8);
        await leave.Allow("five", new { measure = "heads", limit = Places });

        var answers = await Task.WhenAll(Enumerable.Range(1, People).Select(i =>
            _servers[i % 2].Client.Post(leave.Path(i), new { type = leave.Annual, from = "2027-04-05" })));

        answers.Should().OnlyContain(a => a.Status == HttpStatusCode.Created);
        answers.Count(a => State(a) == "approved").Should().Be(Places);
        var waiting = answers.Where(a => State(a) == "waiting").ToArray();
        waiting.Should().HaveCount(People - Places);
        waiting.Should().OnlyContain(a => (string?)a.Json["decidedBy"] == "allowance");
        waiting.Should().OnlyContain(a => (double)a.Json["findings"]![3]!["parameters"]!["taken"]! == Places);
        var requests = await All(leave);
        requests.Where(r => (string?)r["state"] == "waiting").Select(r => (int)r["position"]!).Order().Should().Equal(Enumerable.Range(1, People - Places));

        // all five give their places back at once: the first five of the list have them then
        var granted = requests.Where(r => (string?)r["state"] == "approved").ToArray();
        var back = await Task.WhenAll(granted.Select((r, i) => _servers[i % 2].Client.Post($"/api/v1/time-off-requests/{r["id"]}:cancel", new { })));
        back.Should().OnlyContain(a => a.Status == HttpStatusCode.OK);
        var first = requests.Where(r => (int?)r["position"] <= Places).Select(r => (string)r["id"]!);
        (await All(leave)).Where(r => (string?)r["state"] == "approved").Select(r => (string)r["id"]!).Should().BeEquivalentTo(first);
    }

    [Test]
    public async Task Ask_OnePersonTwentyDaysAtOnceWithHoursForThree_ThreeAreGranted()
    {
        var leave = await LeaveOperation.Create(_servers[0].Client, "lx-hours", 1);
        await leave.Open(1, 24);
        var days = Enumerable.Range(0, 28).Select(new LocalDate(2027, 4, 5).PlusDays).Where(d => d.DayOfWeek <= IsoDayOfWeek.Friday);

        var answers = await Task.WhenAll(days.Select((day, i) =>
            _servers[i % 2].Client.Post(leave.Path(1), new { type = leave.Annual, from = day })));

        answers.Should().OnlyContain(a => a.Status == HttpStatusCode.Created);
        answers.Count(a => State(a) == "approved").Should().Be(3);
        answers.Where(a => State(a) == "refused").Should().HaveCount(17).And.OnlyContain(a => (string?)a.Json["decidedBy"] == "balance");
        ((double)(await leave.Balance(1, "2027-12-31"))["hours"]!).Should().Be(0);
    }

    private Task<WfmServer> Server() => WfmServer.Start(kind, _store, services => services.AddSingleton<IClock>(LeaveOperation.Clock()));

    private static string? State(ApiAnswer answer) => (string?)answer.Json["state"];

    private static async Task<List<JsonNode>> All(LeaveOperation leave) =>
        [.. (await leave.Client.Get($"/api/v1/time-off-requests?hub={leave.Code}&limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(r => r!)];
}
