using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Persistence;
using Wfm.Tests.Architecture;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Setup.LabourPolicies;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class LabourPolicyEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private static readonly LocalDate Early = new(2020, 1, 1);
    private static readonly LocalDate Late = new(2026, 6, 1);

    private static LabourRuleData Rule(string kind, params (string Name, double Value)[] parameters) =>
        new(kind, parameters.ToDictionary(p => p.Name, p => p.Value), "Words.", "Source", new LocalDate(2026, 11, 1));

    [Test]
    public async Task Versions_OfOneCode_AreInForceFromTheirDates()
    {
        var created = await Client.Create("labour-policies", SampleSetup.Policy("pol-dated", Early));
        created.Headers.Location!.ToString().Should().Be("/api/v1/labour-policies/pol-dated/2020-01-01");
        await Client.Create("labour-policies", SampleSetup.Policy("pol-dated", Late) with { Name = "newer" });
        (await Client.Post("/api/v1/labour-policies", SampleSetup.Policy("pol-dated", Late))).Is(HttpStatusCode.Conflict);

        (await NameOn("2020-01-01")).Should().Be("pol-dated");
        (await NameOn("2026-05-31")).Should().Be("pol-dated");
        (await NameOn("2026-06-01")).Should().Be("newer");
        (await Client.Get("/api/v1/labour-policies/pol-dated?on=2019-12-31")).Is(HttpStatusCode.NotFound);
        (await Client.Get("/api/v1/labour-policies/pol-dated?on=yesterday")).Is(HttpStatusCode.BadRequest).ErrorFields.Should().Equal("on");

        var first = (await Client.Get("/api/v1/labour-policies?code=pol-dated&limit=1")).Is(HttpStatusCode.OK).Json;
        var second = (await Client.Get($"/api/v1/labour-policies?code=pol-dated&limit=1&after={first["next"]}")).Is(HttpStatusCode.OK).Json;
        ((string?)first["items"]![0]!["validFrom"]).Should().Be("2020-01-01");
        ((string?)second["items"]![0]!["validFrom"]).Should().Be("2026-06-01");
        second["next"].Should().BeNull();

        async Task<string?> NameOn(string date) =>
            (string?)(await Client.Get($"/api/v1/labour-policies/pol-dated?on={date}")).Is(HttpStatusCode.OK).Json["name"];
    }

    [Test]
    public async Task Replace_WithIfMatch_ChangesOneVersion()
    {
        var created = await Client.Create("labour-policies", SampleSetup.Policy("pol-replace", Early));
        var edited = created.Json.AsObject();
        edited["note"] = "read again";

        var replaced = (await Client.Put("/api/v1/labour-policies/pol-replace/2020-01-01", edited, created.ETag)).Is(HttpStatusCode.OK);

        (await Client.Get("/api/v1/labour-policies/pol-replace/2020-01-01")).Text.Should().Be(replaced.Text);
        (await Client.Put("/api/v1/labour-policies/pol-replace/2020-01-01", edited, created.ETag)).Is(HttpStatusCode.PreconditionFailed);
        (await Client.Put("/api/v1/labour-policies/pol-replace/2020-01-01", edited, null)).Is(HttpStatusCode.PreconditionRequired);
        (await Client.Put("/api/v1/labour-policies/pol-replace/2020-01-01", SampleSetup.Policy("pol-replace", Late), "*"))
            .Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/validFrom");
        (await Client.Put("/api/v1/labour-policies/pol-replace/2021-01-01", edited, "*")).Is(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Delete_VersionAHubNeeds_Is409UntilAnotherIsInForce()
    {
        var only = await Client.Create("labour-policies", SampleSetup.Policy("pol-hub", Early));
        await Client.Create("hubs", SampleSetup.Hub("pol-hub") with { LabourPolicy = "pol-hub" });
        (await Client.Delete("/api/v1/labour-policies/pol-hub/2020-01-01", only.ETag)).Is(HttpStatusCode.Conflict).Text.Should().Contain("1 hubs");

        await Client.Create("labour-policies", SampleSetup.Policy("pol-hub", new LocalDate(2199, 1, 1))); // not in force yet
        (await Client.Delete("/api/v1/labour-policies/pol-hub/2020-01-01", only.ETag)).Is(HttpStatusCode.Conflict);

        await Client.Create("labour-policies", SampleSetup.Policy("pol-hub", new LocalDate(2020, 2, 1)));
        (await Client.Delete("/api/v1/labour-policies/pol-hub/2020-01-01", only.ETag)).Is(HttpStatusCode.NoContent);
    }

    private static readonly TestCaseData[] Unusable =
    [
        new(Rule("minimumRest", ("hours", 11)), new[] { "/rules/0/kind" }),
        new(Rule("minimumDailyRest"), new[] { "/rules/0/parameters/hours" }),
        new(Rule("minimumDailyRest", ("hours", 49)), new[] { "/rules/0/parameters/hours" }),
        new(Rule("minimumDailyRest", ("hours", double.NaN)), new[] { "/rules/0/parameters/hours" }),
        new(Rule("minimumDailyRest", ("hours", 11), ("minutes", 30)), new[] { "/rules/0/parameters/minutes" }),
        new(Rule("maximumConsecutiveDays", ("days", 5.5)), new[] { "/rules/0/parameters/days" }),
        new(Rule("breakAfter", ("hours", 6)), new[] { "/rules/0/parameters/afterHours", "/rules/0/parameters/minutes", "/rules/0/parameters/hours" }),
        new(
            Rule("minimumDailyRest", ("hours", 11)) with
            {
                ValidFrom = new LocalDate(2026, 1, 2),
                ValidTo = new LocalDate(2026, 1, 1),
            },
            new[] { "/rules/0/validTo" }),
        new(Rule("minimumDailyRest", ("hours", 11)) with { Text = " ", Source = "" }, new[] { "/rules/0/text", "/rules/0/source" }),
    ];

    [TestCaseSource(nameof(Unusable))]
    public async Task Create_RuleThatCannotBeChecked_Is422(object rule, string[] fields)
    {
        (await Client.Post("/api/v1/labour-policies", SampleSetup.Policy("pol-bad", Early) with { Rules = [(LabourRuleData)rule] }))
            .Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().BeEquivalentTo(fields);
    }

    [Test]
    public async Task RuleKinds_Listed_AreAcceptedWithTheirParameters()
    {
        var kinds = (await Client.Get("/api/v1/labour-rule-kinds")).Is(HttpStatusCode.OK).Json.AsArray();
        var rules = kinds.Select(k =>
                Rule(
                    (string)k!["kind"]!,
                    [.. k["parameters"]!.AsArray().Select(p => ((string)p!["name"]!, (string)p["name"]! == "nightToHour" ? 6 : (double)p["minimum"]!))]))
            .ToList();

        rules.Should().HaveCountGreaterThan(12);
        await Client.Create("labour-policies", SampleSetup.Policy("pol-kinds", Early) with { Rules = rules });
    }

    [Test]
    public async Task LawPacks_OfTheSample_PostAsTheyAre()
    {
        var packs = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("samples", "operation", "labour-policies.json")))!.AsArray();

        packs.Should().HaveCountGreaterThan(5);
        foreach (var pack in packs)
        {
            var posted = pack!.DeepClone();
            posted["code"] = $"pack-{(string?)pack["code"]}"; // other tests may have made the sample's own
            var answer = await Client.Create("labour-policies", posted);
            answer.Json["notExpressed"]!.AsArray().Should().HaveCount(pack["notExpressed"]!.AsArray().Count);
            answer.Json["rules"]!.AsArray().Should().HaveCount(pack["rules"]!.AsArray().Count);
        }
    }

    [Test]
    public async Task Replace_WithoutRules_TakesSayingSo()
    {
        const string Path = "/api/v1/labour-policies/pol-lawless/2020-01-01";
        var policy = (await Client.Create("labour-policies", SampleSetup.Policy("pol-lawless", Early))).Json.AsObject();
        await Client.Create("hubs", SampleSetup.Hub("pol-lawless") with { LabourPolicy = "pol-lawless" });
        policy.Remove("rules");
        (await Client.Put(Path, policy, "*")).Is(HttpStatusCode.BadRequest).ErrorFields.Should().Equal("/rules"); // absent is not empty
        policy["rules"] = null;
        (await Client.Put(Path, policy, "*")).Is(HttpStatusCode.BadRequest).ErrorFields.Should().Equal("/rules");

        policy["rules"] = new System.Text.Json.Nodes.JsonArray();
        (await Client.Put(Path, policy, "*")).Is(HttpStatusCode.Conflict).Text.Should().Contain("minimumDailyRest").And.Contain("removesRules");
        (await Client.Get(Path)).Json["rules"]!.AsArray().Should().ContainSingle();

        (await Client.Put($"{Path}?removesRules=true", policy, "*")).Is(HttpStatusCode.OK).Json["rules"]!.AsArray().Should().BeEmpty();
    }
}
