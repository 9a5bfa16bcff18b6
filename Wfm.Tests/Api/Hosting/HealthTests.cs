using System.Net;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Hosting;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class HealthTests(StoreKind kind)
{
    [Test]
    public async Task Health_WithoutKey_IsOpenAndNothingElseIs()
    {
        await using var server = await WfmServer.Start(kind);
        using var anonymous = server.ClientWith(null);

        (await anonymous.GetAsync("/health/live")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await anonymous.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await anonymous.GetAsync("/swagger/v1/swagger.json")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await anonymous.GetAsync("/api/v1/hubs")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }
}
