using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Adherence;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class AdherenceClaimTests(StoreKind kind)
{
    private const string Mine = "/api/v1/me/adherence";
    private const string Claims = "/api/v1/adherence/claims";

    private AdherenceBench _bench = null!;
    private string _one = null!;
    private string _two = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _bench = await AdherenceBench.Start(kind, "adc", 3);
        (_one, _two) = (_bench.Agent(1), _bench.Agent(2));
        await _bench.Roster((0, _one, "09:00 work, 13:00"), (0, _two, "09:00 work, 13:00"));
        await _bench.Send(
            AdherenceBench.Rows(_one, 0, "00:00 off, 10:00 available, 13:00 off").Concat(AdherenceBench.Rows(_two, 0, "09:00 available, 13:00 off")));
    }

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task Exception_AskedApprovedAndTakenBack_CountsOnlyWhileApproved()
    {
        var me = await _bench.As(_one);
        var asked = (await me.Post($"{Mine}/exceptions", Span("09:00", "09:45"))).Is(HttpStatusCode.Created);
        ((string)asked.Json["state"]!).Should().Be("asked");
        (await WrongMinutes(_one)).Should().Be(60);
        (await me.Post($"{Claims}/{asked.Json["id"]}:approve", new { })).Is(HttpStatusCode.Forbidden);

        var approved = await Decide(asked, "approve", "The lift was stuck.");

        (await WrongMinutes(_one)).Should().Be(15);
        approved.Json["steps"]!.AsArray().Select(s => (string)s!["state"]!).Should().Equal("asked", "approved");
        (await _bench.Client.Call(HttpMethod.Post, $"{Claims}/{asked.Json["id"]}:approve", new { }, asked.ETag)).Is(HttpStatusCode.PreconditionFailed);
        (await _bench.Client.Call(HttpMethod.Post, $"{Claims}/{asked.Json["id"]}:approve", new { }, approved.ETag)).Is(HttpStatusCode.Conflict);
        var listed = (await me.Get($"{Mine}/claims?kind=exception&state=approved")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        listed.Select(c => (string)c!["id"]!).Should().Contain((string)asked.Json["id"]!);

        var withdrawn = (await me.Call(HttpMethod.Post, $"{Mine}/claims/{asked.Json["id"]}:withdraw", new { }, approved.ETag)).Is(HttpStatusCode.OK);

        ((string)withdrawn.Json["state"]!).Should().Be("withdrawn");
        (await WrongMinutes(_one)).Should().Be(60);
    }

    [Test]
    public async Task Dispute_Decided_TellsWhyAndCountsTheSpanGiven()
    {
        var me = await _bench.As(_one);
        var first = (await me.Post($"{Mine}/disputes", new { date = AdherenceBench.Day(0), reason = "I was there at nine." })).Is(HttpStatusCode.Created);
        var second = (await me.Post($"{Mine}/disputes", new { date = AdherenceBench.Day(0), reason = "Look again." })).Is(HttpStatusCode.Created);
        await Decide(first, "refuse", "The door says ten.");

        var approved = await Decide(second, "approve", "The door was broken.", ("start", Iso("09:30")), ("end", Iso("10:00")));

        (await WrongMinutes(_one)).Should().Be(30);
        ((string)approved.Json["kind"]!, (string)approved.Json["start"]!).Should().Be(("dispute", Iso("09:30")));
        var told = (await me.Get($"{Mine}/claims?kind=dispute")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        told.Select(d => ((string)d!["state"]!, (string)d["steps"]!.AsArray()[^1]!["reason"]!)).Should()
            .Equal(("approved", "The door was broken."), ("refused", "The door says ten."));
        await Decide(approved, "refuse", "Wrong after all.");
        (await WrongMinutes(_one)).Should().Be(60);
    }

    [Test]
    public async Task Agent_SeesAndChangesNobodyElse()
    {
        var (me, other) = (await _bench.As(_one), await _bench.As(_two));
        var asked = (await me.Post($"{Mine}/exceptions", Span("09:00", "09:10"))).Is(HttpStatusCode.Created);

        (await other.Call(HttpMethod.Post, $"{Mine}/claims/{asked.Json["id"]}:withdraw", new { }, asked.ETag)).Is(HttpStatusCode.NotFound);
        (await other.Get($"{Mine}/claims")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Should().BeEmpty();
        var own = (await other.Get($"{Mine}?date={AdherenceBench.Day(0)}")).Is(HttpStatusCode.OK);
        ((string)own.Json["day"]!["agent"]!).Should().Be(_two);
        own.Text.Should().NotContain(_one);
        ((double)own.Json["day"]!["figures"]!["adherence"]!["value"]!).Should().Be(1);
        foreach (var path in new[]
        {
            $"/api/v1/adherence/people?hub={_bench.Hub}", $"/api/v1/adherence/people/{_one}", $"/api/v1/adherence/people/{_two}",
            $"/api/v1/adherence/now?hub={_bench.Hub}", $"/api/v1/adherence/hub-days?hub={_bench.Hub}", Claims, "/api/v1/agent-state-mapping",
        })
        {
            (await other.Get(path)).Is(HttpStatusCode.Forbidden);
        }

        await Decide(asked, "refuse", null);
    }

    [Test]
    public async Task Integration_BringsStatesAndSeesNoPersons()
    {
        using var client = _bench.Server.ClientWith(
            (string)(await _bench.Client.Create("api-keys", new { name = "telephone system", role = "integration" })).Json["key"]!);

        (await client.Post(AdherenceBench.Import, "[]")).Is(HttpStatusCode.OK);
        (await client.Get($"/api/v1/adherence/people/{_one}")).Is(HttpStatusCode.Forbidden);
        (await client.Get(Claims)).Is(HttpStatusCode.Forbidden);
        (await client.Get($"/api/v1/adherence/hub-days?hub={_bench.Hub}")).Is(HttpStatusCode.OK).Text.Should().NotContain(_one);
    }

    [TestCase("09:00", "09:00", "Same", "/localEnd")]
    [TestCase("09:00", "34:00", "25 hours", "/end")]
    [TestCase("09:00", "10:00", "", "/reason")]
    public async Task Exception_ThatCannotBe_IsNamed(string from, string to, string reason, string field)
    {
        var answer = await (await _bench.As(_one)).Post($"{Mine}/exceptions", Span(from, to, reason));

        answer.ErrorFields.Should().Contain(field);
        ((int)answer.Status).Should().BeOneOf(400, 422);
    }

    [Test]
    public async Task Claims_BadInput_IsNamed()
    {
        (await _bench.Client.Post(Claims, new { agent = "nobody", start = Iso("09:00"), end = Iso("10:00"), reason = "x" }))
            .Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Contain("/agent");
        (await (await _bench.As(_one)).Post($"{Mine}/disputes", new { date = AdherenceBench.Day(30), reason = "x" }))
            .Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/date");
        (await (await _bench.As(_one)).Post($"{Mine}/disputes", new { date = AdherenceBench.Day(0), start = Iso("09:00"), reason = "x" }))
            .Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/end");
        (await _bench.Client.Get($"/api/v1/adherence/hub-days?hub={_bench.Hub}&from=2025-01-01&to=2025-08-01")).Is(HttpStatusCode.UnprocessableEntity);
        (await _bench.Client.Get($"/api/v1/adherence/hub-days?hub={_bench.Hub}&from=2025-08-02&to=2025-08-01")).Is(HttpStatusCode.UnprocessableEntity);
        (await _bench.Client.Get("/api/v1/adherence/people/nobody")).Is(HttpStatusCode.NotFound);
        (await _bench.Client.Get("/api/v1/adherence/people?hub=nowhere")).Is(HttpStatusCode.UnprocessableEntity);
    }

    private async Task<ApiAnswer> Decide(ApiAnswer claim, string what, string? reason, params (string Name, string Value)[] more)
    {
        var body = new JsonObject { ["reason"] = reason };
        foreach (var (name, value) in more)
        {
            body[name] = value;
        }

        return (await _bench.Client.Call(HttpMethod.Post, $"{Claims}/{claim.Json["id"]}:{what}", body.ToJsonString(), (string)claim.Json["etag"]!))
            .Is(HttpStatusCode.OK);
    }

    private async Task<double> WrongMinutes(string agent)
    {
        var figure = (await _bench.Person(agent, 0))["day"]!["figures"]!["adherence"]!;
        return ((double)figure["denominatorSeconds"]! - (double)figure["numeratorSeconds"]!) / 60;
    }

    private static object Span(string from, string to, string reason = "Stuck in the lift.") => new
    {
        localStart = Local(from),
        localEnd = Local(to),
        reason,
    };

    private static string Local(string time) => NodaTime.Text.LocalDateTimePattern.ExtendedIso.Format(
        AdherenceBench.At(0, time).InZone(SmallOperation.Zone).LocalDateTime);

    private static string Iso(string time) => NodaTime.Text.InstantPattern.ExtendedIso.Format(AdherenceBench.At(0, time));
}
