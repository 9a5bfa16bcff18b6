using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.People.Swaps;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;
using static Wfm.Tests.Api.Features.People.Swaps.SwapBench;

namespace Wfm.Tests.Api.Features.People.Swaps;

/// <summary>Exchanges, give-aways and open shifts over HTTP: asked, agreed to, decided; who is first; what each sees.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class SwapTests(StoreKind kind)
{
    private SwapBench _bench = null!;

    private HttpClient Client => _bench.Client;

    [OneTimeSetUp]
    public async Task Start() => _bench = await SwapBench.Start(kind, "sw");

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task GiveAway_Accepted_IsInForceAtOnceByThePolicy()
    {
        var (ann, bob) = await Two();
        var roster = await _bench.Roster([ann, bob], [(ann, 2, 8)]);

        var asked = (await _bench.Ask(ann, new { kind = "giveAway", date = Day(2), other = bob, reason = "A wedding." })).Is(HttpStatusCode.Created);
        var offer = (await _bench.Offers(bob)).Should().ContainSingle().Subject!;
        var done = (await _bench.Accept(bob, offer)).Is(HttpStatusCode.OK);

        ((string?)asked.Json["state"], (bool)asked.Json["mine"]!, (string?)offer["with"]!["code"]).Should().Be(("asked", true, ann));
        ((string?)offer["takes"], (string?)offer["steps"]![0]!["reason"]).Should().Be((Day(2), "A wedding."));
        ((string?)done.Json["state"], (string?)done.Json["rule"]).Should().Be(("approved", "nothingWorse"));
        done.Json["steps"]!.AsArray().Select(s => ((string?)s!["state"], (string?)s["by"])).Should()
            .Equal(("asked", ann), ("accepted", bob), ("approved", "policy"));
        (await _bench.Days(ann)).Should().BeEmpty();
        (await _bench.Days(bob)).Should().Equal(Day(2));
        var swap = await _bench.Swap(offer);
        ((string?)swap.Json["roster"], (int?)swap.Json["edit"]).Should().Be((roster.ToString(), 1));
        var edit = (await Client.Get($"/api/v1/rosters/{roster}/edits")).Is(HttpStatusCode.OK).Json["items"]![0]!;
        ((string?)edit["cause"], (string?)edit["by"]).Should().Be(("swap", bob));
        (await _bench.Accept(bob, offer)).Is(HttpStatusCode.Conflict).Text.Should().Contain("approved");
    }

    [Test]
    public async Task Exchange_Accepted_ChangesBothDays()
    {
        var (ann, bob) = await Two();
        await _bench.Roster([ann, bob], [(ann, 3, 8), (bob, 4, 9)]);

        (await _bench.Ask(ann, new { kind = "exchange", date = Day(3), other = bob, otherDate = Day(4) })).Is(HttpStatusCode.Created);
        var offer = (await _bench.Offers(bob)).Single()!;
        (await _bench.Accept(bob, offer)).Is(HttpStatusCode.OK);

        ((string?)offer["gives"], (string?)offer["takes"]).Should().Be((Day(4), Day(3)));
        (await _bench.Days(ann)).Should().Equal(Day(4));
        (await _bench.Days(bob)).Should().Equal(Day(3));
    }

    [Test]
    public async Task GiveAway_LastHours_BecomeAShiftOfTheOther()
    {
        var (ann, bob) = await Two();
        await _bench.Roster([ann, bob], [(ann, 3, 8)]);

        (await _bench.Ask(ann, new { kind = "giveAway", date = Day(3), other = bob, from = $"{Day(3)}T12:00:00" })).Is(HttpStatusCode.Created);
        (await _bench.Accept(bob, (await _bench.Offers(bob)).Single()!)).Is(HttpStatusCode.OK);

        var shift = (await (await _bench.As(bob)).Get($"/api/v1/me/shifts?from={Day(0)}&to={Day(9)}")).Json["items"]!.AsArray().Single()!;
        ((string)shift["localStart"]!).Should().Contain("T12:00");
        ((int)shift["paidMinutes"]!).Should().Be(240);
        ((int)(await (await _bench.As(ann)).Get($"/api/v1/me/shifts?from={Day(0)}&to={Day(9)}")).Json["items"]![0]!["paidMinutes"]!).Should().Be(240);
    }

    [Test]
    public async Task Policy_TooLittleNotice_ManagerDecidesWithTheVersionSeen()
    {
        var (ann, bob) = await Two();
        await _bench.Roster([ann, bob], [(ann, 0, 9), (ann, 0 + 7, 9)]);
        (await _bench.Ask(ann, new { kind = "giveAway", date = Day(0), other = bob })).Is(HttpStatusCode.Created);
        var accepted = (await _bench.Accept(bob, (await _bench.Offers(bob)).Single()!)).Is(HttpStatusCode.OK);

        ((string?)accepted.Json["state"], (string?)accepted.Json["rule"]).Should().Be(("accepted", "notice"));
        (await _bench.Days(ann)).Should().Contain(Day(0));
        var path = $"/api/v1/swaps/{accepted.Json["id"]}";
        var effect = (await Client.Get($"{path}/check")).Is(HttpStatusCode.OK).Json;
        ((bool)effect["stored"]!, (bool)effect["allowed"]!, effect["days"]!.AsArray().Count).Should().Be((false, true, 2));
        (await Client.Post($"{path}:approve", new { reason = "Fine." })).Is(HttpStatusCode.PreconditionRequired);
        (await Client.Call(HttpMethod.Post, $"{path}:approve", new { }, "\"00000000.1\"")).Is(HttpStatusCode.PreconditionFailed);
        var approved = (await Client.Call(HttpMethod.Post, $"{path}:approve", new { reason = "Fine." }, accepted.ETag)).Is(HttpStatusCode.OK);
        ((string?)approved.Json["state"], (string?)approved.Json["rule"]).Should().Be(("approved", "manager"));
        (await _bench.Days(bob)).Should().Equal(Day(0));
        (await Client.Call(HttpMethod.Post, $"{path}:refuse", new { }, approved.ETag)).Is(HttpStatusCode.Conflict);
        var mine = (await (await _bench.As(ann)).Get("/api/v1/me/swaps")).Json["items"]!.AsArray().Single()!;
        ((string?)mine["steps"]!.AsArray()[^1]!["by"]).Should().Be("manager", "which key it was is not the people's business");
    }

    [Test]
    public async Task Ask_RuleStandsAgainstIt_IsRefusedAtOnceAndTellsNothingOfTheOthersDays()
    {
        var (ann, bob) = await Two();
        await _bench.Roster([ann, bob], [(ann, 3, 8), (bob, 2, 22)]); // bob works until six in the morning
        var refused = (await _bench.Ask(ann, new { kind = "giveAway", date = Day(3), other = bob })).Is(HttpStatusCode.UnprocessableEntity);

        var finding = refused.Json["findings"]!.AsArray().Should().ContainSingle().Subject!;
        ((string?)finding["rule"], (string?)finding["agent"]).Should().Be(("minimumDailyRest", bob));
        ((string?)finding["source"]).Should().Contain("section 11");
        refused.Text.Should().NotContain("T22:00").And.NotContain("21:00").And.NotContain("effect").And.NotContain($"Name of {bob}");
        var asManager = (await Client.Post("/api/v1/swaps", new { agent = ann, kind = "giveAway", date = Day(3), other = bob }))
            .Is(HttpStatusCode.UnprocessableEntity);
        asManager.Json["effect"].Should().NotBeNull("managers see all of it");
        (await (await _bench.As(ann)).Get("/api/v1/me/swaps")).Json["items"]!.AsArray().Should().BeEmpty();
    }

    [Test]
    public async Task Ask_OtherLacksTheSkill_NamesTheRule()
    {
        var ann = (await _bench.People(1))[0];
        var bob = (await _bench.People(1, "review"))[0];
        await _bench.Roster([ann, bob], [(ann, 3, 8)]);

        var refused = (await _bench.Ask(ann, new { kind = "giveAway", date = Day(3), other = bob })).Is(HttpStatusCode.UnprocessableEntity);

        ((string?)refused.Json["findings"]![0]!["rule"]).Should().Be("skill");
    }

    [Test]
    public async Task Ask_DaysOfTwoRosters_AreRefusedWithTheReason()
    {
        var (ann, bob) = await Two();
        await _bench.Roster([ann], [(ann, 3, 8)]);
        await _bench.Roster([bob], [(bob, 4, 8)]);

        var refused = (await _bench.Ask(ann, new { kind = "exchange", date = Day(3), other = bob, otherDate = Day(4) })).Is(HttpStatusCode.UnprocessableEntity);

        refused.ErrorFields.Should().Equal("/otherDate");
        refused.ErrorOf("/otherDate").Should().Contain("different rosters");
    }

    [Test]
    public async Task Ask_UnusableValues_NameTheField()
    {
        var (ann, bob) = await Two();
        await _bench.Roster([ann, bob], [(ann, 3, 8), (ann, 0, 0)]);
        await Client.Create("hubs", SampleSetup.Hub($"sw-far-{ann}"));
        await Client.Create("agents", SampleSetup.Agent($"{ann}-far", $"sw-far-{ann}", "sw-full") with { Skills = [] });
        await Bad(new { kind = "giveAway", date = Day(3), other = ann }, "/other", "oneself");
        await Bad(new { kind = "giveAway", date = Day(3), other = "nobody" }, "/other", "no agent 'nobody'");
        await Bad(new { kind = "giveAway", date = Day(3), other = $"{ann}-far" }, "/other", "no agent");
        await Bad(new { kind = "exchange", date = Day(3) }, "/other", "needed");
        await Bad(new { kind = "pickUp", date = Day(3) }, "/kind", "open-shifts");
        await Bad(new { kind = "giveAway", date = Day(-1), other = bob }, "/date", "over");
        await Bad(new { kind = "giveAway", date = Day(4), other = bob }, "/date", "no published shift");
        await Bad(new { kind = "giveAway", date = Day(0), other = bob }, "/date", "began");
        await Bad(new { kind = "giveAway", date = Day(300), other = bob }, "/date", "No published roster");
        await Bad(new { kind = "exchange", date = Day(3), other = bob, otherDate = Day(5) }, "/otherDate", "no published shift");
        await Bad(new { kind = "giveAway", date = Day(3), other = bob, from = $"{Day(3)}T07:00:00" }, "/from", "does not lie within");
        await Bad(new { kind = "giveAway", date = Day(3), other = bob, to = $"{Day(3)}T17:00:00" }, "/to", "does not lie within");
        await Bad(new { kind = "giveAway", date = Day(3), other = bob, from = $"{Day(3)}T10:00:00", to = $"{Day(3)}T11:00:00" }, "/from", "hole");
        (await Client.Post("/api/v1/swaps", new { agent = "nobody", kind = "giveAway", date = Day(3) })).Is(HttpStatusCode.UnprocessableEntity).ErrorFields
            .Should().Equal("/agent");

        async Task Bad(object request, string field, string words)
        {
            var answer = (await _bench.Ask(ann, request)).Is(HttpStatusCode.UnprocessableEntity);
            answer.ErrorFields.Should().Equal(field);
            answer.ErrorOf(field).Should().Contain(words);
        }
    }

    [Test]
    public async Task Offer_ToEverybody_IsSeenByThoseWhoMayAndTakenOnce()
    {
        var people = await _bench.People(5);
        var unskilled = (await _bench.People(1, "review"))[0];
        await _bench.Roster([.. people, unskilled], [(people[0], 3, 8), (people[4], 3, 10)]);
        var asked = (await _bench.Ask(people[0], new { kind = "giveAway", date = Day(3) })).Is(HttpStatusCode.Created);

        (await _bench.Offers(unskilled)).Should().BeEmpty();
        (await _bench.Offers(people[4])).Should().BeEmpty("there is a shift on that day");
        var takers = (await Client.Get($"/api/v1/swaps/{asked.Json["id"]}/takers")).Is(HttpStatusCode.OK).Json["items"]!.AsArray()
            .ToDictionary(t => (string)t!["agent"]!, t => (string?)t!["rule"]);
        people[1..4].Where(p => takers[p] is not null).Should().BeEmpty();
        (takers[unskilled], takers[people[4]]).Should().Be(("skill", "dayTaken"));
        var offers = await Task.WhenAll(people[1..4].Select(async p => (Who: p, Offer: (await _bench.Offers(p)).Single()!)));
        var answers = await Task.WhenAll(offers.Select(o => _bench.Accept(o.Who, o.Offer)));

        answers.Count(a => a.Status == HttpStatusCode.OK).Should().Be(1);
        answers.Where(a => a.Status != HttpStatusCode.OK).Should()
            .OnlyContain(a => a.Status == HttpStatusCode.Conflict && (a.Text.Contains("approved") || a.Text.Contains("not what it was")));
        var winner = offers[Array.FindIndex(answers, a => a.Status == HttpStatusCode.OK)].Who;
        foreach (var person in people[1..4])
        {
            (await _bench.Days(person)).Should().HaveCount(person == winner ? 1 : 0);
        }
    }

    [Test]
    public async Task TwoSwapsOfOneShift_AtOnce_OneWinsAndTheOtherIsToldWhatChanged()
    {
        var people = await _bench.People(3);
        await _bench.Roster(people, [(people[0], 3, 8)]);
        (await _bench.Ask(people[0], new { kind = "giveAway", date = Day(3), other = people[1] })).Is(HttpStatusCode.Created);
        (await _bench.Ask(people[0], new { kind = "giveAway", date = Day(3), other = people[2] })).Is(HttpStatusCode.Created);
        var offers = new[] { (await _bench.Offers(people[1])).Single()!, (await _bench.Offers(people[2])).Single()! };

        var answers = await Task.WhenAll(_bench.Accept(people[1], offers[0]), _bench.Accept(people[2], offers[1]));

        answers.Select(a => a.Status).Should().BeEquivalentTo([HttpStatusCode.OK, HttpStatusCode.Conflict]);
        var loser = Array.FindIndex(answers, a => a.Status == HttpStatusCode.Conflict);
        answers[loser].Text.Should().Contain("not what it was").And.Contain("not there any more");
        var failed = (await _bench.Swap(offers[loser])).Json;
        ((string?)failed["state"], (string?)failed["rule"]).Should().Be(("failed", "changed"));
        (await _bench.Days(people[1 + loser])).Should().BeEmpty();
        (await _bench.Days(people[2 - loser])).Should().Equal(Day(3));
    }

    [TestCase(1)]
    [TestCase(2)]
    public async Task OpenShift_MoreTakersThanPlaces_AsManyAsThereAreGetOne(int places)
    {
        var people = await _bench.People(4);
        await _bench.Roster(people, []);
        var open = (await Client.Post("/api/v1/open-shifts", Open(5, new { places }).ToJsonString())).Is(HttpStatusCode.Created);
        foreach (var person in people)
        {
            var seen = (await (await _bench.As(person)).Get("/api/v1/me/open-shifts")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
            seen.Select(s => (string?)s!["id"]).Should().Contain((string?)open.Json["id"]);
        }

        var answers = await Task.WhenAll(people.Select(p => Take(p, open.Json)));

        answers.Count(a => a.Status == HttpStatusCode.OK).Should().Be(places);
        answers.Where(a => a.Status != HttpStatusCode.OK).Should().OnlyContain(a => a.Status == HttpStatusCode.Conflict && a.Text.Contains("place"));
        var now = (await Client.Get($"/api/v1/open-shifts/{open.Json["id"]}")).Is(HttpStatusCode.OK).Json;
        ((string?)now["state"], (int)now["taken"]!).Should().Be(("filled", places));
        var worked = 0;
        foreach (var person in people)
        {
            worked += (await _bench.Days(person)).Length;
        }

        worked.Should().Be(places);
    }

    [Test]
    public async Task OpenShift_FromStartToEnd_HasBreaksOfTheNearestTemplateAndCanBeWithdrawn()
    {
        var ann = (await _bench.People(1))[0];
        await _bench.Roster([ann], []);
        var request = Open(6, new { start = "10:00:00", end = "15:00:00" }, template: false).ToJsonString();
        var open = (await Client.Post("/api/v1/open-shifts", request)).Is(HttpStatusCode.Created);

        var shift = open.Json["shift"]!;
        shift["activities"]!.AsArray().Select(a => (string?)a!["kind"]).Should().Equal("work", "break", "work", "meal", "work");
        ((int)shift["paidMinutes"]!).Should().Be(270, "five hours without the meal of half an hour");
        (await Client.Post($"/api/v1/open-shifts/{open.Json["id"]}:withdraw", new { })).Is(HttpStatusCode.PreconditionRequired);
        (await Client.Call(HttpMethod.Post, $"/api/v1/open-shifts/{open.Json["id"]}:withdraw", null, open.ETag)).Is(HttpStatusCode.OK);
        (await Take(ann, open.Json)).Is(HttpStatusCode.Conflict).Text.Should().Contain("withdrawn");
    }

    [Test]
    public async Task OpenShift_UnusableValues_NameTheField()
    {
        await _bench.Roster(await _bench.People(1), []);
        await Bad(Open(5, new { places = 0 }), HttpStatusCode.BadRequest, "/places");
        await Bad(Open(-1, new { }), HttpStatusCode.UnprocessableEntity, "/date");
        await Bad(Open(300, new { }), HttpStatusCode.UnprocessableEntity, "/date");
        await Bad(Open(5, new { group = "nothing" }), HttpStatusCode.UnprocessableEntity, "/group");
        await Bad(Open(5, new { template = "nothing" }), HttpStatusCode.UnprocessableEntity, "/template");
        await Bad(Open(5, new { }, template: false), HttpStatusCode.UnprocessableEntity, "/template");

        async Task Bad(JsonObject request, HttpStatusCode status, string field) =>
            (await Client.Post("/api/v1/open-shifts", request.ToJsonString())).Is(status).ErrorFields.Should().Equal(field);
    }

    [Test]
    public async Task Request_NotDecidedInTime_Expires()
    {
        var (ann, bob) = await Two();
        await _bench.Roster([ann, bob], [(ann, 3, 8)]);
        var asked = (await _bench.Ask(ann, new { kind = "giveAway", date = Day(3), other = bob })).Is(HttpStatusCode.Created);
        var offer = (await _bench.Offers(bob)).Single()!;
        NodaTime.Text.InstantPattern.ExtendedIso.Parse((string)asked.Json["expiresAt"]!).Value.Should().Be(At(3, 6), "two hours before it begins");
        var id = Guid.Parse((string)asked.Json["id"]!);
        await _bench.WithDb(db => db.Swaps.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.ExpiresAt, Now)));

        (await _bench.Accept(bob, offer)).Is(HttpStatusCode.Conflict).Text.Should().Contain("expired");
        (await _bench.Offers(bob)).Should().BeEmpty();
        var mine = (await (await _bench.As(ann)).Get("/api/v1/me/swaps?state=expired")).Json["items"]!.AsArray().Single()!;
        ((string?)mine["steps"]!.AsArray()[^1]!["by"]).Should().Be("clock");
    }

    [Test]
    public async Task Request_OfOthers_IsNobodysToReadOrDecide()
    {
        var people = await _bench.People(3);
        await _bench.Roster(people, [(people[0], 3, 8)]);
        var asked = (await _bench.Ask(people[0], new { kind = "giveAway", date = Day(3), other = people[1] })).Is(HttpStatusCode.Created);
        var stranger = await _bench.As(people[2]);
        var id = asked.Json["id"];

        (await _bench.Offers(people[2])).Should().BeEmpty();
        (await stranger.Get("/api/v1/me/swaps")).Json["items"]!.AsArray().Should().BeEmpty();
        (await stranger.Call(HttpMethod.Post, $"/api/v1/me/offers/{id}:accept", new { }, "*")).Is(HttpStatusCode.NotFound);
        (await stranger.Call(HttpMethod.Post, $"/api/v1/me/offers/{id}:refuse", new { }, "*")).Is(HttpStatusCode.NotFound);
        (await stranger.Call(HttpMethod.Post, $"/api/v1/me/swaps/{id}:withdraw", new { }, "*")).Is(HttpStatusCode.NotFound);
        (await stranger.Get($"/api/v1/swaps/{id}")).Is(HttpStatusCode.Forbidden);
        var offer = (await _bench.Offers(people[1])).Single()!;
        offer["with"]!.AsObject().Select(p => p.Key).Should().BeEquivalentTo("code", "name");
        (await (await _bench.As(people[1])).Call(HttpMethod.Post, $"/api/v1/me/offers/{id}:refuse", new { reason = "Away." }, (string?)offer["etag"]))
            .Is(HttpStatusCode.OK);
        (await (await _bench.As(people[0])).Call(HttpMethod.Post, $"/api/v1/me/swaps/{id}:withdraw", new { }, "*")).Is(HttpStatusCode.Conflict).Text
            .Should().Contain("refused");
    }

    [Test]
    public async Task Requests_MoreThanTheWeekAllows_AreRefused()
    {
        var (ann, bob) = await Two();
        await _bench.Roster([ann, bob], [(ann, 3, 8)]);
        for (var i = 0; i < 10; i++)
        {
            (await _bench.Ask(ann, new { kind = "giveAway", date = Day(3), other = bob })).Is(HttpStatusCode.Created);
        }

        (await _bench.Ask(ann, new { kind = "giveAway", date = Day(3), other = bob })).Is(HttpStatusCode.Conflict).Text.Should().Contain("requestsPerWeek");
    }

    [Test]
    public async Task Manager_SwapThatBothAgreedTo_IsDecidedByThePolicy()
    {
        var (ann, bob) = await Two();
        await _bench.Roster([ann, bob], [(ann, 3, 8), (bob, 5, 8)]);

        var agreed = new { agent = ann, kind = "exchange", date = Day(3), other = bob, otherDate = Day(5), accepted = true };
        var swap = (await Client.Post("/api/v1/swaps", agreed)).Is(HttpStatusCode.Created);

        ((string?)swap.Json["state"]).Should().Be("approved");
        (await Client.Get($"/api/v1/swaps?agent={bob}&state=approved&kind=exchange&limit=1")).Is(HttpStatusCode.OK).Json["items"]!.AsArray()
            .Should().ContainSingle();
    }

    private async Task<(string, string)> Two()
    {
        var people = await _bench.People(2);
        return (people[0], people[1]);
    }

    private async Task<ApiAnswer> Take(string code, JsonNode open) => await (await _bench.As(code)).Post($"/api/v1/me/open-shifts/{open["id"]}:take", new { });

    private static JsonObject Open(int day, object more, bool template = true)
    {
        var request = new JsonObject { ["hub"] = "sw", ["date"] = Day(day), ["group"] = "live" };
        if (template)
        {
            request["template"] = "sw-early";
        }

        return JsonNode.Parse(SmallOperation.Merge(request, more))!.AsObject();
    }
}
