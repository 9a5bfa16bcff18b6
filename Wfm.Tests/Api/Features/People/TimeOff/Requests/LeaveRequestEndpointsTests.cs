using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.People.TimeOff.Requests;

/// <summary>Leave is asked for, decided by the rules in their order, and taken back.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class LeaveRequestEndpointsTests(StoreKind kind)
{
    private static readonly string[] Order = ["balance", "blackout", "notice", "allowance", "coverage", "minimumPresence"];

    private readonly FakeClock _clock = LeaveOperation.Clock();
    private WfmServer _server = null!;

    private HttpClient Client => _server.Client;

    [OneTimeSetUp]
    public async Task Start() => _server = await WfmServer.Start(kind, services: services => services.AddSingleton<IClock>(_clock));

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [SetUp]
    public void Reset() => _clock.Reset(LeaveOperation.Now);

    [Test]
    public async Task Ask_AWeekThatTheBalanceHolds_IsApprovedBookedAndTimeOff()
    {
        var leave = await LeaveOperation.Create(Client, "lr-week", 1);
        await leave.Open(1, 80);

        var request = await leave.Ask(1, "2027-04-03", "2027-04-11"); // Saturday to Sunday of the next week

        ((string?)request["state"]).Should().Be("approved");
        request["decidedBy"].Should().BeNull();
        request["findings"]!.AsArray().Select(f => (string)f!["rule"]!).Should().Equal(Order);
        request["findings"]!.AsArray().Should().OnlyContain(f => (bool)f!["passed"]!);
        ((double)request["findings"]![0]!["parameters"]!["lowestHours"]!).Should().Be(40);
        ((double)request["hours"]!).Should().Be(40, "five working days of eight hours");
        ((string?)request["localStart"]).Should().Be("2027-04-03T00:00:00");
        ((double)(await leave.Balance(1, "2027-04-11"))["hours"]!).Should().Be(40);
        ((double)(await leave.Balance(1, "2027-03-01"))["availableHours"]!).Should().Be(40, "what is booked later is not there to be asked for");
        var entry = (await Client.Get((string)request["timeOff"]!)).Is(HttpStatusCode.OK).Json;
        ((string?)entry["type"]).Should().Be(leave.Annual);
        ((string?)entry["treatment"]).Should().Be("annual");
        ((string?)entry["start"]).Should().Be("2027-04-02T23:00:00Z");
    }

    [Test]
    public async Task Ask_MoreThanTheBalance_IsRefusedWithTheNumbers()
    {
        var leave = await LeaveOperation.Create(Client, "lr-poor", 1);
        await leave.Open(1, 12);

        var request = await leave.Ask(1, "2027-04-05", "2027-04-06");

        ((string?)request["state"]).Should().Be("refused");
        ((string?)request["decidedBy"]).Should().Be("balance");
        var finding = request["findings"]!.AsArray().Single()!;
        ((string?)finding["code"]).Should().Be("tooLow");
        ((double)finding["parameters"]!["costHours"]!).Should().Be(16);
        ((double)finding["parameters"]!["lowestHours"]!).Should().Be(-4);
        ((double)(await leave.Balance(1, "2027-04-30"))["hours"]!).Should().Be(12);
        ((string?)(await leave.Ask(1, "2027-04-05"))["state"]).Should().Be("approved", "one day is there");
    }

    [Test]
    public async Task Ask_EarlierThanLeaveThatIsBooked_SeesThatItTakesThoseHours()
    {
        var leave = await LeaveOperation.Create(Client, "lr-later", 1);
        await leave.Open(1, 16);
        await leave.Ask(1, "2027-06-07", "2027-06-08");

        var request = await leave.Ask(1, "2027-04-05");

        ((string?)request["decidedBy"]).Should().Be("balance");
        ((string?)request["findings"]![0]!["parameters"]!["lowestOn"]).Should().Be("2027-06-08");
    }

    [Test]
    public async Task Ask_HoursStillToBeEarned_CountFromTheirDay()
    {
        var leave = await LeaveOperation.Create(
            Client, "lr-earn", 1, t => t with { Terms = new() { HoursPerMonth = 8, From = new LocalDate(2027, 1, 1), OverdraftHours = 0 } });

        ((string?)(await leave.Ask(1, "2027-03-02", "2027-03-04"))["decidedBy"]).Should().Be("balance", "two months have earned 16 hours");
        ((string?)(await leave.Ask(1, "2027-03-30", "2027-04-01"))["state"]).Should().Be("approved", "the third month earns its 8 on the way");
    }

    [Test]
    public async Task Ask_DayOfABlackout_IsRefusedWithItsReason()
    {
        var leave = await LeaveOperation.Create(Client, "lr-black", 2);
        await leave.Open(1, 80);
        await Client.Create(
            "leave-blackouts", new JsonObject
            {
                ["code"] = "lr-black-launch",
                ["hub"] = "lr-black",
                ["groups"] = new JsonArray("live-en"),
                ["from"] = "2027-05-03",
                ["to"] = "2027-05-07",
                ["reason"] = "The launch.",
            });

        var request = await leave.Ask(1, "2027-05-07", "2027-05-10");

        ((string?)request["decidedBy"]).Should().Be("blackout");
        ((string?)request["findings"]![1]!["parameters"]!["blackout"]).Should().Be("lr-black-launch");
        ((string?)request["findings"]![1]!["message"]).Should().Contain("The launch.");
        ((string?)(await leave.Ask(1, "2027-05-08", "2027-05-10"))["state"]).Should().Be("approved");
    }

    [Test]
    public async Task Ask_TooLate_IsRefusedByNotice()
    {
        var leave = await LeaveOperation.Create(Client, "lr-notice", 1, t => t with { NoticeDays = 14 });
        await leave.Open(1, 80);

        ((string?)(await leave.Ask(1, "2027-03-12"))["decidedBy"]).Should().Be("notice");
        var kept = await leave.Ask(1, "2027-03-15");
        ((string?)kept["state"]).Should().Be("approved");
        ((int)kept["findings"]![2]!["parameters"]!["days"]!).Should().Be(14);
    }

    [Test]
    public async Task Waiting_PlaceBecomesFree_TheFirstThatFitsMovesUp()
    {
        var leave = await LeaveOperation.Create(Client, "lr-list", 4);
        foreach (var i in Enumerable.Range(1, 4)) await leave.Open(i, 80);
        await leave.Allow("one", new { measure = "heads", limit = 1 });
        var first = await leave.Ask(1, "2027-04-05", "2027-04-06");
        var second = await leave.Ask(2, "2027-04-05", "2027-04-07");
        var third = await leave.Ask(3, "2027-04-06");
        var other = await leave.Ask(4, "2027-04-07");

        ((string?)first["state"]).Should().Be("approved");
        ((string?)second["state"]).Should().Be("waiting");
        ((string?)second["decidedBy"]).Should().Be("allowance");
        var numbers = second["findings"]![3]!["parameters"]!;
        ((string?)numbers["on"]).Should().Be("2027-04-05");
        ((double)numbers["limit"]!, (double)numbers["taken"]!, (double)numbers["asked"]!).Should().Be((1.0, 1.0, 1.0));
        ((int?)second["position"]).Should().Be(1);
        ((string?)second["expiresAt"]).Should().Be("2027-04-04T23:00:00Z");
        ((int?)third["position"]).Should().Be(2);
        ((string?)other["state"]).Should().Be("approved", "who waits holds no place");
        ((double)(await leave.Balance(2, "2027-04-30"))["hours"]!).Should().Be(80, "nor hours");

        (await leave.Do(first, "cancel")).Is(HttpStatusCode.OK);

        (await leave.State(second)).Should().Be("waiting", "its third day is taken");
        (await leave.State(third)).Should().Be("approved", "the first on the list that now fits");
        (await leave.Do(other, "cancel")).Is(HttpStatusCode.OK);
        (await leave.State(second)).Should().Be("waiting");
        (await leave.Do(third, "cancel")).Is(HttpStatusCode.OK);
        var moved = await leave.Read(second);
        ((string?)moved["state"]).Should().Be("approved");
        moved["history"]!.AsArray().Select(h => (string)h!["state"]!).Should().Equal("waiting", "approved");
        ((double)(await leave.Balance(2, "2027-04-30"))["hours"]!).Should().Be(56);
    }

    [Test]
    public async Task Ask_NotToWait_IsRefusedInstead()
    {
        var leave = await LeaveOperation.Create(Client, "lr-now", 1);
        await leave.Open(1, 80);
        await leave.Allow("none", new { measure = "hours", limit = 7.9, days = new[] { "monday" } });

        var request = await leave.Ask(1, "2027-04-05", more: new { wait = false });

        ((string?)request["state"]).Should().Be("refused");
        ((string?)request["decidedBy"]).Should().Be("allowance");
        ((string?)(await leave.Ask(1, "2027-04-06"))["state"]).Should().Be("approved", "a Tuesday");
    }

    [Test]
    public async Task Allowance_LeftToCoverage_LiftsTheNumberOnItsDays()
    {
        var leave = await LeaveOperation.Create(Client, "lr-cover", 1);
        await leave.Open(1, 80);
        await leave.Allow("none", new { measure = "heads", limit = 0 });
        await leave.Allow("quiet", new { measure = "coverage", from = "2027-08-01", to = "2027-08-31" });

        ((string?)(await leave.Ask(1, "2027-08-02"))["state"]).Should().Be("approved");
        ((string?)(await leave.Ask(1, "2027-09-01"))["state"]).Should().Be("waiting");
    }

    [Test]
    public async Task Allowance_OfAGroup_CountsItsPeopleAlone()
    {
        var leave = await LeaveOperation.Create(Client, "lr-group", 2);
        foreach (var i in new[] { 1, 2 }) await leave.Open(i, 80);
        (await Client.Put($"/api/v1/agents/{leave.Agent(2)}", SampleSetup.Agent(leave.Agent(2), "lr-group", "lr-group") with
        {
            Skills = [new Wfm.Api.Features.Setup.Agents.AgentSkillData("policy-en", 1)],
        }, "*")).Is(HttpStatusCode.OK);
        await leave.Allow("live", new { measure = "heads", limit = 1, group = "live-en" });

        ((string?)(await leave.Ask(2, "2027-04-05"))["state"]).Should().Be("approved");
        ((string?)(await leave.Ask(1, "2027-04-05"))["state"]).Should().Be("approved");
    }

    [Test]
    public async Task Approve_Pending_GrantsWhatWasHeld()
    {
        var leave = await LeaveOperation.Create(Client, "lr-ask", 2, t => t with { NeedsApproval = true });
        foreach (var i in new[] { 1, 2 }) await leave.Open(i, 8);
        await leave.Allow("one", new { measure = "heads", limit = 1 });
        var (request, other) = (await leave.Ask(1, "2027-04-05"), await leave.Ask(2, "2027-04-05"));

        ((string?)request["state"]).Should().Be("pending");
        ((double)(await leave.Balance(1, "2027-04-05"))["hours"]!).Should().Be(0, "its hours are held");
        ((double)(await leave.Balance(1, "2027-04-05"))["pendingHours"]!).Should().Be(8);
        ((string?)other["state"]).Should().Be("waiting", "and its place");
        (await Client.Get(leave.Path(1, "time-off"))).Json["items"]!.AsArray().Should().BeEmpty();

        var approved = (await leave.Do(request, "approve")).Is(HttpStatusCode.OK).Json;

        ((string?)approved["state"]).Should().Be("approved");
        (await Client.Get(leave.Path(1, "time-off"))).Json["items"]!.AsArray().Should().ContainSingle();
        ((double)(await leave.Balance(1, "2027-04-05"))["pendingHours"]!).Should().Be(0);
        ((double)(await leave.Balance(1, "2027-04-05"))["hours"]!).Should().Be(0);
        (await leave.Do(request, "approve")).Is(HttpStatusCode.Conflict).Text.Should().Contain("is approved");
    }

    [Test]
    public async Task Refuse_Pending_SaysWhyAndTheNextMovesUp()
    {
        var leave = await LeaveOperation.Create(Client, "lr-refuse", 2, t => t with { NeedsApproval = true });
        foreach (var i in new[] { 1, 2 }) await leave.Open(i, 8);
        await leave.Allow("one", new { measure = "heads", limit = 1 });
        var (request, other) = (await leave.Ask(1, "2027-04-05"), await leave.Ask(2, "2027-04-05"));

        (await leave.Do(request, "refuse")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/reason");
        var refused = (await leave.Do(request, "refuse", new { reason = "Too few are left." })).Is(HttpStatusCode.OK).Json;

        ((string?)refused["state"]).Should().Be("refused");
        ((string?)refused["history"]![1]!["reason"]).Should().Be("Too few are left.");
        (await leave.State(other)).Should().Be("pending", "a person decides about it now");
        ((double)(await leave.Balance(1, "2027-04-05"))["hours"]!).Should().Be(8);
    }

    [Test]
    public async Task Approve_AgainstARule_NeedsAReasonAndKeepsWho()
    {
        var leave = await LeaveOperation.Create(Client, "lr-over", 2, t => t with { NoticeDays = 30 });
        await leave.Open(1, 8);
        var late = await leave.Ask(1, "2027-03-02");
        var poor = await leave.Ask(2, "2027-05-04");

        (await leave.Do(late, "approve")).Is(HttpStatusCode.Conflict).Json["findings"]!.AsArray().Should().HaveCount(3);
        (await leave.Do(late, "approve", new { @override = true })).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/reason");
        var approved = (await leave.Do(late, "approve", new { @override = true, reason = "A wedding." })).Is(HttpStatusCode.OK).Json;
        var step = approved["history"]!.AsArray()[^1]!;
        ((string?)step["state"], (string?)step["reason"], (bool)step["override"]!).Should().Be(("approved", "A wedding.", true));
        ((string?)approved["decidedBy"]).Should().Be("notice", "what it was granted against");

        (await leave.Do(poor, "approve", new { @override = true, reason = "Please." })).Is(HttpStatusCode.Conflict).Text.Should().Contain("Adjust the balance");
        ((double)(await leave.Balance(2, "2027-05-31"))["hours"]!).Should().Be(0);
    }

    [Test]
    public async Task Withdraw_OnlyWhatIsOpen_CancelOnlyWhatIsGranted()
    {
        var leave = await LeaveOperation.Create(Client, "lr-back", 1, t => t with { NeedsApproval = true });
        await leave.Open(1, 80);
        var request = await leave.Ask(1, "2027-04-05");

        (await leave.Do(request, "cancel")).Is(HttpStatusCode.Conflict).Text.Should().Contain("is pending");
        ((string?)(await leave.Do(request, "withdraw", new { reason = "Rain." })).Is(HttpStatusCode.OK).Json["state"]).Should().Be("withdrawn");
        (await leave.Do(request, "withdraw")).Is(HttpStatusCode.Conflict).Text.Should().Contain("is withdrawn");
        ((double)(await leave.Balance(1, "2027-04-05"))["hours"]!).Should().Be(80);
        var again = await leave.Ask(1, "2027-04-05");
        await leave.Do(again, "approve");
        (await leave.Do(again, "withdraw")).Is(HttpStatusCode.Conflict).Text.Should().Contain("cancel it instead");
        ((string?)(await leave.Do(again, "cancel")).Is(HttpStatusCode.OK).Json["state"]).Should().Be("cancelled");
        (await Client.Get(leave.Path(1, "time-off"))).Json["items"]!.AsArray().Should().BeEmpty();
        ((double)(await leave.Balance(1, "2027-04-05"))["hours"]!).Should().Be(80);
    }

    [Test]
    public async Task Cancel_AfterItHasBegun_GivesTheRestBack()
    {
        var leave = await LeaveOperation.Create(Client, "lr-rest", 1);
        await leave.Open(1, 80);
        var request = await leave.Ask(1, "2027-04-05", "2027-04-09");
        _clock.Reset(Instant.FromUtc(2027, 4, 6, 12, 0)); // Tuesday noon

        (await leave.Do(request, "cancel", new { from = "2027-04-06" })).Is(HttpStatusCode.Conflict).Text.Should().Contain("only days to come");
        var rest = (await leave.Do(request, "cancel", new { reason = "Bored." })).Is(HttpStatusCode.OK).Json;

        ((string?)rest["state"], (double)rest["hours"]!, (string?)rest["localEnd"]).Should().Be(("approved", 16.0, "2027-04-07T00:00:00"));
        ((string?)(await Client.Get((string)rest["timeOff"]!)).Json["end"]).Should().Be("2027-04-06T23:00:00Z");
        ((double)(await leave.Balance(1, "2027-04-30"))["hours"]!).Should().Be(64);
        (await leave.Do(request, "cancel")).Is(HttpStatusCode.Conflict);
    }

    [Test]
    public async Task Ask_PartOfADay_CostsItsLength()
    {
        var leave = await LeaveOperation.Create(Client, "lr-part", 1);
        await leave.Open(1, 80);

        var request = await leave.Ask(1, "2027-04-05", more: new { fromTime = "13:30", toTime = "17:00" });
        var evening = await leave.Ask(1, "2027-04-06", more: new { fromTime = "18:00", toTime = "00:00" });

        ((double)request["hours"]!, (string?)request["start"], (string?)request["end"]).Should().Be((3.5, "2027-04-05T12:30:00Z", "2027-04-05T16:00:00Z"));
        ((string?)evening["localEnd"]).Should().Be("2027-04-07T00:00:00");
    }

    [TestCase("""{"type":"no-such-type","from":"2027-04-05"}""", "/type")]
    [TestCase("""{"type":"annual","from":"2027-04-05","to":"2027-04-04"}""", "/to")]
    [TestCase("""{"type":"annual","from":"2027-02-28"}""", "/from")] // yesterday
    [TestCase("""{"type":"annual","from":"2027-03-01","fromTime":"08:00","toTime":"12:00"}""", "/fromTime")] // it is nine
    [TestCase("""{"type":"annual","from":"2027-04-05","fromTime":"12:00"}""", "/toTime")]
    [TestCase("""{"type":"annual","from":"2027-04-05","fromTime":"12:00","toTime":"11:00"}""", "/toTime")]
    [TestCase("""{"type":"annual","from":"2027-04-05","to":"2027-04-06","fromTime":"12:00","toTime":"14:00"}""", "/to")]
    [TestCase("""{"type":"annual","from":"2027-04-05","to":"2028-04-06"}""", "/to")] // 368 days
    [TestCase("""{"type":"annual","from":"2031-04-05"}""", "/to")] // after the end of the employment
    [TestCase("""{"type":"annual","from":"2027-04-05","expiresAt":"2027-04-06T00:00:00Z"}""", "/expiresAt")]
    [TestCase("""{"type":"sick","from":"2027-02-01"}""", "/from")] // told 28 days late
    public async Task Ask_WhatCannotBe_NamesTheField(string body, string field)
    {
        if ((await Client.Get("/api/v1/agents/lr-bad-001")).Status == HttpStatusCode.NotFound)
        {
            var leave = await LeaveOperation.Create(Client, "lr-bad", 1);
            (await Client.Put("/api/v1/agents/lr-bad-001", SampleSetup.Agent(leave.Agent(1), "lr-bad", "lr-bad") with
            {
                EmployedTo = new LocalDate(2030, 12, 31),
            }, "*")).Is(HttpStatusCode.OK);
        }

        (await Client.Post("/api/v1/agents/lr-bad-001/time-off-requests", body)).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Contain(field);
    }

    [Test]
    public async Task Ask_NobodyOrNothing_Is404()
    {
        (await Client.Post("/api/v1/agents/lr-nobody/time-off-requests", new { type = "annual", from = "2027-04-05" })).Is(HttpStatusCode.NotFound);
        (await Client.Get($"/api/v1/time-off-requests/{Guid.Empty}")).Is(HttpStatusCode.NotFound);
        (await Client.Post($"/api/v1/time-off-requests/{Guid.Empty}:approve", new { })).Is(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Ask_OverOtherLeave_IsAConflict()
    {
        var leave = await LeaveOperation.Create(Client, "lr-twice", 1);
        await leave.Open(1, 80);
        var request = await leave.Ask(1, "2027-04-05", "2027-04-06");

        (await Client.Post(leave.Path(1), new { type = leave.Annual, from = "2027-04-06" })).Is(HttpStatusCode.Conflict).Text.Should().Contain("time off from");
        (await leave.Do(request, "cancel")).Is(HttpStatusCode.OK);
        ((string?)(await leave.Ask(1, "2027-04-06"))["state"]).Should().Be("approved");
    }

    [Test]
    public async Task Ask_SicknessToday_IsToldAndTakesNoPlace()
    {
        var leave = await LeaveOperation.Create(Client, "lr-sick", 2);
        await leave.Open(2, 80);
        await leave.Allow("one", new { measure = "heads", limit = 1 });

        var today = await leave.Ask(1, "2027-03-01", type: "sick");
        var friday = await leave.Ask(1, "2027-02-26", type: "sick");

        ((string?)today["state"]).Should().Be("approved");
        today["findings"]!.AsArray().Select(f => (string)f!["rule"]!).Should().Equal("balance");
        ((string?)friday["state"]).Should().Be("approved", "sickness may be told some days later");
        ((string?)(await leave.Ask(2, "2027-03-01"))["state"]).Should().Be("approved", "the sick take no place");
    }

    [Test]
    public async Task Read_HiddenReason_IsShownToWhoDecidesAlone()
    {
        var leave = await LeaveOperation.Create(Client, "lr-hidden", 1);
        var sick = await leave.Ask(1, "2027-03-01", type: "sick", more: new { note = "The flu." });
        await leave.Open(1, 80);
        await leave.Ask(1, "2027-04-05", more: new { note = "The sea." });
        using var lead = await ClientOf("wellbeing-lead");

        var seen = (await lead.Get(leave.Path(1))).Is(HttpStatusCode.OK).Json["items"]!.AsArray();

        seen.Should().HaveCount(2).And.OnlyContain(r => r!["note"] == null);
        seen[0]!["type"]!.GetValue<string>().Should().Be(leave.Annual, "newest first");
        seen[1]!["type"].Should().BeNull();
        seen[1]!["findings"]!.AsArray().Should().BeEmpty();
        (await lead.Get($"/api/v1/time-off-requests/{sick["id"]}")).Text.Should().NotContain("flu").And.NotContain("sick");
        var off = (await lead.Get(leave.Path(1, "time-off"))).Json["items"]!.AsArray();
        off[0]!["type"].Should().BeNull();
        off[0]!["treatment"].Should().BeNull();
        ((string?)off[1]!["treatment"]).Should().Be("annual");
        ((string?)(await Client.Get(leave.Path(1))).Json["items"]![1]!["note"]).Should().Be("The flu.");
    }

    [Test]
    public async Task Me_OwnRequestsAndBalances_AndNobodyElses()
    {
        var leave = await LeaveOperation.Create(Client, "lr-me", 2, t => t with { NeedsApproval = true, HiddenReason = true });
        foreach (var i in new[] { 1, 2 }) await leave.Open(i, 16);
        var made = (await Client.Post("/api/v1/api-keys", new { name = "me", role = "agent", agent = leave.Agent(1) })).Is(HttpStatusCode.Created);
        using var mine = _server.ClientWith((string)made.Json["key"]!);

        var asked = await mine.Post("/api/v1/me/time-off-requests", new { type = leave.Annual, from = "2027-04-05", note = "The sea." });

        var request = asked.Is(HttpStatusCode.Created).Json;
        ((string?)request["state"], (string?)request["note"], (string?)request["type"]).Should().Be(("pending", "The sea.", leave.Annual));
        (await mine.Get("/api/v1/me/time-off-requests")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Should().ContainSingle()
            .Which!["note"]!.GetValue<string>().Should().Be("The sea.");
        var balances = (await mine.Get("/api/v1/me/balances?on=2027-04-05&limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        ((double)balances.Single(b => (string?)b!["type"] == leave.Annual)!["hours"]!).Should().Be(8);
        var others = await leave.Ask(2, "2027-04-05");
        (await mine.Post($"/api/v1/me/time-off-requests/{others["id"]}:withdraw", new { })).Is(HttpStatusCode.NotFound);
        (await mine.Get($"/api/v1/time-off-requests/{request["id"]}")).Is(HttpStatusCode.Forbidden);
        (await leave.Do(request, "approve")).Is(HttpStatusCode.OK);
        (await mine.Post($"/api/v1/me/time-off-requests/{request["id"]}:withdraw", new { })).Is(HttpStatusCode.Conflict);
        ((string?)(await mine.Post($"/api/v1/me/time-off-requests/{request["id"]}:cancel", new { })).Is(HttpStatusCode.OK).Json["state"]).Should()
            .Be("cancelled");
    }

    [Test]
    public async Task Expire_NotDecidedInTime_GivesItsPlaceBack()
    {
        var leave = await LeaveOperation.Create(Client, "lr-expire", 3, t => t with { NeedsApproval = true });
        foreach (var i in new[] { 1, 2, 3 }) await leave.Open(i, 80);
        await leave.Allow("one", new { measure = "heads", limit = 1 });
        var held = await leave.Ask(1, "2027-04-05", more: new { expiresAt = "2027-03-10T00:00:00Z" });
        var brief = await leave.Ask(2, "2027-04-05", more: new { expiresAt = "2027-03-09T00:00:00Z" });
        var patient = await leave.Ask(3, "2027-04-05");
        _clock.Reset(Instant.FromUtc(2027, 3, 11, 0, 0));

        await leave.Ask(1, "2027-06-07"); // whatever happens at the hub looks first at what has run out

        (await leave.State(held)).Should().Be("expired");
        (await leave.State(brief)).Should().Be("expired");
        (await leave.State(patient)).Should().Be("pending");
        ((double)(await leave.Balance(1, "2027-04-05"))["hours"]!).Should().Be(80);
    }

    [Test]
    public async Task List_OfAHub_IsPagedFilteredAndScoped()
    {
        var leave = await LeaveOperation.Create(Client, "lr-pages", 1);
        await leave.Open(1, 16);
        foreach (var day in new[] { "2027-04-05", "2027-04-06", "2027-04-07" }) await leave.Ask(1, day);
        const string Path = "/api/v1/time-off-requests?hub=lr-pages";

        var first = (await Client.Get($"{Path}&limit=2")).Is(HttpStatusCode.OK).Json;
        first["items"]!.AsArray().Select(r => (string)r!["state"]!).Should().Equal("refused", "approved");
        (await Client.Get($"{Path}&limit=2&after={first["next"]}")).Json["items"]!.AsArray().Should().ContainSingle();
        (await Client.Get($"{Path}&state=refused")).Json["items"]!.AsArray().Should().ContainSingle();
        (await Client.Get($"{Path}&to=2027-04-05T12:00:00Z")).Json["items"]!.AsArray().Should().ContainSingle();
        (await Client.Get("/api/v1/time-off-requests?hub=lr-none")).Is(HttpStatusCode.UnprocessableEntity);
        using var other = await ClientOf("hub-manager", "lr-elsewhere");
        (await other.Get(leave.Path(1))).Is(HttpStatusCode.Forbidden);
        (await other.Get("/api/v1/time-off-requests")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Should().BeEmpty();
    }

    private async Task<HttpClient> ClientOf(string role, string? hub = null)
    {
        if (hub is not null)
        {
            await Client.Create("hubs", SampleSetup.Hub(hub));
        }

        var hubs = hub is null ? [] : new[] { hub };
        var key = (await Client.Post("/api/v1/api-keys", new { name = $"leave {role}", role, hubs })).Is(HttpStatusCode.Created);
        return _server.ClientWith((string)key.Json["key"]!);
    }
}
