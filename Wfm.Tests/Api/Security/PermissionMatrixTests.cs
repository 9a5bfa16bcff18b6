using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Security;

/// <summary>Every operation of the document with every role and with none: a new endpoint without a permission fails here.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class PermissionMatrixTests(StoreKind kind) : ApiFixture(kind)
{
    private readonly Dictionary<string, HttpClient> _clients = [];
    private JsonObject _paths = null!;

    private RouteEndpoint[] Endpoints => [.. Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    protected override async Task Prepare()
    {
        _paths = (await Client.Get("/swagger/v1/swagger.json")).Is(HttpStatusCode.OK).Json["paths"]!.AsObject();
        await using var scope = Server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        await Client.Create("hubs", SampleSetup.Hub("matrix-hub"));
        await Client.Create("contracts", SampleSetup.Contract("matrix-full"));
        await Client.Create("agents", SampleSetup.Agent("matrix-01", "matrix-hub", "matrix-full") with { Skills = [] });
        var person = await db.Agents.Where(a => a.Code == "matrix-01").Select(a => a.Id).SingleAsync();
        foreach (var role in Roles.All.Append("nobody"))
        {
            var (key, row) = ApiKeys.Create(
                $"matrix {role}", role, [], scope.ServiceProvider.GetRequiredService<IClock>().GetCurrentInstant(),
                agent: Roles.Allows(role, Permission.UseMe) ? person : null);
            db.ApiKeys.Add(row);
            _clients[role] = Server.ClientWith(key);
        }

        await db.SaveChangesAsync();
    }

    [OneTimeTearDown]
    public void Close()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }

    [Test]
    public void Endpoints_AllButHealth_NameExactlyOnePermissionAndAreInTheDocument()
    {
        Endpoints.Where(IsOpen).SelectMany(e => MethodsOf(e).Select(m => $"{m} {PathOf(e)}")).Should().BeEquivalentTo(
            "get /health/live", "get /health/ready", "post /api/v1/session", "get /console/sign-in/{code}");
        foreach (var endpoint in Endpoints.Where(e => !IsOpen(e)))
        {
            endpoint.Metadata.OfType<Permission>().Should().ContainSingle($"{endpoint.DisplayName} must say .Requires(Permission.…) once");
            if (endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription == true)
            {
                continue; // a page, not an operation
            }

            foreach (var method in MethodsOf(endpoint))
            {
                _paths[PathOf(endpoint)]?[method].Should().NotBeNull($"{method} {PathOf(endpoint)} must be in the OpenAPI document");
            }
        }
    }

    [Test]
    public async Task Operations_WithEveryRoleAndNone_AnswerAsRolesAllow()
    {
        using var anonymous = Server.ClientWith(null);
        var wrong = new List<string>();
        foreach (var (method, path) in Operations())
        {
            var endpoint = Endpoints.Single(e => PathOf(e) == path && MethodsOf(e).Contains(method));
            if (IsOpen(endpoint))
            {
                continue; // named one by one above
            }

            if (endpoint.Metadata.OfType<Permission>().ToArray() is not [var permission])
            {
                wrong.Add($"{method} {path} does not name exactly one permission");
                continue;
            }

            await Expect(anonymous, method, path, "no key", status => status == HttpStatusCode.Unauthorized, wrong);
            foreach (var (role, client) in _clients)
            {
                await Expect(
                    client, method, path, role,
                    Roles.Allows(role, permission) ? status => status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && (int)status < 500
                        : status => status == HttpStatusCode.Forbidden,
                    wrong);
            }
        }

        wrong.Should().BeEmpty();
    }

    [Test]
    public async Task Operations_AsAgent_AreRefusedOutsideOfMe()
    {
        var (wrong, own) = (new List<string>(), 0);
        foreach (var (method, path) in Operations())
        {
            if (path == "/api/v1/session" && method == "post")
            {
                continue; // signing in
            }

            var isOwn = path is "/api/v1/me" or "/api/v1/session" or "/api/v1/sessions" or "/api/v1/sessions/{id}" or "/api/v1/sign-in-links"
                || path.StartsWith("/api/v1/me/", StringComparison.Ordinal);
            own += isOwn ? 1 : 0;
            await Expect(_clients[Roles.Agent], method, path, "agent", status => status == HttpStatusCode.Forbidden != isOwn, wrong);
        }

        foreach (var page in new[] { "/jobs", "/metrics" })
        {
            await Expect(_clients[Roles.Agent], "get", page, "agent", status => status == HttpStatusCode.Forbidden, wrong);
        }

        wrong.Should().BeEmpty();
        own.Should().BePositive();
    }

    [Test]
    public void Operations_InDocument_AreAsManyAsTheEndpoints()
    {
        Operations().Should().HaveCountGreaterThan(50);
    }

    private IEnumerable<(string Method, string Path)> Operations() => _paths.SelectMany(p => p.Value!.AsObject().Select(o => (o.Key, p.Key)));

    private static async Task Expect(HttpClient client, string method, string path, string who, Func<HttpStatusCode, bool> isRight, List<string> wrong)
    {
        var filled = path.Replace("{id}", Guid.Empty.ToString()).Replace("{validFrom}", "2000-01-01");
        filled = System.Text.RegularExpressions.Regex.Replace(
            filled, "\\{[^}]*\\}", "no-such-thing", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), filled);
        if (method is "post" or "put" or "patch")
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (!isRight(response.StatusCode))
        {
            wrong.Add($"{method} {path} as {who} answered {(int)response.StatusCode}");
        }
    }

    private static bool IsOpen(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static string PathOf(RouteEndpoint endpoint) =>
        System.Text.RegularExpressions.Regex.Replace(
            "/" + endpoint.RoutePattern.RawText!.Trim('/'), ":[a-z]+\\}", "}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));

    private static IEnumerable<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Select(m => m.ToLowerInvariant()) ?? ["get"];
}
