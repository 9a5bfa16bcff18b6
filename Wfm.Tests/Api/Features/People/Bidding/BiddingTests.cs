using System.Net;
using Wfm.Tests.Api.Features.People.Swaps;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;
using static Wfm.Tests.Api.Features.People.Swaps.SwapBench;

namespace Wfm.Tests.Api.Features.People.Bidding;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class BiddingTests(StoreKind kind)
{
    private SwapBench _bench = null!;

    private HttpClient Client => _bench.Client;

    [OneTimeSetUp]
    public async Task Start() => _bench = await SwapBench.Start(kind, "bd");

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task Rank_RowsOfADraft_AreGivenAsBidForAndTheDraftIsEdited()
    {
        var people = await _bench.People(3);
        // Rows in order of start: line-001 of the third, line-002 of the first, line-003 of the second.
        var draft = await _bench.Roster(people, [(people[0], 3, 8), (people[1], 4, 8), (people[2], 2, 8)], isDraft: true);
        var round = await Round(draft, people, "rank");
        round.Json["lines"]!.AsArray().Select(l => (string)l!["code"]!).Should().Equal("line-001", "line-002", "line-003");
        round.Json["lines"]!.ToJsonString().Should().NotContain(people[0]);
        await Bid(people[0], round, ("line-003", 0), ("line-002", 0));
        await Bid(people[1], round, ("line-003", 0), ("line-002", 0));

        var awarded = (await Client.Call(HttpMethod.Post, $"/api/v1/bid-rounds/{round.Json["id"]}:award", null, round.ETag)).Is(HttpStatusCode.OK);

        Award(awarded, people[0]).Should().Be(("line-003", 1, 0, false), "by code, where nobody is senior");
        Award(awarded, people[1]).Should().Be(("line-002", 2, 0, false));
        Award(awarded, people[2]).Should().Be(("line-001", 0, 0, true), "who bids for nothing keeps the row");
        var passed = awarded.Json["awards"]!.AsArray().Single(a => (string?)a!["agent"] == people[1])!["passed"]!.AsArray().Single()!;
        ((string?)passed["line"], (string?)passed["takenBy"]).Should().Be(("line-003", people[0]));
        var shifts = (await Client.Get($"/api/v1/rosters/{draft}/shifts?limit=100")).Is(HttpStatusCode.OK).Json["items"]!.AsArray()
            .Select(s => ((string)s!["agent"]!, (string)s["date"]!));
        shifts.Should().BeEquivalentTo([(people[0], Day(4)), (people[1], Day(3)), (people[2], Day(2))]);
        var mine = (await (await _bench.As(people[1])).Get("/api/v1/me/bid-rounds")).Is(HttpStatusCode.OK);
        var own = mine.Json["items"]!.AsArray().Single()!;
        ((string?)own["award"]!["line"], (string?)own["state"]).Should().Be(("line-002", "awarded"));
        mine.Text.Should().NotContain(people[0], "who has the other lines is their business");
        (await Client.Call(HttpMethod.Post, $"/api/v1/bid-rounds/{round.Json["id"]}:award", null, awarded.ETag)).Is(HttpStatusCode.Conflict);
    }

    [Test]
    public async Task Points_HighestOffer_WinsAndPays()
    {
        var people = await _bench.People(2);
        var draft = await _bench.Roster(people, [(people[0], 3, 8), (people[1], 4, 8)], isDraft: true);
        var round = await Round(draft, people, "points");
        await Bid(people[0], round, ("line-002", 40));
        await Bid(people[1], round, ("line-002", 60));
        (await Bids(people[0], round, "*", ("line-002", 101))).Is(HttpStatusCode.UnprocessableEntity).ErrorOf("/bids/0/points").Should().Contain("100 points");

        var awarded = (await Client.Call(HttpMethod.Post, $"/api/v1/bid-rounds/{round.Json["id"]}:award", null, round.ETag)).Is(HttpStatusCode.OK);

        Award(awarded, people[1]).Should().Be(("line-002", 1, 60, false));
        Award(awarded, people[0]).Should().Be(("line-001", 0, 0, true));
        (await Points(people[1])).Should().Be(40);
        (await Points(people[0])).Should().Be(100);
    }

