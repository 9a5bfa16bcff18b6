using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;
using Wfm.Tests.Api.Features.Rosters.Waivers;
using Wfm.Tests.Support;
using static Wfm.Tests.Api.Features.Rosters.Waivers.WaiverBench;

namespace Wfm.Tests.Api.Features.Rosters.Edits;

/// <summary>How late a published shift may change, as the policy of the hub says: at midnight before Monday, of a shift on Tuesday at 14:00.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class NoticeTests(StoreKind kind)
{
    private const string Agreement = "Works agreement 7";

    private WaiverBench _bench = null!;

    private HttpClient Client => _bench.Client;

    [OneTimeSetUp]
    public async Task Start() => _bench = await WaiverBench.Start(kind);

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task Edit_WithinTheNotice_IsMadeAndSaysByWhichRuleItIsLate()
    {
        var (ann, roster, _) = await Hub("nt-late");

        var made = (await _bench.Move(roster, ann, 1, 12)).Is(HttpStatusCode.OK).Json; // 36 hours before 12:00

        var late = made["missed"]!.AsArray().Should().ContainSingle().Subject!;
        ((string?)late["rule"], (string?)late["agent"], (string?)late["from"], (double)late["amount"]!, (string?)late["unit"]).Should()
            .Be(("noticeOfChange", ann, Day(1), (168 - 36) * 60, "minutes"));
        late["limits"]!.ToJsonString().Should().Be("""{"consentHours":48,"hours":168}""");
        ((string?)late["source"], (string?)late["authority"], (bool)late["hard"]!).Should().Be((Agreement, "agreement", false));
        var person = made["people"]![0]!;
        ((double)person["noticeHours"]!, (bool)person["late"]!, (bool)person["needsConsent"]!).Should().Be((36, true, true));
    }

    [Test]
    public async Task Edit_InTimeOrOfADraft_IsNotLate()
    {
        var (ann, roster, hub) = await Hub("nt-time");
        var bob = hub.Agent(2);
        var draft = await _bench.Roster(hub, [bob], [(bob, 1, 14)], isDraft: true);

        foreach (var answer in new[] { await _bench.Move(roster, ann, 9, 12, "?check=true"), await _bench.Move(draft, bob, 1, 12, "?check=true") })
        {
            answer.Is(HttpStatusCode.OK).Json["missed"]!.AsArray().Should().BeEmpty();
            ((bool)answer.Json["people"]![0]!["late"]!, (bool)answer.Json["people"]![0]!["needsConsent"]!).Should().Be((false, false));
        }
    }

    [Test]
    public async Task Policy_Changed_ChangesWhatIsLate()
    {
        var (ann, roster, hub) = await Hub("nt-policy");
        var path = $"/api/v1/labour-policies/{hub.Policy}/1998-03-01";
        var policy = (await Client.Get(path)).Is(HttpStatusCode.OK).Json;
        JsonNode Notice() => policy["rules"]!.AsArray().Single(r => (string?)r!["kind"] == "noticeOfChange")!;
        ((string?)Notice()["text"], (string?)Notice()["source"]).Should().Be(("A week.", Agreement));

        Notice()["parameters"] = new JsonObject { ["hours"] = 24 };
        (await Client.Put(path, policy, (string?)policy["etag"])).Is(HttpStatusCode.OK);
        (await _bench.Move(roster, ann, 1, 12, "?check=true")).Is(HttpStatusCode.OK).Json["missed"]!.AsArray().Should().BeEmpty("36 hours are enough");

        Notice()["parameters"] = new JsonObject { ["hours"] = 24, ["consentHours"] = 48 };
        (await Client.Put(path, policy, "*")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().ContainSingle()
            .Which.Should().EndWith("/parameters/consentHours");
        (await Client.Get("/api/v1/labour-rule-kinds")).Json.AsArray().Should().ContainSingle(k => (string?)k!["kind"] == "noticeOfChange");
    }

    private async Task<(string Ann, Guid Roster, SmallOperation Hub)> Hub(string code)
    {
        var law = new SmallOperation(Client, code).Law();
        law.Rules.Add(new LabourRuleData(
            "noticeOfChange", new Dictionary<string, double> { ["hours"] = 168, ["consentHours"] = 48 }, "A week.", Agreement, new LocalDate(2025, 1, 1),
            Authority: RuleAuthority.Agreement));
        var hub = await SmallOperation.SetUp(Client, code, law);
        await hub.AddPeople(2);
        var ann = hub.Agent(1);
        return (ann, await _bench.Roster(hub, [ann], [(ann, 1, 14), (ann, 9, 14)]), hub);
    }
}
