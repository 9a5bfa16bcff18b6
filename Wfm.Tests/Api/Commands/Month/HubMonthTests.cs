using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using Wfm.Api.Commands.Month;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Commands.Month;

/// <summary>A month over the API of a server with a small hub.</summary>
public sealed class HubMonthTests
{
    private static readonly Instant Now = SmallOperation.Zone.AtStartOfDay(SmallOperation.CutOffDate).ToInstant();

    [Test]
    public async Task Run_DraftOfTwoWeeks_FillsEveryListAndBreaksNoRule()
    {
        await using var server = await WfmServer.Start(StoreKind.Sqlite, services: services => services.AddSingleton<IClock>(new FakeClock(Now)));
        var operation = await SmallOperation.Staffed(server.Client, "month");
        await operation.Roster();
        using var printed = new StringWriter(CultureInfo.InvariantCulture);
        var plan = new MonthPlan(Requests: 12, Swaps: 3, Absences: 2, Trainings: 1, Publish: true, Seed: 1);

        using var month = new HubMonth(server.Client.BaseAddress!, WfmServer.AdminKey, operation.Hub, plan, printed);

        var broken = await month.Run(Now, default);

        var text = printed.ToString();
        broken.Should().Be(0, text);
        text.Should().Contain("is published").And.Contain("12 requests for leave").And.Contain(" swaps: ").And.Contain("2 absences")
            .And.Contain("hard rules broken by them: 0");
        string[] lists =
        [
            "time-off-requests", "swaps", "activities", "open-shifts", "availability-requests", "leave-allowances", "leave-types", "crises",
        ];
        foreach (var list in lists)
        {
            (await server.Client.Get($"/api/v1/{list}")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Should().NotBeEmpty(list);
        }
    }

    [Test]
    public async Task Run_NothingPublished_SaysSoAndChangesNothing()
    {
        await using var server = await WfmServer.Start(StoreKind.Sqlite, services: services => services.AddSingleton<IClock>(new FakeClock(Now)));
        var operation = await SmallOperation.SetUp(server.Client, "month");
        await operation.AddPeople(2);
        using var printed = new StringWriter(CultureInfo.InvariantCulture);

        var plan = new MonthPlan(5, 5, 5, 5, Publish: true, Seed: 1);
        using var month = new HubMonth(server.Client.BaseAddress!, WfmServer.AdminKey, operation.Hub, plan, printed);

        var broken = await month.Run(Now, default);

        broken.Should().BeNull();
        printed.ToString().Should().Contain("no published shift begins");
        (await server.Client.Get("/api/v1/time-off-requests")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Should().BeEmpty();
    }
}