    [Test]
    public async Task Rank_LineThatARuleForbids_IsNotGiven()
    {
        var people = await _bench.People(1);
        var unskilled = (await _bench.People(1, "review"))[0];
        var draft = await _bench.Roster([people[0], unskilled], [(people[0], 3, 8)], isDraft: true);
        var round = await Round(draft, [people[0], unskilled], "rank");
        await Bid(unskilled, round, ("line-001", 0));

        var awarded = (await Client.Call(HttpMethod.Post, $"/api/v1/bid-rounds/{round.Json["id"]}:award", null, round.ETag)).Is(HttpStatusCode.OK);

        Award(awarded, unskilled).Line.Should().BeNull();
        var passed = awarded.Json["awards"]!.AsArray().Single(a => (string?)a!["agent"] == unskilled)!["passed"]!.AsArray().Single()!;
        ((string?)passed["stop"]).Should().Be("skill");
    }

    [Test]
    public async Task Lines_MadeByHand_AreGiven()
    {
        var people = await _bench.People(1);
        var draft = await _bench.Roster(people, [], isDraft: true);
        var line = new { code = "nights-off", shifts = new[] { new { date = Day(2), template = "bd-early", group = "live" } } };
        var round = await Round(draft, people, "rank", [line]);
        await Bid(people[0], round, ("nights-off", 0));

        (await Client.Call(HttpMethod.Post, $"/api/v1/bid-rounds/{round.Json["id"]}:award", null, round.ETag)).Is(HttpStatusCode.OK);

        (await Client.Get($"/api/v1/rosters/{draft}/shifts")).Json["items"]!.AsArray().Select(s => (string)s!["date"]!).Should().Equal(Day(2));
    }

    [Test]
    public async Task Round_UnusableValues_NameTheField()
    {
        var people = await _bench.People(2);
        var published = await _bench.Roster(people, [(people[0], 3, 8)]);
        (await Post(published, people, "rank")).Is(HttpStatusCode.Conflict).Text.Should().Contain("published");
        var draft = await _bench.Roster(people, [(people[0], 3, 8)], isDraft: true);
        (await Post(draft, ["nobody"], "rank")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/people/0");
        (await Post(draft, people, "rank", closesDay: -2)).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/closesAt");
        (await Post(Guid.NewGuid(), people, "rank")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/roster");
        var outside = new { code = "x", shifts = new[] { new { date = Day(99), template = "bd-early", group = "live" } } };
        (await Post(draft, people, "rank", [outside])).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/lines/0/shifts/0/date");
        var round = await Round(draft, [people[0]], "rank");
        (await Bids(people[0], round, "*", ("line-009", 0))).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/bids/0/line");
        (await Bids(people[0], round, "*", ("line-001", 0), ("line-001", 0))).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/bids/1/line");
        (await Bids(people[1], round, "*", ("line-001", 0))).Is(HttpStatusCode.NotFound);
        (await Bids(people[0], round, null, ("line-001", 0))).Is(HttpStatusCode.PreconditionRequired);
    }

    private async Task<ApiAnswer> Round(Guid draft, string[] people, string rule, object[]? lines = null) =>
        (await Post(draft, people, rule, lines)).Is(HttpStatusCode.Created);

    private Task<ApiAnswer> Post(Guid draft, string[] people, string rule, object[]? lines = null, int closesDay = 1) => Client.Post(
        "/api/v1/bid-rounds", new { roster = draft, name = "Next month", rule, closesAt = At(closesDay, 12), people, lines = lines ?? [] });

    private async Task Bid(string code, ApiAnswer round, params (string Line, int Points)[] bids) =>
        (await Bids(code, round, "*", bids)).Is(HttpStatusCode.OK);

    private async Task<ApiAnswer> Bids(string code, ApiAnswer round, string? ifMatch, params (string Line, int Points)[] bids) => await
        (await _bench.As(code)).Put(
            $"/api/v1/me/bid-rounds/{round.Json["id"]}/bids", new { bids = bids.Select(b => new { line = b.Line, points = b.Points }) }, ifMatch);

    private async Task<int> Points(string code) => (int)(await (await _bench.As(code)).Get("/api/v1/me/bid-points")).Is(HttpStatusCode.OK).Json["balance"]!;

    private static (string? Line, int Rank, int Paid, bool LeftOver) Award(ApiAnswer round, string agent)
    {
        var award = round.Json["awards"]!.AsArray().Single(a => (string?)a!["agent"] == agent)!;
        return ((string?)award["line"], (int)award["rank"]!, (int)award["paid"]!, (bool)award["leftOver"]!);
    }
}
