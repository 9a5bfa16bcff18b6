using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;
using static Wfm.Tests.Api.Features.Rosters.Waivers.WaiverBench;

namespace Wfm.Tests.Api.Features.Rosters.Waivers;

/// <summary>Rules of the organisation that are broken in a crisis: by whom somebody has answered for, so far and no further, on the record.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class WaiverTests(StoreKind kind)
{
    private WaiverBench _bench = null!;

    private HttpClient Client => _bench.Client;

    [OneTimeSetUp]
    public async Task Start() => _bench = await WaiverBench.Start(kind);

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [TearDown]
    public void SetClockBack() => _bench.Clock.Reset(Now);

    [Test]
    public async Task Fits_OfWhomOnlyAWaiverWouldLet_ComeApartWithTheRulesToWaive()
    {
        var (hub, ann, bob, _) = await _bench.InCrisis("wv-fits");
        await hub.AddPeople(3, 3);
        var cat = hub.Agent(3);
        // Early on Wednesday Ann would have rested eight hours: enough by law, too little for the house; Cat four.
        var roster = await _bench.Roster(hub, [ann, bob, cat], [(ann, 1, 16), (cat, 1, 20)]);

        async Task<JsonNode> Fits() =>
            (await Client.Get($"/api/v1/rosters/{roster}/fits?date={Day(2)}&group=live&from=08:00&to=10:00")).Is(HttpStatusCode.OK).Json;

        var fits = await Fits();
        ((int)fits["fitting"]!, (int)fits["waiverFitting"]!).Should().Be((1, 1));
        fits["people"]!.AsArray().Select(p => ((string?)p!["agent"], (bool)p["fits"]!)).Should().Equal((bob, true), (cat, false));
        var law = fits["people"]![1]!["stops"]![0]!;
        ((string?)law["source"], (string?)law["notWaived"]!["reason"]).Should().Be((Act, "statute"));
        var byWaiver = fits["byWaiver"]!.AsArray().Should().ContainSingle().Subject!;
        ((string?)byWaiver["agent"], (bool)byWaiver["fits"]!).Should().Be((ann, false));
        var stop = byWaiver["stops"]!.AsArray().Should().ContainSingle().Subject!;
        ((string?)stop["rule"], (string?)stop["source"], (string?)stop["authority"], (string?)stop["notWaived"]!["reason"]).Should()
            .Be((Rest, House, "organisation", "none"));

        var waiver = await _bench.Waive(hub.Hub, new { maximumAmount = 180, restHours = 3 });
        var covered = (await Fits())["byWaiver"]!.AsArray().Single()!["stops"]!.AsArray().Single()!;
        ((string?)covered["waiver"], covered["notWaived"]).Should().Be(((string?)waiver["id"], null));
    }

    [Test]
    public async Task Edit_OfARuleThatIsWaived_IsMadeAndInTheRecord()
    {
        var (hub, ann, _, crisis) = await _bench.InCrisis("wv-made");
        var roster = await _bench.LateThenNoon(hub, ann);
        var waiver = await _bench.Waive(hub.Hub, new { agents = new[] { ann } });

        var checkedOnly = (await _bench.Move(roster, ann, 2, 8, "?check=true")).Is(HttpStatusCode.OK);
        var made = (await _bench.Move(roster, ann, 2, 8)).Is(HttpStatusCode.OK);

        foreach (var answer in new[] { checkedOnly, made })
        {
            ((bool)answer.Json["allowed"]!).Should().BeTrue();
            var broken = answer.Json["broken"]!.AsArray().Should().ContainSingle().Subject!;
            ((string?)broken["rule"], (double)broken["amount"]!, (string?)broken["authority"]).Should().Be((Rest, 60, "organisation"));
            ((string?)broken["waiver"], broken["notWaived"]).Should().Be(((string?)waiver["id"], null));
        }

        var use = (await _bench.Record(crisis)).Should().ContainSingle("a check breaks nothing").Subject;
        ((string?)use["waiver"], (string?)use["agent"], (string?)use["rule"], (double)use["amount"]!, (string?)use["unit"], (string?)use["source"]).Should()
            .Be(((string?)waiver["id"], ann, Rest, 60, "minutes", House));
        ((string?)use["roster"], (int?)use["edit"], (string?)use["from"], (string?)use["to"]).Should().Be((roster.ToString(), 1, Day(1), Day(2)));
        ((double)use["restHours"]!, (string?)use["restBy"], (string?)use["by"]).Should().Be((2, Day(20), "bootstrap"));
        ((string?)use["message"]).Should().Contain("Rest of 10 h");
        ((int)(await _bench.Crisis(crisis))["waiverUses"]!, (int)(await _bench.Waiver(waiver))["uses"]!).Should().Be((1, 1));
        var edit = (await Client.Get($"/api/v1/rosters/{roster}/edits")).Json["items"]![0]!;
        ((string?)edit["broken"]![0]!["waiver"]).Should().Be((string?)waiver["id"], "the history says under what it stands");
        var uses = (await Client.Get($"/api/v1/waivers/{waiver["id"]}/uses")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        uses.Select(u => (string?)u!["id"]).Should().Equal((string?)use["id"]);
        (await _bench.Violations(roster)).Should().ContainSingle(v => (string?)v["rule"] == Rest).Which["waiver"]!.ToString()
            .Should().Be((string?)waiver["id"]);
    }

    [TestCase("none")]
    [TestCase("revoked")]
    [TestCase("crisisEnded")]
    [TestCase("crisisAhead")]
    [TestCase("expired")]
    [TestCase("otherPerson")]
    [TestCase("otherTime")]
    [TestCase("tooFar")]
    public async Task Edit_ThatNoWaiverCovers_IsRefusedWithTheReason(string reason)
    {
        var (hub, ann, bob, crisis) = await _bench.InCrisis($"wv-{reason.ToLowerInvariant()}");
        var roster = await _bench.LateThenNoon(hub, ann);
        if (reason == "crisisAhead")
        {
            (await _bench.End(crisis)).Is(HttpStatusCode.OK);
            var ahead = new { name = "A vote", kind = "election", severity = "S2", hubs = new[] { hub.Hub }, from = Text(At(1, 0)) };
            (await Client.Post("/api/v1/crises", ahead)).Is(HttpStatusCode.Created);
        }

        var waiver = reason == "none" ? null : await _bench.Waive(hub.Hub, reason switch
        {
            "otherPerson" => new { agents = new[] { bob } },
            "otherTime" => new { from = Day(2) },
            "tooFar" => new { maximumAmount = 59.0 },
            _ => new { agents = new[] { ann, bob } },
        });
        switch (reason)
        {
            case "revoked":
                (await _bench.Revoke(waiver!)).Is(HttpStatusCode.OK);
                break;
            case "crisisEnded":
                (await _bench.End(crisis)).Is(HttpStatusCode.OK);
                break;
            case "expired":
                roster = await _bench.Roster(hub, [ann], [(ann, 5, 14), (ann, 6, 12)]);
                _bench.Clock.Reset(At(5, 0));
                break;
        }

        var refused = reason == "expired" ? await _bench.Move(roster, ann, 6, 8) : await _bench.Move(roster, ann, 2, 8);

        var finding = refused.Is(HttpStatusCode.UnprocessableEntity).Json["findings"]!.AsArray().Should().ContainSingle().Subject!;
        ((string?)finding["rule"], (string?)finding["waiver"], (string?)finding["notWaived"]!["reason"]).Should().Be((Rest, null, reason));
        ((string?)finding["notWaived"]!["waiver"]).Should().Be((string?)waiver?["id"]);
        ((string?)refused.Json["detail"]).Should().EndWith((string?)finding["notWaived"]!["message"]);
        (await _bench.Record(crisis)).Should().BeEmpty();
        ((int)(await _bench.Crisis(crisis))["waiverUses"]!).Should().Be(0);
    }

    [Test]
    public async Task Edit_OfALawBesideAWaivedRule_IsRefusedByTheLaw()
    {
        var (hub, ann, _, crisis) = await _bench.InCrisis("wv-law");
        var roster = await _bench.LateThenNoon(hub, ann);
        var waiver = await _bench.Waive(hub.Hub, new { maximumAmount = 600, restHours = 10 });

        var refused = (await _bench.Move(roster, ann, 2, 5)).Is(HttpStatusCode.UnprocessableEntity); // seven hours of rest: the law asks for eight

        var stop = refused.Json["findings"]!.AsArray().Should().ContainSingle().Subject!;
        ((string?)stop["source"], (double)stop["amount"]!, (string?)stop["authority"], (string?)stop["notWaived"]!["reason"]).Should()
            .Be((Act, 60, "statute", "statute"));
        refused.Json["effect"]!["broken"]!.AsArray().Should().HaveCount(2, "of which one is waived")
            .And.ContainSingle(b => (string?)b!["waiver"] == (string?)waiver["id"]).Which!["amount"]!.GetValue<double>().Should().Be(240);
        (await _bench.Record(crisis)).Should().BeEmpty("nothing was done");
    }

    [Test]
    public async Task Edit_OfWhatIsNeverWaived_SaysWhoseRuleItIs()
    {
        var (hub, ann, _, _) = await _bench.InCrisis("wv-never");
        var roster = await _bench.Roster(hub, [ann], [(ann, 2, 8)]);

        async Task<string?> Reason(string rule, params object[] operations) => (string?)(await _bench.Edit(roster, "", operations))
            .Is(HttpStatusCode.UnprocessableEntity).Json["findings"]!.AsArray().First(f => (string?)f!["rule"] == rule)!["notWaived"]!["reason"];

        object Longer(int hours) => new { kind = "resize", agent = ann, date = Day(2), end = Text(At(2, 8 + hours)) };
        (await Reason("maximumDailyHours", Longer(11))).Should().Be("agreement");
        (await Reason("maximumSpread", Longer(13))).Should().Be("wellbeing");
        (await Reason("skill", new
        {
            kind = "segment",
            agent = ann,
            date = Day(2),
            activity = "work",
            group = "unknown-group",
            start = Text(At(2, 9)),
            end = Text(At(2, 10)),
        })).Should().Be("fact");
    }

    [Test]
    public async Task Edit_MadeFurtherWorseUnderTheSameWaiver_IsAnotherUse()
    {
        var (hub, ann, _, crisis) = await _bench.InCrisis("wv-twice");
        var roster = await _bench.LateThenNoon(hub, ann);
        await _bench.Waive(hub.Hub);

        (await _bench.Move(roster, ann, 2, 8)).Is(HttpStatusCode.OK);
        (await _bench.Move(roster, ann, 2, 7)).Is(HttpStatusCode.OK);
        (await _bench.Move(roster, ann, 2, 9)).Is(HttpStatusCode.OK).Json["broken"]!.AsArray().Should().BeEmpty("it gets better");
        (await _bench.Move(roster, ann, 2, 6)).Is(HttpStatusCode.UnprocessableEntity).Json["findings"]![0]!["notWaived"]!["reason"]!.ToString()
            .Should().Be("tooFar");

        (await _bench.Record(crisis)).Select(u => (double)u["amount"]!).Should().Equal(120, 60);
    }

    [Test]
    public async Task Edits_WhileTheWaiverIsRevoked_AreAllBeforeOrRefused()
    {
        var (hub, _, _, crisis) = await _bench.InCrisis("wv-race");
        await hub.AddPeople(8, from: 3);
        var people = Enumerable.Range(1, 8).Select(hub.Agent).ToArray();
        var rosters = new List<Guid>();
        foreach (var person in people)
        {
            rosters.Add(await _bench.LateThenNoon(hub, person));
        }

        var waiver = await _bench.Waive(hub.Hub);
        var edits = Task.WhenAll(people.Select((p, i) => _bench.Move(rosters[i], p, 2, 8)));
        var revoked = await _bench.Revoke(waiver);
        var answers = await edits;

        revoked.Is(HttpStatusCode.OK);
        answers.Should().OnlyContain(a => a.Status == HttpStatusCode.OK || a.Status == HttpStatusCode.UnprocessableEntity);
        var made = answers.Count(a => a.Status == HttpStatusCode.OK);
        (await _bench.Record(crisis)).Should().HaveCount(made);
        ((int)(await _bench.Waiver(waiver))["uses"]!, (int)(await _bench.Crisis(crisis))["waiverUses"]!).Should().Be((made, made));
        (await _bench.Move(rosters[0], people[0], 2, 7)).Is(HttpStatusCode.UnprocessableEntity); // it is revoked by now
    }

    [Test]
    public async Task Undo_OfWhatMendedABreach_NeedsTheWaiverStill()
    {
        var (hub, ann, _, crisis) = await _bench.InCrisis("wv-undo");
        var roster = await _bench.LateThenNoon(hub, ann);
        var waiver = await _bench.Waive(hub.Hub);
        (await _bench.Move(roster, ann, 2, 8)).Is(HttpStatusCode.OK);
        (await _bench.Move(roster, ann, 2, 12)).Is(HttpStatusCode.OK);

        (await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{roster}/edits/2:undo", new { }, "*")).Is(HttpStatusCode.OK);
        (await _bench.Record(crisis)).Select(u => (int?)u["edit"]).Should().Equal(3, 1);

        (await _bench.Revoke(waiver)).Is(HttpStatusCode.OK);
        (await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{roster}/edits/3:undo", new { }, "*")).Is(HttpStatusCode.OK);
        (await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{roster}/edits/4:undo", new { }, "*")).Is(HttpStatusCode.UnprocessableEntity);
    }

    [Test]
    public async Task Swap_ThatNeedsAWaiver_WaitsForTheManagerAndIsInTheRecord()
    {
        var (hub, ann, bob, crisis) = await _bench.InCrisis("wv-swap");
        (await Client.Put($"/api/v1/request-policies/{hub.Hub}", new { maximumCostIncrease = 1_000_000 }, "*")).Is(HttpStatusCode.OK);
        await _bench.Roster(hub, [ann, bob], [(ann, 1, 14), (ann, 2, 12), (bob, 2, 8)]);
        var ask = new { kind = "exchange", agent = ann, date = Day(2), other = bob, otherDate = Day(2), accepted = true };

        (await Client.Post("/api/v1/swaps", ask)).Is(HttpStatusCode.UnprocessableEntity).Json["findings"]![0]!["notWaived"]!["reason"]!.ToString()
            .Should().Be("none");
        var waiver = await _bench.Waive(hub.Hub, new { agents = new[] { ann } });
        var asked = (await Client.Post("/api/v1/swaps", ask)).Is(HttpStatusCode.Created);
        var approved = await Client.Call(HttpMethod.Post, $"/api/v1/swaps/{asked.Json["id"]}:approve", new { reason = "Yes." }, asked.ETag);

        ((string?)asked.Json["state"], (string?)asked.Json["rule"]).Should().Be(("accepted", "waiver"), "no policy decides that alone");
        ((string?)approved.Is(HttpStatusCode.OK).Json["state"]).Should().Be("approved");
        var use = (await _bench.Record(crisis)).Should().ContainSingle().Subject;
        ((string?)use["agent"], (string?)use["waiver"], (double)use["amount"]!).Should().Be((ann, (string?)waiver["id"], 60));
    }

    [Test]
    public async Task Waivers_OfSeveral_TheOneThatExpiresFirstCovers()
    {
        var (hub, ann, _, _) = await _bench.InCrisis("wv-first");
        var roster = await _bench.LateThenNoon(hub, ann);
        await _bench.Waive(hub.Hub);
        var first = await _bench.Waive(hub.Hub, new { expiresAt = Text(At(3, 0)) });
        await _bench.Waive(hub.Hub, new { expiresAt = Text(At(2, 0)), maximumAmount = 30 });

        (await _bench.Move(roster, ann, 2, 8)).Is(HttpStatusCode.OK).Json["broken"]![0]!["waiver"]!.ToString().Should().Be((string?)first["id"]);
    }

    [Test]
    public async Task Agent_NamedByAWaiver_IsNotDeleted()
    {
        var (hub, ann, _, _) = await _bench.InCrisis("wv-stay");
        await _bench.Waive(hub.Hub, new { agents = new[] { ann } });

        (await Client.Delete($"/api/v1/agents/{ann}", "*")).Is(HttpStatusCode.Conflict).Text.Should().Contain("waiver people");
    }
}
