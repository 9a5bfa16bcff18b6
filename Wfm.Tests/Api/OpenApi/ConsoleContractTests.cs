using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Architecture;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.OpenApi;

/// <summary>The console is typed by a copy of the OpenAPI document: without prose, examples (they are dated) and refusals (they are all problems).</summary>
public sealed class ConsoleContractTests
{
    private const string Write = "WFM_WRITE_CONTRACT";

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Test]
    public async Task Contract_OfTheConsole_IsTheServers()
    {
        await using var server = await WfmServer.Start(StoreKind.Sqlite);
        var document = (await server.Client.Get("/swagger/v1/swagger.json")).Json;
        var contract = Bare(document, isMap: false)!.ToJsonString(Format) + "\n";
        var file = Repository.PathOf("Wfm.Api", "Ui", "openapi.json");
        if (Environment.GetEnvironmentVariable(Write) is not null)
        {
            await File.WriteAllTextAsync(file, contract);
        }

        (await File.ReadAllTextAsync(file) == contract).Should().BeTrue(
            $"the API has changed: run this test with {Write}=1, then npm run check in Wfm.Api/Ui says what the console must follow");
    }

    /// <param name="isMap">The keys are names that somebody gave, not words of OpenAPI.</param>
    private static JsonNode? Bare(JsonNode? node, bool isMap) => node switch
    {
        JsonArray array => new JsonArray([.. array.Select(n => Bare(n, isMap: false))]),
        JsonObject map => new JsonObject(
            map.Where(p => isMap || p.Key is not ("description" or "summary" or "example" or "examples"))
                .Select(p => KeyValuePair.Create(p.Key, p.Key == "responses" && !isMap ? Successes(p.Value!.AsObject()) : Bare(p.Value, IsMap(p.Key, isMap))))),
        _ => node?.DeepClone(),
    };

    private static bool IsMap(string key, bool isMap) => !isMap && key is "properties" or "schemas" or "paths" or "headers" or "mapping";

    private static JsonObject Successes(JsonObject responses) => new(
        responses.Where(r => r.Key[0] == '2').Select(r =>
        {
            var response = Bare(r.Value, isMap: false)!.AsObject();
            response["description"] = ""; // OpenAPI wants one
            return KeyValuePair.Create(r.Key, (JsonNode?)response);
        }));
}
