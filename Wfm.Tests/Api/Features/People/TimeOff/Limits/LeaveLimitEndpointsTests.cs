using System.Net;
using Wfm.Api.Features.People.TimeOff.Limits;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Leave;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.People.TimeOff.Limits;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class LeaveLimitEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private static LeaveAllowanceRequest Allowance(string code) => new() { Code = code, Hub = "ll-hub", Measure = AllowanceMeasure.Heads, Limit = 3 };

    private static LeaveBlackoutRequest Blackout(string code) =>
        new() { Code = code, Hub = "ll-hub", From = new(2027, 5, 3), To = new(2027, 5, 7), Reason = "Launch." };

    protected override async Task Prepare()
    {
        await Client.Create("hubs", SampleSetup.Hub("ll-hub"));
        await Client.CreateGroups("live-en");
    }

    [Test]
    public async Task Allowance_CreatedReplacedListedDeleted()
    {
        var made = await Client.Create("leave-allowances", Allowance("ll-a") with { Group = "live-en" });
        (await Client.Put("/api/v1/leave-allowances/ll-a", Allowance("ll-a") with { Limit = 4 }, made.Json["etag"]!.GetValue<string>())).Is(HttpStatusCode.OK);
        (await Client.Get("/api/v1/leave-allowances?hub=ll-hub")).Json["items"]!.AsArray().Should().ContainSingle(a => (double)a!["limit"]! == 4);
        (await Client.Delete("/api/v1/leave-allowances/ll-a", "*")).Is(HttpStatusCode.NoContent);
    }

    [Test]
    public async Task Allowance_WhatCannotBe_NamesTheFields()
    {
        (await Client.Post("/api/v1/leave-allowances", Allowance("ll-bad") with
        {
            Hub = "ll-none",
            Group = "juggling",
            From = new(2027, 5, 2),
            To = new(2027, 5, 1),
            Measure = AllowanceMeasure.Coverage,
            Types = ["siesta"],
        })).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().BeEquivalentTo("/hub", "/group", "/to", "/limit", "/types/0");
        (await Client.Post("/api/v1/leave-allowances", Allowance("ll-bad") with { Limit = null })).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should()
            .Equal("/limit");
    }

    [Test]
    public async Task Blackout_CreatedListedAndRefused()
    {
        await Client.Create("leave-blackouts", Blackout("ll-b"));
        await Client.Create("leave-blackouts", Blackout("ll-everywhere") with { Hub = null, From = new(2020, 1, 1), To = new(2020, 1, 1) });
        (await Client.Get("/api/v1/leave-blackouts?hub=ll-hub")).Json["items"]!.AsArray().Select(b => (string)b!["code"]!).Should()
            .Contain(["ll-b", "ll-everywhere"]);
        (await Client.Post("/api/v1/leave-blackouts", Blackout("ll-bad") with { To = new(2027, 5, 1), Groups = ["juggling"] }))
            .Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().BeEquivalentTo("/to", "/groups/0");
        (await Client.Delete("/api/v1/leave-blackouts/ll-everywhere", "*")).Is(HttpStatusCode.NoContent);
    }
}
