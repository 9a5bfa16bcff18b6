using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Staffing.Blends;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class BlendEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private const double Tolerance = 1e-6;
    private PlannedOperation _planned = null!;

    private string Path => $"/api/v1/requirements/{_planned.Requirement["id"]}";

    private string Queues => $"queues={_planned.Operation.Chat},{_planned.Operation.Review}";

    protected override async Task Prepare() => _planned = await PlannedOperations.Get(Kind, Client);

    [Test]
    public async Task Blend_Intervals_AddUp()
    {
        var items = (await Ask(Queues))["items"]!.AsArray();

        items.Should().HaveCountGreaterThan(900, "three weeks of half-hours");
        foreach (var i in items)
        {
            double At(string field) => (double)i![field]!;
            (At("immediateLoad") + At("immediateMargin") + At("extra")).Should().BeApproximately(At("agents"), Tolerance);
            At("deferrableWork").Should().BeLessThanOrEqualTo(At("agents") - At("immediateLoad") + Tolerance);
            At("fromIdle").Should().BeLessThanOrEqualTo(Math.Min(At("deferrableWork"), At("immediateMargin")) + Tolerance);
        }
    }

    [Test]
    public async Task Blend_Immediate_KeepsItsStoredAgentsAndHeads()
    {
        var blend = (await Ask(Queues))["items"]!.AsArray();
        var stored = (await Client.Get($"{Path}/intervals?queue={_planned.Operation.Chat}&limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();

        foreach (var (i, own) in blend.Zip(stored))
        {
            var steps = own!["waterfall"]!;
            double Step(string name) => (double)steps[name]!;
            var load = Step("workload") + Step("deferral");
            var agents = load + Step("queueing") + Step("occupancy") + Step("minimum");
            ((double)i!["immediateLoad"]!).Should().BeApproximately(Math.Min(load, agents), Tolerance);
            ((double)i["agents"]! - (double)i["extra"]!).Should().BeApproximately(agents, Tolerance);
            ((double)i["heads"]! - ((double)i["extra"]! / (0.9 * 0.95))).Should().BeApproximately(Step("heads"), Tolerance, "shrinkage is the hub's");
        }
    }

    [Test]
    public async Task Blend_DeferrableWork_IsWhatArrivesAndSavesHeads()
    {
        var blend = await Ask(Queues);
        var band = (await Client.Get($"{Path}/band?queue={_planned.Operation.Review}&limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        double Total(string plan, string figure) => (double)blend[plan]![figure]!;

        ((double)blend["deferrableHours"]!).Should().BeApproximately((double)band[^1]!["arrivedHours"]!, 1e-3);
        ((double)blend["fromIdleHours"]!).Should().BePositive();
        (Total("separate", "agentHours") - Total("blended", "agentHours")).Should()
            .BeApproximately((double)blend["fromIdleHours"]!, 1e-3, "what idle time does needs nobody else");
        Total("blended", "peakAgents").Should().BeLessThan(Total("separate", "peakAgents"));
        Total("blended", "peakHeads").Should().BeLessThan(Total("separate", "peakHeads"));
        Total("blended", "headHours").Should().BeLessThan(Total("separate", "headHours"));
    }

    [Test]
    public async Task Blend_Separate_IsTheRequirement()
    {
        var blend = await Ask($"{Queues}&riskLevel=0.8");
        var stored = _planned.Requirement["series"]!.AsArray().Where(s => (double)s!["riskLevel"]! == 0.8).ToArray();

        ((double)blend["separate"]!["headHours"]!).Should().BeApproximately(stored.Sum(s => (double)s!["headHours"]!), Tolerance);
        blend["queues"]!.AsArray().Select(q => ((string?)q!["queue"], (double)q["peakHeads"]!)).Should().BeEquivalentTo(
            stored.Select(s => ((string?)s!["queue"], (double)s["peakHeads"]!)));
        ((double)blend["riskLevel"]!).Should().Be(0.8);
    }

    [Test]
    public async Task Blend_LessUsableIdleTime_NeedsMoreHours()
    {
        var hours = new List<double>();
        foreach (var usable in new[] { "1", "0.5", "0" })
        {
            var blend = await Ask($"{Queues}&usableIdle={usable}");
            hours.Add((double)blend["blended"]!["agentHours"]!);
            if (usable == "0")
            {
                ((double)blend["fromIdleHours"]!).Should().Be(0);
                hours[^1].Should().BeApproximately((double)blend["separate"]!["agentHours"]!, 1e-3);
            }
        }

        hours.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Test]
    public async Task Blend_Groups_AreTheirQueues() =>
        (await Ask("group=live,review")).ToJsonString().Should().Be((await Ask(Queues)).ToJsonString());

    [Test]
    public async Task Blend_Pages_FollowOneAnotherWithTheSameTotals()
    {
        var first = (await Client.Get($"{Path}/blend?{Queues}&limit=2&from=2025-07-28T07:00:00Z")).Is(HttpStatusCode.OK).Json;
        var second = (await Client.Get($"{Path}/blend?{Queues}&limit=2&from=2025-07-28T07:00:00Z&after={first["next"]}")).Is(HttpStatusCode.OK).Json;

        first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(i => (string?)i!["start"]).Should().Equal(
            "2025-07-28T07:00:00Z", "2025-07-28T07:30:00Z", "2025-07-28T08:00:00Z", "2025-07-28T08:30:00Z");
        second["blended"]!.ToJsonString().Should().Be((await Ask(Queues))["blended"]!.ToJsonString());
    }

    [TestCase("", "queues")]
    [TestCase("queues=planned-chat&group=live", "queues")]
    [TestCase("queues=planned-chat,planned-fax", "queues")]
    [TestCase("queues=,", "queues")]
    [TestCase("queues=planned-chat", "queues")]
    [TestCase("queues=planned-review", "queues")]
    [TestCase("group=live", "group")]
    [TestCase("group=live,dead", "group")]
    [TestCase("group=live,review&riskLevel=0.7", "riskLevel")]
    [TestCase("group=live,review&usableIdle=1.1", "usableIdle")]
    [TestCase("group=live,review&usableIdle=NaN", "usableIdle")]
    [TestCase("group=live,review&limit=0", "limit")]
    [TestCase("group=live,review&after=x", "after")]
    public async Task Blend_UnusableValue_Is422NamingIt(string query, string field) =>
        (await Client.Get($"{Path}/blend?{query}")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal(field);

    [Test]
    public async Task Blend_UnknownRequirement_Is404() =>
        (await Client.Get($"/api/v1/requirements/{Guid.Empty}/blend?group=live,review")).Is(HttpStatusCode.NotFound);

    [Test]
    public async Task Blend_OpeningHoursChangedSince_AsksForANewRequirement()
    {
        var operation = await SmallOperation.Create(Client, "blend-hours");
        await operation.Forecast();
        var requirement = await operation.Requirement(new { paths = 20 });
        using var hub = new StringContent(
            SmallOperation.Merge(
                [], operation.HubRequest() with
                {
                    OpeningHours = [new OpeningWindow(IsoDayOfWeek.Monday, new LocalTime(8, 0), new LocalTime(20, 0))],
                }),
            System.Text.Encoding.UTF8, "application/json");
        (await Client.Call(HttpMethod.Put, "/api/v1/hubs/blend-hours", hub, "*")).Is(HttpStatusCode.OK);

        (await Client.Get($"/api/v1/requirements/{requirement["id"]}/blend?group=live,review")).Is(HttpStatusCode.UnprocessableEntity)
            .Text.Should().Contain("opening hours have changed");
    }

    private async Task<JsonNode> Ask(string query) => (await Client.Get($"{Path}/blend?{query}&limit=1000")).Is(HttpStatusCode.OK).Json;
}
