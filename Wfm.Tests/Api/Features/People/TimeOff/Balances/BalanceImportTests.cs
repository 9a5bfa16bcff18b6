using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.People.TimeOff.Balances;

/// <summary>Openings and adjustments by file.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class BalanceImportTests(StoreKind kind)
{
    private const string Path = "/api/v1/balances:import";
    private const string Header = "agent,type,kind,on,hours,reason\n";

    private WfmServer _server = null!;

    private HttpClient Client => _server.Client;

    [OneTimeSetUp]
    public async Task Start() => _server = await WfmServer.Start(kind, services: services => services.AddSingleton<IClock>(LeaveOperation.Clock()));

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    private Task<ApiAnswer> Import(string rows, bool dryRun = false) => Client.Post(dryRun ? $"{Path}?dryRun=true" : Path, RowFiles.Csv(Header + rows));

    [Test]
    public async Task Import_OpeningsAndAdjustments_CountOnceHoweverOftenTheyAreSent()
    {
        var leave = await LeaveOperation.Create(Client, "bi-all", 2);
        var rows = $"bi-all-001,{leave.Annual},opening,2027-01-01,100,Carried over\n"
            + $"bi-all-001,{leave.Annual},adjustment,2027-02-01,-7.5,\"Paid out, as agreed\"\n"
            + $"bi-all-002,{leave.Annual},opening,2027-01-01,80,Carried over\nbi-all-001,{leave.Annual},adjustment,2027-02-01,-7.5,\"Paid out, as agreed\"\n";

        var first = await Import(rows);
        var again = await Import(rows);

        first.Outcomes().Should().Equal("2 created", "3 created", "4 created", "5 duplicate");
        again.Counts().Should().Equal(4, 4, 0, 0, 4, 0);
        ((double)(await leave.Balance(1, "2027-03-01"))["hours"]!).Should().Be(92.5);
        ((double)(await leave.Balance(2, "2027-03-01"))["hours"]!).Should().Be(80);
        (await Import($"bi-all-001,{leave.Annual},opening,2027-01-01,110,Counted anew\n")).Outcomes().Should().Equal("2 created");
        ((double)(await leave.Balance(1, "2027-03-01"))["hours"]!).Should().Be(102.5);
        (await Import($"bi-all-001,{leave.Annual},opening,2027-01-01,100,Carried over\n")).Outcomes().Should().Equal(["2 created"], "110 h is what counts");
    }

    [Test]
    public async Task Import_BelowTheFloor_RefusesTheRowOnly()
    {
        var leave = await LeaveOperation.Create(Client, "bi-floor", 1);

        var answer = await Import(
            $"bi-floor-001,{leave.Annual},opening,2027-01-01,10,A\nbi-floor-001,{leave.Annual},adjustment,2027-02-01,-8,B\n"
            + $"bi-floor-001,{leave.Annual},adjustment,2027-02-02,-8,C\nbi-floor-001,{leave.Annual},adjustment,2027-02-03,-2,D\n");

        answer.Outcomes().Should().Equal("2 created", "3 created", "4 rejected", "5 created");
        answer.Rejections().Should().Equal("4 hours balance");
        ((string?)answer.Json["rejected"]![0]!["reason"]).Should().Contain("would be -6 h");
        ((double)(await leave.Balance(1, "2027-03-01"))["hours"]!).Should().Be(0);
    }

    [Test]
    public async Task Import_DryRun_KnowsEarlierRowsAndStoresNothing()
    {
        var leave = await LeaveOperation.Create(Client, "bi-dry", 1);

        var answer = await Import($"bi-dry-001,{leave.Annual},opening,2027-01-01,10,A\nbi-dry-001,{leave.Annual},adjustment,2027-02-01,-8,B\n", dryRun: true);

        answer.Outcomes().Should().Equal("2 created", "3 created");
        ((double)(await leave.Balance(1, "2027-03-01"))["hours"]!).Should().Be(0);
    }

    [Test]
    public async Task Import_RowsThatCannotBe_NameTheirFields()
    {
        var leave = await LeaveOperation.Create(Client, "bi-bad", 1);

        var answer = await Import(
            $"bi-bad-001,sick,opening,2027-01-01,10,A\nbi-bad-001,{leave.Annual},closing,2027-01-01,10,A\nbi-bad-001,{leave.Annual},opening,2027-13-01,10,A\n"
            + $"bi-bad-001,{leave.Annual},opening,2027-01-01,\"7,5\",A\nbi-bad-001,{leave.Annual},opening,2027-01-01,,\n"
            + $"bi-bad-009,{leave.Annual},opening,2027-01-01,10,A\n"
            + $"bi-bad-001,{leave.Annual},opening,2027-01-01,10,A\nbi-bad-001,{leave.Annual},opening,2027-01-01,11,A\n");

        answer.Rejections().Should().Equal(
            "2 type unknown", "3 kind unreadable", "4 on unreadable", "5 hours unreadable", "6 hours malformed", "6 reason malformed", "7 agent unknown",
            "9 hours contradiction");
        answer.Outcomes()[6].Should().Be("8 created");
        var lines = RowFiles.Lines(
            $$"""{"agent":"bi-bad-001","type":"{{leave.Annual}}","kind":"adjustment","on":"2027-02-01","hours":1,"reason":"a\u0000b"}""",
            $$"""{"agent":"bi-bad-001","type":"{{leave.Annual}}","kind":"adjustment","on":"2027-02-01","hours":1,"hoursPerMonth":2,"reason":"x"}""");
        (await Client.Post(Path, lines)).Rejections().Should().Equal("1 /reason malformed", "2 /hoursPerMonth unusable");
    }

    [Test]
    public async Task Import_SeveralTypesOfOnePerson_AreKeptApart()
    {
        var leave = await LeaveOperation.Create(Client, "bi-two", 1);
        await LeaveOperation.Create(Client, "bi-second", 0);

        (await Import($"bi-two-001,{leave.Annual},opening,2027-01-01,10,A\nbi-two-001,bi-second-annual,opening,2027-01-01,5,A\n")).Counts()
            .Should().Equal(2, 2, 2, 0, 0, 0);

        ((double)(await leave.Balance(1, "2027-03-01"))["hours"]!).Should().Be(10);
        ((double)(await leave.Balance(1, "2027-03-01", "bi-second-annual"))["hours"]!).Should().Be(5);
    }

    [Test]
    public async Task Import_WithoutPermissionToDecide_Is403()
    {
        var key = await Client.Create("api-keys", new { name = "bi integration", role = "integration" });
        using var client = _server.ClientWith((string)key.Json["key"]!);
        var decides = (await client.Get("/api/v1/me")).Is(HttpStatusCode.OK).Json["permissions"]!.AsArray().Any(p => (string?)p == "decideRequests");

        (await client.Post(Path, RowFiles.Csv(Header))).Status.Should().Be(decides ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }
}
