using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using Wfm.Api.Commands;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Commands;

/// <summary>The demo tells what people did on days that are over.</summary>
public sealed class DemoStatesTests
{
    private static readonly Instant Evening = Instant.FromUtc(2025, 7, 28, 19, 0);

    [Test]
    public async Task Run_ShiftsThatAreOver_TellsStatesAnExceptionAndADispute()
    {
        await using var server = await WfmServer.Start(StoreKind.Sqlite, services: services => services.AddSingleton<IClock>(new FakeClock(Evening)));
        var operation = await SmallOperation.Create(server.Client, "told");
        await operation.Put(
            server, [operation.Agent(1), operation.Agent(2)], [(operation.Agent(1), 0, 8), (operation.Agent(2), 0, 8)], isDraft: false, days: 7, from: 0);
        using var output = new StringWriter();
        using var states = new DemoStates(server.Client.BaseAddress!, WfmServer.AdminKey, "told", 1, output);

        await states.Run(Evening, CancellationToken.None);

        output.ToString().Should().Contain("in 2 shifts, an exception and a dispute");
        var claims = (await server.Client.Get("/api/v1/adherence/claims?hub=told")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        claims.Should().HaveCount(2);
    }
}
