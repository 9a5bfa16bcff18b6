using System.Net;
using System.Text;
using Wfm.Api.Persistence;

namespace Wfm.Tests.Api.Features.Volumes.Quality;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class QualityEndpointTests(StoreKind kind)
{
    [Test]
    public async Task Quality_SeriesWithGap_SaysSoInNumbersAndWords()
    {
        await using var server = await VolumeServer.Start(kind);
        var file = new StringBuilder(VolumeServer.Header);
        for (var i = 0; i < 60; i++)
        {
            file.Append(i is >= 20 and < 24 ? "" : $"2026-09-{1 + (i / 48):00}T{i / 2 % 24:00}:{i % 2 * 30:00}Z,appeals-en,DUB,7,,,,\n");
        }

        await server.Import(file.ToString());
        await server.Import("interval_start,queue,hub,offered\n2026-09-01T00:00Z,chat-de,DUB,1\n");

        var page = await server.Server.GetJson("/api/v1/volumes/quality?hub=DUB&limit=1");
        var next = await server.Server.GetJson($"/api/v1/volumes/quality?hub=DUB&limit=1&after={page["next"]}");
        var empty = await server.Server.GetJson("/api/v1/volumes/quality?queue=appeals-en&from=2026-10-01T00:00:00Z");

        var quality = page["items"]![0]!;
        ((int)quality["expected"]!, (int)quality["present"]!, (int)quality["missing"]!, (int)quality["gapCount"]!).Should().Be((60, 56, 4, 1));
        ((string?)quality["gaps"]![0]!["from"]).Should().Be("2026-09-01T10:00:00Z");
        ((string?)quality["findings"]![0]).Should().Contain("from Tue 2026-09-01 11:00 to Tue 2026-09-01 13:00 (2 hours)"); // Dublin time
        ((string?)next["items"]![0]!["queue"]).Should().Be("chat-de");
        ((string?)empty["items"]![0]!["findings"]![0]).Should().Be("There are no volumes in this stretch.");
        (await server.Client.GetAsync("/api/v1/volumes/quality?queue=nobody")).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
    }
}
