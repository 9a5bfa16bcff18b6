using System.Net;
using NodaTime;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Setup.ShiftTemplates;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class ShiftTemplateEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private static ShiftTemplateRequest Template(string code) => SampleSetup.Template(code, "tpl-hub");

    protected override async Task Prepare()
    {
        await Client.Create("hubs", SampleSetup.Hub("tpl-hub"));
        await Client.Create("hubs", SampleSetup.Hub("tpl-other"));
    }

    [Test]
    public async Task Template_CreatedEditedAndSentBack_RoundTrips()
    {
        var created = await Client.Create("shift-templates", Template("tpl-trip") with { Days = [IsoDayOfWeek.Saturday] });
        ((int?)created.Json["paidMinutes"]).Should().Be(450);
        var edited = created.Json.AsObject();
        edited["latestStart"] = "11:00"; // seconds may be left out

        var replaced = (await Client.Put("/api/v1/shift-templates/tpl-trip", edited, created.ETag)).Is(HttpStatusCode.OK);

        ((string?)replaced.Json["latestStart"]).Should().Be("11:00:00");
        (await Client.Get("/api/v1/shift-templates/tpl-trip")).Is(HttpStatusCode.OK).Text.Should().Be(replaced.Text);
        (await Client.Get("/api/v1/shift-templates?hub=tpl-hub")).Text.Should().Contain("tpl-trip");
        (await Client.Get("/api/v1/shift-templates?hub=tpl-other")).Text.Should().NotContain("tpl-trip");
        (await Client.Put("/api/v1/shift-templates/tpl-trip", Template("tpl-trip") with { Hub = "tpl-other" }, "*")).Is(HttpStatusCode.UnprocessableEntity)
            .ErrorFields.Should().Equal("/hub");
        (await Client.Delete("/api/v1/shift-templates/tpl-trip", replaced.ETag)).Is(HttpStatusCode.NoContent);
    }

    private static readonly TestCaseData[] Unusable =
    [
        new(Template("tpl-bad") with { Hub = "nowhere" }, new[] { "/hub" }),
        new(Template("tpl-bad") with { EarliestStart = new LocalTime(10, 0) }, new[] { "/latestStart" }),
        new(Template("tpl-bad") with { LengthMinutes = 481, StartStepMinutes = 7 }, new[] { "/lengthMinutes", "/startStepMinutes" }),
        new(Template("tpl-bad") with { Days = [IsoDayOfWeek.Monday, IsoDayOfWeek.Monday] }, new[] { "/days/1" }),
        new(Template("tpl-bad") with { Breaks = [new("nap", 15, 90, 120, true)] }, new[] { "/breaks/0/kind" }),
        new(Template("tpl-bad") with { Breaks = [new("meal", 0, 120, 90, true)] }, new[] { "/breaks/0/lengthMinutes", "/breaks/0/latestAfterMinutes" }),
        new(
            Template("tpl-bad") with
            {
                Breaks = [new("meal", 30, -10, 460, true)],
            },
            new[] { "/breaks/0/earliestAfterMinutes", "/breaks/0/latestAfterMinutes" }),
        new(Template("tpl-bad") with { Breaks = [new("meal", 60, 100, 130, true), new("break", 60, 100, 130, true)] }, new[] { "/breaks" }),
    ];

    [TestCaseSource(nameof(Unusable))]
    public async Task Create_ShapeThatCannotBeWorked_Is422(object request, string[] fields)
    {
        (await Client.Post("/api/v1/shift-templates", request)).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().BeEquivalentTo(fields);
    }

    [TestCase(
        """{"code":"t","hub":"tpl-hub","earliestStart":"06:00","latestStart":"07:00","lengthMinutes":480,"breaks":[{"kind":"meal","lengthMinutes":30}]}""",
        "/breaks/0/earliestAfterMinutes", "/breaks/0/latestAfterMinutes", "/breaks/0/paid")]
    [TestCase("""{"code":"t","hub":"tpl-hub","earliestStart":"6 o'clock","latestStart":"07:00","lengthMinutes":480}""", "/earliestStart")]
    [TestCase("""{"code":"t","hub":"tpl-hub","earliestStart":"06:00","latestStart":"07:00","lengthMinutes":480,"days":["monday","funday"]}""", "/days/1")]
    [TestCase("""{"code":"t","hub":"tpl-hub"}""", "/earliestStart", "/latestStart", "/lengthMinutes")]
    public async Task Create_UnreadableShape_Is400NamingTheField(string body, params string[] fields)
    {
        (await Client.Post("/api/v1/shift-templates", body)).Is(HttpStatusCode.BadRequest).ErrorFields.Should().BeEquivalentTo(fields);
    }

    [Test]
    public async Task Delete_NamedByContractOrWish_Is409()
    {
        await Client.Create("shift-templates", Template("tpl-used"));
        await Client.Create("contracts", SampleSetup.Contract("tpl-contract") with { Templates = ["tpl-used"] });
        await Client.CreateGroups("live-en", "policy-en");
        await Client.Create("agents", SampleSetup.Agent("tpl-agent", "tpl-hub", "tpl-contract") with { PreferredTemplates = ["tpl-used"] });

        (await Client.Delete("/api/v1/shift-templates/tpl-used", "*")).Is(HttpStatusCode.Conflict).Text.Should().Contain("1 contracts, 1 preferences");
    }
}
