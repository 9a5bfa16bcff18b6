using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Volumes;

public sealed class VolumeOpenApiTests
{
    [Test]
    public async Task Document_Volumes_DescribesBodiesFormatsAndParameters()
    {
        await using var server = await WfmServer.Start(StoreKind.Sqlite);

        var paths = (await server.GetJson("/swagger/v1/swagger.json"))["paths"]!;

        var import = paths["/api/v1/volumes:import"]!["post"]!;
        Keys(import["requestBody"]!["content"]!).Should().Equal("text/csv", "application/x-ndjson");
        var query = paths["/api/v1/volumes"]!["get"]!;
        Keys(query["responses"]!["200"]!["content"]!).Should().BeEquivalentTo("application/json", "text/csv");
        query["parameters"]!.AsArray().Select(p => (string?)p!["name"]).Should().Equal("queue", "hub", "from", "to", "interval", "limit", "after", "format");
        foreach (var path in new[] { "/api/v1/volumes", "/api/v1/volumes/quality", "/api/v1/series" })
        {
            paths[path]!["get"]!["parameters"]!.AsArray().Should().OnlyContain(p => !string.IsNullOrEmpty((string?)p!["description"]), path);
        }

        import["parameters"]!.AsArray().Should().OnlyContain(p => !string.IsNullOrEmpty((string?)p!["description"]));
    }

    [Test]
    public async Task Document_ImportExamples_AreTaken()
    {
        await using var server = await VolumeServer.Start(StoreKind.Sqlite);
        var content = (await server.Server.GetJson("/swagger/v1/swagger.json"))["paths"]!["/api/v1/volumes:import"]!["post"]!["requestBody"]!["content"]!;

        foreach (var type in Keys(content))
        {
            var example = ((string?)content[type]!["example"])!.Replace("dublin", "DUB", StringComparison.Ordinal)
                .Replace("2026-11-02", "2026-10-02", StringComparison.Ordinal);

            ((long)(await server.Import(example, type))["accepted"]!).Should().Be(2);
        }
    }

    private static IEnumerable<string> Keys(JsonNode node) => node.AsObject().Select(pair => pair.Key);
}
