using System.Net;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Setup.ActivityCodes;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class ActivityCodeEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private const string Path = "/api/v1/activity-codes";

    private static object Code(string code, string kind = "training", bool paid = true, bool works = true, bool active = true) =>
        new { code, name = $"Code {code}", kind, paid, countsAsWorkingTime = works, plannedShrinkage = true, @protected = false, active };

    [Test]
    public async Task List_StoreWithoutAny_HasTheStandardCodes()
    {
        var page = (await Client.Get($"{Path}?limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();

        page.Where(c => (bool)c!["builtIn"]!).Select(c => $"{c!["code"]} {c["kind"]} {c["paid"]} {c["countsAsWorkingTime"]} {c["protected"]}").Should().Equal(
            "break break true false true", "coaching coaching true true false", "cooldown cooldown true false true", "leave leave false false true",
            "meal meal false false true", "meeting meeting true true false", "overtime overtime true true false", "training training true true false",
            "wellness wellness true false true", "work work true true false");
        (await Client.Get($"{Path}/training")).Is(HttpStatusCode.OK).Json["builtIn"]!.GetValue<bool>().Should().BeTrue();
    }

    [Test]
    public async Task List_InPages_HasEachOnce()
    {
        var (seen, after) = (new List<string>(), "");
        do
        {
            var page = (await Client.Get($"{Path}?limit=4{after}")).Is(HttpStatusCode.OK).Json;
            seen.AddRange(page["items"]!.AsArray().Select(c => (string)c!["code"]!));
            after = page["next"] is { } next ? $"&after={next}" : "";
        }
        while (after.Length > 0);

        seen.Should().OnlyHaveUniqueItems().And.BeInAscendingOrder(StringComparer.Ordinal).And.Contain(["break", "work"]);
    }

    [Test]
    public async Task Create_Replace_Delete_OwnCode()
    {
        var created = (await Client.Post(Path, Code("ac-first-aid"))).Is(HttpStatusCode.Created);
        ((bool)created.Json["builtIn"]!).Should().BeFalse();
        (await Client.Post(Path, Code("ac-first-aid"))).Is(HttpStatusCode.Conflict);
        (await Client.Put($"{Path}/ac-first-aid", Code("ac-first-aid", kind: "meeting"), created.ETag)).Is(HttpStatusCode.UnprocessableEntity)
            .ErrorOf("/kind").Should().Contain("cannot change");
        var replaced = (await Client.Put($"{Path}/ac-first-aid", Code("ac-first-aid", active: false), created.ETag)).Is(HttpStatusCode.OK);
        ((bool)replaced.Json["active"]!).Should().BeFalse();
        (await Client.Delete($"{Path}/ac-first-aid", replaced.ETag)).Is(HttpStatusCode.NoContent);
        (await Client.Get($"{Path}/ac-first-aid")).Is(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task StandardCode_CannotBeMadeChangedOrDeleted()
    {
        (await Client.Post(Path, Code("training"))).Is(HttpStatusCode.UnprocessableEntity).ErrorOf("/code").Should().Contain("built in");
        (await Client.Put($"{Path}/meal", Code("meal", "meal", false, false), "*")).Is(HttpStatusCode.Conflict).Text.Should().Contain("built in");
        (await Client.Delete($"{Path}/meal", "*")).Is(HttpStatusCode.Conflict);
    }

    [TestCase("work", true, true, "/kind", "Work has one code")]
    [TestCase("meal", false, true, "/countsAsWorkingTime", "interrupts work")]
    [TestCase("training", false, true, "/countsAsWorkingTime", "Unpaid time")]
    [TestCase("overtime", false, false, "/countsAsWorkingTime", "paid and working time")]
    public async Task Create_WhatContradictsItself_SaysSo(string kind, bool paid, bool works, string field, string words) =>
        (await Client.Post(Path, Code("ac-bad", kind, paid, works))).Is(HttpStatusCode.UnprocessableEntity).ErrorOf(field).Should().Contain(words);
}
