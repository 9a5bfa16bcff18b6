using System.Net;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Platform.Keys;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class RoleEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    protected override async Task Prepare() => await Client.Create("hubs", SampleSetup.Hub("role-hub"));

    [Test]
    public async Task Role_MadeNarrowedWidened_CountsFromTheNextRequestOn()
    {
        var role = await Role("role-reader", "readPeople", "readSetup");
        using var reader = await ClientAs("role-reader");
        (await reader.Get("/api/v1/agents")).Is(HttpStatusCode.OK);
        (await reader.Get("/api/v1/rosters")).Is(HttpStatusCode.Forbidden);
        ((string?)role.Json["updatedBy"]).Should().Be("bootstrap");

        var narrowed = (await Client.Put("/api/v1/roles/role-reader", Body("role-reader", "readSetup"), role.ETag)).Is(HttpStatusCode.OK);
        (await reader.Get("/api/v1/agents")).Is(HttpStatusCode.Forbidden);
        (await Client.Put("/api/v1/roles/role-reader", Body("role-reader", "readRosters"), role.ETag)).Is(HttpStatusCode.PreconditionFailed);
        (await Client.Put("/api/v1/roles/role-reader", Body("role-reader", "readRosters"), null)).Is(HttpStatusCode.PreconditionRequired);
        (await Client.Put("/api/v1/roles/role-reader", Body("role-reader", "readRosters"), narrowed.ETag)).Is(HttpStatusCode.OK);
        (await reader.Get("/api/v1/rosters")).Is(HttpStatusCode.OK);
        (await reader.Get("/api/v1/me")).Is(HttpStatusCode.OK).Json["permissions"]!.ToJsonString().Should().Be("""["readRosters","readSelf"]""");
    }

    [Test]
    public async Task Delete_WhileAKeyNamesIt_Is409()
    {
        var role = await Role("role-used", "readSetup");
        var key = await Client.Create("api-keys", new { name = "user", role = "role-used" });
        (await Client.Delete("/api/v1/roles/role-used", role.ETag)).Is(HttpStatusCode.Conflict).Text.Should().Contain("1 API keys that are not revoked");

        (await Client.Delete(key.Headers.Location!.ToString())).Is(HttpStatusCode.NoContent);
        (await Client.Delete("/api/v1/roles/role-used", role.ETag)).Is(HttpStatusCode.NoContent);
        (await Client.Get("/api/v1/roles/role-used")).Is(HttpStatusCode.NotFound);
        (await Client.Post("/api/v1/api-keys", new { name = "late", role = "role-used" })).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should()
            .Equal("/role");
    }

    [Test]
    public async Task List_SmallPages_HoldBuiltInRolesAndOwnInOrder()
    {
        await Role("role-listed", "readSetup");
        var (roles, after) = (new List<(string Code, bool BuiltIn)>(), "");
        do
        {
            var page = (await Client.Get($"/api/v1/roles?limit=3&after={after}")).Is(HttpStatusCode.OK).Json;
            roles.AddRange(page["items"]!.AsArray().Select(r => ((string)r!["code"]!, (bool)r["builtIn"]!)));
            after = (string?)page["next"];
        }
        while (after is not null);

        roles.Select(r => r.Code).Should().BeInAscendingOrder(StringComparer.Ordinal).And.OnlyHaveUniqueItems();
        roles.Where(r => r.BuiltIn).Select(r => r.Code).Should().BeEquivalentTo(Roles.All);
        roles.Should().Contain(("role-listed", false));
    }

    [TestCase("""{"code":"role-x","name":"x","permissions":["fly"]}""", HttpStatusCode.BadRequest, "/permissions/0")]
    [TestCase("""{"code":"role-x","name":"x","permissions":[]}""", HttpStatusCode.BadRequest, "/permissions")]
    [TestCase("""{"code":"role-x","name":"x"}""", HttpStatusCode.BadRequest, "/permissions")]
    [TestCase("""{"code":"Role X","name":"x","permissions":["readSetup"]}""", HttpStatusCode.BadRequest, "/code")]
    [TestCase("""{"code":"role-x","name":"","permissions":["readSetup"]}""", HttpStatusCode.BadRequest, "/name")]
    [TestCase("""{"code":"planner","name":"x","permissions":["readSetup"]}""", HttpStatusCode.UnprocessableEntity, "/code")]
    [TestCase("""{"code":"role-x","name":"x","permissions":["readSetup","readSetup"]}""", HttpStatusCode.UnprocessableEntity, "/permissions/1")]
    public async Task Create_UnusableValues_NameTheField(string body, HttpStatusCode status, string field) =>
        (await Client.Post("/api/v1/roles", body)).Is(status).ErrorFields.Should().Equal(field);

    [Test]
    public async Task BuiltIn_ReadAndNeverChanged()
    {
        var planner = (await Client.Get("/api/v1/roles/planner")).Is(HttpStatusCode.OK);
        planner.Json["permissions"]!.ToJsonString().Should().Contain("writeRosters").And.NotContain("manageKeys");
        (await Client.Put("/api/v1/roles/planner", Body("planner", "readSetup"), planner.ETag)).Is(HttpStatusCode.Conflict).Text.Should().Contain("built in");
        (await Client.Delete("/api/v1/roles/planner", "*")).Is(HttpStatusCode.Conflict);
        await Role("role-twice", "readSetup");
        (await Client.Post("/api/v1/roles", Body("role-twice", "readSetup"))).Is(HttpStatusCode.Conflict);
    }

    [Test]
    public async Task ManageKeys_InARoleOfOnesOwn_GivesNothingAway()
    {
        await Role("role-keeper", "manageKeys", "readPeople", "useMe");
        await Role("role-above", "readPeople", "readRosters");
        using var keeper = await ClientAs("role-keeper");
        var admin = await Client.Create("api-keys", new { name = "an admin", role = "admin" });

        // keys
        (await keeper.Post("/api/v1/api-keys", new { name = "up", role = "admin" })).Is(HttpStatusCode.Forbidden).Text.Should().Contain("writeSetup");
        (await keeper.Post("/api/v1/api-keys", new { name = "up", role = "role-above" })).Is(HttpStatusCode.Forbidden).Text.Should().Contain("readRosters");
        (await keeper.Post("/api/v1/api-keys", new { name = "peer", role = "role-keeper" })).Is(HttpStatusCode.Created);
        (await keeper.Delete(admin.Headers.Location!.ToString())).Is(HttpStatusCode.Forbidden);

        // roles: made, widened, taken from others
        (await keeper.Post("/api/v1/roles", Body("role-more", "readPeople", "writeRosters"))).Is(HttpStatusCode.Forbidden);
        (await keeper.Post("/api/v1/roles", Body("role-less", "readPeople"))).Is(HttpStatusCode.Created);
        (await keeper.Put("/api/v1/roles/role-less", Body("role-less", "readPeople", "readRosters"), "*")).Is(HttpStatusCode.Forbidden);
        (await keeper.Put("/api/v1/roles/role-keeper", Body("role-keeper", "manageKeys", "writeRosters"), "*")).Is(HttpStatusCode.Forbidden);
        (await keeper.Put("/api/v1/roles/role-above", Body("role-above", "readPeople"), "*")).Is(HttpStatusCode.Forbidden);
        (await keeper.Delete("/api/v1/roles/role-above", "*")).Is(HttpStatusCode.Forbidden);
        (await keeper.Delete("/api/v1/roles/role-less", "*")).Is(HttpStatusCode.NoContent);
    }

    [Test]
    public async Task KeyOfOneHub_ReadsRolesAndChangesNone()
    {
        using var admin = await ClientAs("admin", "role-hub");
        (await admin.Get("/api/v1/roles")).Is(HttpStatusCode.OK);
        (await admin.Post("/api/v1/roles", Body("role-of-hub", "readSetup"))).Is(HttpStatusCode.Forbidden).Text.Should().Contain("all hubs share");
    }

    private static object Body(string code, params string[] permissions) => new { code, name = $"Role {code}", permissions };

    private Task<ApiAnswer> Role(string code, params string[] permissions) => Client.Create("roles", Body(code, permissions));

    private async Task<HttpClient> ClientAs(string role, params string[] hubs) =>
        Server.ClientWith((string)(await Client.Create("api-keys", new { name = role, role, hubs })).Json["key"]!);
}
