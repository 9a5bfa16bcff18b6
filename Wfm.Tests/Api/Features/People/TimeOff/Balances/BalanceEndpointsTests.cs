using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.People.TimeOff.Balances;

/// <summary>Balances are opened, adjusted, earned and booked; every change can be read.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class BalanceEndpointsTests(StoreKind kind)
{
    private WfmServer _server = null!;

    private HttpClient Client => _server.Client;

    [OneTimeSetUp]
    public async Task Start() => _server = await WfmServer.Start(kind, services: services => services.AddSingleton<IClock>(LeaveOperation.Clock()));

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Entries_OpenedEarnedAdjustedBooked_AddUp()
    {
        var leave = await LeaveOperation.Create(Client, "lb-all", 1, t => t with
        {
            Terms = new() { HoursPerMonth = 16, From = new LocalDate(2026, 1, 1), CarryOverHours = 20 },
        });
        await leave.Open(1, 40);
        await Adjust(leave, "2027-02-10", 3.5, "A day of the fair.");
        await leave.Ask(1, "2027-03-08");
        var path = leave.Path(1, $"balances/{leave.Annual}/entries?from=2027-01-01&to=2027-03-31");

        var lines = (await Client.Get(path)).Is(HttpStatusCode.OK).Json["items"]!.AsArray();

        lines.Select(l => ((string)l!["on"]!, (string)l["kind"]!, (double)l["hours"]!, (double)l["balanceHours"]!)).Should().Equal(
            ("2027-01-01", "lapse", -172, 20), // twelve months of 16 are 192, of which 20 go over
            ("2027-01-01", "opening", 20, 40),
            ("2027-01-31", "accrual", 16, 56),
            ("2027-02-10", "adjustment", 3.5, 59.5),
            ("2027-02-28", "accrual", 16, 75.5),
            ("2027-03-08", "booking", -8, 67.5),
            ("2027-03-31", "accrual", 16, 83.5));
        ((string?)lines[3]!["reason"]).Should().Be("A day of the fair.");
        ((string?)lines[3]!["author"]).Should().NotBeNullOrEmpty();
        ((string?)lines[5]!["request"]).Should().StartWith("/api/v1/time-off-requests/");
        var first = (await Client.Get($"{path}&limit=5")).Json;
        (await Client.Get($"{path}&limit=5&after={first["next"]}")).Json["items"]!.AsArray().Should().HaveCount(2);
        ((double)(await leave.Balance(1, "2027-03-07"))["hours"]!).Should().Be(75.5);
        ((double)(await leave.Balance(1, "2027-03-07"))["bookedHours"]!).Should().Be(8);
        ((double)(await leave.Balance(1, "2027-03-07"))["availableHours"]!).Should().Be(67.5);
    }

    [Test]
    public async Task Balance_PartTime_EarnsInProportion()
    {
        var leave = await LeaveOperation.Create(Client, "lb-part", 1, t => t with
        {
            Terms = new() { HoursPerMonth = 16, FullTimeHours = 40, From = new LocalDate(2027, 1, 1) },
        });
        await Client.Create("contracts", SampleSetup.Contract("lb-part-half")); // 20 hours
        (await Client.Put($"/api/v1/agents/{leave.Agent(1)}", SampleSetup.Agent(leave.Agent(1), "lb-part", "lb-part") with
        {
            EmployedFrom = new LocalDate(2027, 1, 16),
            Contracts = [new("lb-part-half", new LocalDate(2027, 3, 1))],
        }, "*")).Is(HttpStatusCode.OK);

        ((double)(await leave.Balance(1, "2027-01-31"))["hours"]!).Should().BeApproximately(16 * 16.0 / 31, 0.01, "16 of 31 days");
        ((double)(await leave.Balance(1, "2027-03-31"))["hours"]!).Should().BeApproximately((16 * 16.0 / 31) + 16 + 8, 0.01);
    }

    [Test]
    public async Task Opening_WithHoursPerMonth_EarnsThoseFromThereOn()
    {
        var leave = await LeaveOperation.Create(Client, "lb-own", 1, t => t with { Terms = new() { HoursPerMonth = 16, From = new LocalDate(2027, 1, 1) } });

        (await Client.Post(leave.Path(1, $"balances/{leave.Annual}/entries"), new
        {
            kind = "opening",
            on = "2027-02-01",
            hours = 10,
            hoursPerMonth = 20,
            reason = "Long service.",
        })).Is(HttpStatusCode.Created);

        ((double)(await leave.Balance(1, "2027-02-28"))["hours"]!).Should().Be(30);
        ((double)(await leave.Balance(1, "2027-01-31"))["hours"]!).Should().Be(16);
    }

    [Test]
    public async Task Adjustment_BelowTheFloor_IsRefused()
    {
        var leave = await LeaveOperation.Create(Client, "lb-floor", 1, t => t with { Terms = new() { OverdraftHours = 4 } });
        await leave.Open(1, 16);
        await leave.Ask(1, "2027-04-05");

        (await Adjust(leave, "2027-02-01", -13, "A mistake.", HttpStatusCode.Conflict)).Text.Should().Contain("-5 h on 2027-04-05");
        await Adjust(leave, "2027-02-01", -12, "A mistake.");
        ((double)(await leave.Balance(1, "2027-04-05"))["hours"]!).Should().Be(-4);
    }

    [Test]
    public async Task Grant_ByAnotherSystem_BooksTheBalanceAndMayBeBackdated()
    {
        var leave = await LeaveOperation.Create(Client, "lb-hr", 1);
        await leave.Open(1, 24);
        var path = leave.Path(1, "time-off");

        var two = new { type = leave.Annual, localStart = "2027-02-01T00:00", localEnd = "2027-02-03T00:00" };
        var back = (await Client.Post(path, two)).Is(HttpStatusCode.Created);
        ((double)(await leave.Balance(1, "2027-02-28"))["hours"]!).Should().Be(8);
        var more = new { type = leave.Annual, localStart = "2027-02-08T00:00", localEnd = "2027-02-10T00:00" };
        (await Client.Post(path, more)).Is(HttpStatusCode.Conflict).Json["findings"]![0]!["parameters"]!["lowestHours"]!.GetValue<double>().Should().Be(-8);
        (await Client.Post(path, new { more.type, more.localStart, more.localEnd, overdraw = true })).Is(HttpStatusCode.Created);
        ((double)(await leave.Balance(1, "2027-02-28"))["hours"]!).Should().Be(-8);
        ((string?)(await leave.Ask(1, "2027-04-05"))["decidedBy"]).Should().Be("balance");

        (await Client.Delete(back.Headers.Location!.ToString())).Is(HttpStatusCode.NoContent);
        ((double)(await leave.Balance(1, "2027-02-28"))["hours"]!).Should().Be(8);
    }

    [Test]
    public async Task Delete_TimeOffThatWasAskedFor_NamesTheRequest()
    {
        var leave = await LeaveOperation.Create(Client, "lb-asked", 1);
        await leave.Open(1, 24);
        var request = await leave.Ask(1, "2027-04-05");

        (await Client.Delete((string)request["timeOff"]!)).Is(HttpStatusCode.Conflict).Text.Should().Contain((string)request["id"]!);
    }

    [Test]
    public async Task Entries_WhatCannotBe_IsToldByField()
    {
        var leave = await LeaveOperation.Create(Client, "lb-bad", 1);
        var path = leave.Path(1, $"balances/{leave.Annual}/entries");

        (await Client.Post(path, new { kind = "adjustment", on = "2027-01-01", hours = 1, hoursPerMonth = 2, reason = "x" }))
            .Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/hoursPerMonth");
        (await Client.Post(path, new { kind = "adjustment", on = "2027-01-01", hours = 1 })).Is(HttpStatusCode.BadRequest).ErrorFields.Should()
            .Equal("/reason");
        (await Client.Post(path, new { kind = "lapse", on = "2027-01-01", hours = 1, reason = "x" })).Is(HttpStatusCode.BadRequest).ErrorFields.Should()
            .Equal("/kind");
        (await Client.Get(leave.Path(1, "balances/annual/entries"))).Is(HttpStatusCode.NotFound); // no balance of its own
        (await Client.Get($"{path}?after=nonsense")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("after");
    }

    private async Task<ApiAnswer> Adjust(LeaveOperation leave, string on, double hours, string reason, HttpStatusCode status = HttpStatusCode.Created) =>
        (await Client.Post(leave.Path(1, $"balances/{leave.Annual}/entries"), new { kind = "adjustment", on, hours, reason })).Is(status);
}
