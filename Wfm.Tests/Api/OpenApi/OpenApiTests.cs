using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.OpenApi;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class OpenApiTests(StoreKind kind) : ApiFixture(kind)
{
    private JsonNode _document = null!;

    protected override async Task Prepare()
    {
        _document = (await Client.Get("/swagger/v1/swagger.json")).Is(HttpStatusCode.OK).Json;
        await Client.CreateSample();
    }

    private IEnumerable<(string Method, string Path, JsonObject Operation)> Operations() =>
        _document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => (o.Key, p.Key, o.Value!.AsObject())));

    [Test]
    public void Operations_All_AreDescribed()
    {
        var tags = _document["tags"]!.AsArray().ToDictionary(t => (string)t!["name"]!, t => (string?)t!["description"]);
        var missing = new List<string>();
        foreach (var (method, path, operation) in Operations())
        {
            var name = $"{method} {path}";
            Require(!string.IsNullOrWhiteSpace((string?)operation["summary"]), $"{name}: summary");
            Require(!string.IsNullOrWhiteSpace((string?)operation["operationId"]), $"{name}: operationId");
            Require(
                operation["tags"] is JsonArray { Count: 1 } tag && tags.TryGetValue((string)tag[0]!, out var text) && !string.IsNullOrWhiteSpace(text),
                $"{name}: one tag, described");
            foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
            {
                Require(!string.IsNullOrWhiteSpace((string?)parameter!["description"]), $"{name}: parameter {parameter["name"]}");
            }

            var responses = operation["responses"]!.AsObject();
            Require(responses.Any(r => r.Key[0] == '2'), $"{name}: a success");
            foreach (var status in new[] { "400", "401", "403", "404", "422", "429", "503" })
            {
                Require(responses[status]?["content"]?["application/problem+json"]?["schema"] is not null, $"{name}: problem {status}");
            }
        }

        missing.Should().BeEmpty();
        Operations().Select(o => (string)o.Operation["operationId"]!).Should().OnlyHaveUniqueItems();

        void Require(bool condition, string what)
        {
            if (!condition)
            {
                missing.Add(what);
            }
        }
    }

    [Test]
    public void Schemas_All_AreDescribedWithTheirMembers()
    {
        var missing = new List<string>();
        foreach (var (name, schema) in _document["components"]!["schemas"]!.AsObject())
        {
            if (string.IsNullOrWhiteSpace((string?)schema!["description"]))
            {
                missing.Add(name);
            }

            missing.AddRange(
                (schema["properties"]?.AsObject() ?? []).Where(p => string.IsNullOrWhiteSpace((string?)p.Value!["description"])).Select(p => $"{name}.{p.Key}")
            );
        }

        missing.Should().BeEmpty();
    }

    [Test]
    public void Schemas_RequiredAndNullable_SayWhatTheApiTakesAndGives()
    {
        var request = _document["components"]!["schemas"]!["QueueRequest"]!;
        request["required"]!.AsArray().Select(r => (string)r!).Should()
            .BeEquivalentTo("code", "name", "channel", "kind", "language", "severity", "skillGroup", "goal");
        ((bool?)request["additionalProperties"]).Should().BeFalse();
        ((bool?)request["properties"]!["exposureClass"]!["nullable"]).Should().BeTrue();
        request["properties"]!["name"]!["nullable"].Should().BeNull();

        var response = _document["components"]!["schemas"]!["QueueResponse"]!;
        response["required"]!.AsArray().Select(r => (string)r!).Should().Contain(["ahtSeconds", "etag", "version", "minimumHeads"])
            .And.NotContain("exposureClass");
        _document["components"]!["schemas"]!["WorkKind"]!["enum"]!.ToJsonString().Should().Be("""["immediate","deferrable"]""");
        var state = Operations().Single(o => (string?)o.Operation["operationId"] == "ListJobs").Operation["parameters"]!.AsArray()
            .Single(p => (string?)p!["name"] == "state");
        state!["schema"]!["enum"]!.ToJsonString().Should().Be("""["queued","running","succeeded","failed","cancelled"]""");
    }

    [Test]
    public async Task Examples_OnTheSampleOperation_Work()
    {
        var tried = 0;
        foreach (
            var (method, path, operation) in Operations().OrderBy(o =>
                    o.Method switch
                    {
                        "post" => 0,
                        "put" => 1,
                        "get" => 2,
                        _ => 3,
                    })
                .ThenBy(o => o.Path, StringComparer.Ordinal).ToArray())
        {
            var address = Fill(path, operation);
            var bodies = operation["requestBody"]?["content"]?.AsObject().Where(c => c.Value!["example"] is not null).ToArray() ?? [];
            if (address is null || !HasOurTag(operation) || (bodies.Length == 0 && operation["requestBody"] is not null))
            {
                continue;
            }

            foreach (var (type, media) in bodies.Length > 0 ? bodies : [KeyValuePair.Create("", (JsonNode?)null)])
            {
                using var content = media is null
                    ? null
                    : new StringContent(type == "application/json" ? media["example"]!.ToJsonString() : (string)media["example"]!, Encoding.UTF8, type);
                var answer = await Client.Call(HttpMethod.Parse(method), address, content, method is "put" or "delete" ? "*" : null);
                tried++;
                ((int)answer.Status).Should()
                    .Match(status => status < 300 || (method == "delete" && status == 409), $"{method} {address} ({type}) answered {answer.Text}");
            }
        }

        tried.Should().BeGreaterThan(30);
    }

    [Test]
    public async Task Parameters_ThatNoOperationHas_AreRefusedByEach()
    {
        var wrong = new List<string>();
        foreach (var (method, path, operation) in Operations().ToArray())
        {
            var address = System.Text.RegularExpressions.Regex.Replace(
                path.Replace("{id}", Guid.Empty.ToString()).Replace("{validFrom}", "2000-01-01"), "\\{[^}]*\\}", "no-such-thing",
                System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
            var known = (operation["parameters"]?.AsArray() ?? []).Where(p => (string?)p!["in"] == "query").Select(p => (string)p!["name"]!).ToArray();
            var answer = await Client.Call(
                HttpMethod.Parse(method), address + "?no_such_parameter=1&limitt=2", method is "post" or "put" or "patch" ? "{}" : null);
            if (
                answer.Status != HttpStatusCode.BadRequest
                || !answer.ErrorFields.SequenceEqual(["no_such_parameter", "limitt"])
                || !known.All(k => answer.ErrorOf("limitt").Contains(k)))
            {
                wrong.Add($"{method} {path} answered {(int)answer.Status} {answer.Text}");
            }
        }

        wrong.Should().BeEmpty();
    }

    /// <summary>The set-up resources, whose sample is made here; the data features try theirs with the whole sample operation.</summary>
    private static bool HasOurTag(JsonObject operation) =>
        (string?)operation["tags"]?[0]
            is "Erlang"
                or "Hubs"
                or "Queues"
                or "Contracts"
                or "Shift templates"
                or "Labour policies"
                or "Agents"
                or "Leave types"
                or "Leave allowances"
                or "Leave blackouts"
                or "Time off"
                or "Events"
                or "API keys"
                or "Roles"
                or "Jobs";

    /// <summary>The path with its examples; null when a parameter has none.</summary>
    private static string? Fill(string path, JsonObject operation)
    {
        var query = new List<string>();
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var (name, example) = ((string)parameter!["name"]!, (string?)parameter["example"]);
            switch ((string?)parameter["in"])
            {
                case "path" when example is null:
                    return null;
                case "path":
                    path = path.Replace($"{{{name}}}", example);
                    break;
                case "query" when example is not null:
                    query.Add($"{name}={example}");
                    break;
            }
        }

        return path + (query.Count > 0 ? "?" + string.Join('&', query) : "");
    }

    [Test]
    public async Task Document_AskedForAgain_IsTheSameAndNotModified()
    {
        var first = await Client.Get("/swagger/v1/swagger.json");
        var again = await Client.Call(HttpMethod.Get, "/swagger/v1/swagger.json", null, null, ("If-None-Match", first.ETag));

        first.ContentHeaders.ContentType!.MediaType.Should().Be("application/json");
        first.Headers.CacheControl!.NoCache.Should().BeTrue();
        again.Status.Should().Be(HttpStatusCode.NotModified);
        again.Text.Should().BeEmpty();
        (await Client.Get("/swagger/v2/swagger.json")).Status.Should().Be(HttpStatusCode.NotFound);
    }
}
