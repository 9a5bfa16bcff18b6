using System.Net;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Setup.Contracts;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class ContractEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    [Test]
    public async Task Contract_CreatedReplacedDeleted_RoundTrips()
    {
        var created = await Client.Create("contracts", SampleSetup.Contract("con-trip"));
        created.Headers.Location!.ToString().Should().Be("/api/v1/contracts/con-trip");

        var replaced = (await Client.Put("/api/v1/contracts/con-trip", SampleSetup.Contract("con-trip") with { MaximumWeeklyHours = 36.5 }, created.ETag)).Is(
            HttpStatusCode.OK);
        ((double?)replaced.Json["maximumWeeklyHours"]).Should().Be(36.5);
        var read = (await Client.Get("/api/v1/contracts/con-trip")).Is(HttpStatusCode.OK);
        read.Text.Should().Be(replaced.Text);

        (await Client.Put("/api/v1/contracts/con-trip", SampleSetup.Contract("con-trip"), created.ETag)).Is(HttpStatusCode.PreconditionFailed);
        (await Client.Delete("/api/v1/contracts/con-trip", read.ETag)).Is(HttpStatusCode.NoContent);
        (await Client.Get("/api/v1/contracts/con-trip")).Is(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Create_HoursReversedOrTemplateUnknown_Is422()
    {
        var answer = (await Client.Post("/api/v1/contracts", SampleSetup.Contract("con-bad") with
        {
            MinimumWeeklyHours = 40,
            MaximumWeeklyHours = 30,
            Templates = ["nowhere", "nowhere"],
        })).Is(HttpStatusCode.UnprocessableEntity);

        answer.ErrorFields.Should().BeEquivalentTo("/minimumWeeklyHours", "/templates/0", "/templates/1");
        answer.ErrorOf("/minimumWeeklyHours").Should().Contain("40").And.Contain("30");
        (await Client.Post("/api/v1/contracts", SampleSetup.Contract("con-bad") with { MinimumWeeklyHours = 0, MaximumWeeklyHours = 0 }))
            .Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/maximumWeeklyHours");
    }

    [Test]
    public async Task Delete_SomebodyHasIt_Is409SayingWho()
    {
        await Client.Create("hubs", SampleSetup.Hub("con-hub"));
        var contract = await Client.Create("contracts", SampleSetup.Contract("con-used"));
        await Client.CreateGroups("live-en", "policy-en");
        await Client.Create("agents", SampleSetup.Agent("con-agent", "con-hub", "con-used"));

        (await Client.Delete("/api/v1/contracts/con-used", contract.ETag)).Is(HttpStatusCode.Conflict).Text.Should().Contain("1 agents");
        (await Client.Delete("/api/v1/hubs/con-hub", "*")).Is(HttpStatusCode.Conflict).Text.Should().Contain("1 agents");
    }
}
