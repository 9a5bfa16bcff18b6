using NodaTime;
using Wfm.Scheduling;
using Wfm.Scheduling.Bidding;

namespace Wfm.Tests.Scheduling.Bidding;

public sealed class LineAwardsTests
{
    private static readonly string[] Lines = ["x", "y", "z"];

    [Test]
    public void ByRank_BySeniorityThenPointsThenCode_EachTakesTheBestLeft()
    {
        var awards = LineAwards.ByRank(
            Lines,
            [
                Bidder("d", null, 0, "x", "y", "z"), Bidder("c", 2020, 5, "x", "y", "z"), Bidder("b", 2020, 9, "x", "y"), Bidder("a", 2010, 0, "x"),
            ],
            Free);

        awards.Select(a => (a.Bidder, a.Line, a.Rank, a.Turn)).Should().Equal(("a", "x", 1, 1), ("b", "y", 2, 2), ("c", "z", 3, 3), ("d", null, 0, 4));
        awards[2].Passed.Select(p => (p.Line, p.Rank, p.TakenBy)).Should().Equal(("x", 1, "a"), ("y", 2, "b"));
        awards[3].Passed.Should().HaveCount(3).And.OnlyContain(p => p.TakenBy != null && p.Stop == null);
        awards.Should().OnlyContain(a => a.Paid == 0);
    }

    [Test]
    public void ByRank_LineThatARuleForbids_IsPassedWithTheRule()
    {
        var awards = LineAwards.ByRank(Lines, [Bidder("a", 2010, 0, "x", "y")], (_, line) => line == "x" ? "rest" : null);

        awards.Should().ContainSingle().Which.Line.Should().Be("y");
        awards[0].Passed.Should().Equal(new PassedLine("x", 1, null, "rest"));
    }

    [Test]
    public void ByPoints_HighestOfferWinsAndPays_TiesBySeniority()
    {
        var awards = LineAwards.ByPoints(
            Lines,
            [
                Offers("old", 2010, 50, ("x", 20), ("y", 20)), Offers("new", 2020, 50, ("x", 30), ("y", 10)), Offers("last", 2022, 15, ("y", 20), ("z", 15)),
            ],
            Free).ToDictionary(a => a.Bidder);

        (awards["new"].Line, awards["new"].Paid, awards["new"].Rank).Should().Be(("x", 30, 1));
        (awards["old"].Line, awards["old"].Paid, awards["old"].Rank).Should().Be(("y", 20, 2), "30 points beat 20 for the first");
        awards["old"].Passed.Should().Equal(new PassedLine("x", 1, "new", null));
        (awards["last"].Line, awards["last"].Paid).Should().Be(("z", 15));
        awards["last"].Passed.Single().TakenBy.Should().Be("old");
    }

    [Test]
    public void ByPoints_OfferBeyondTheBalance_IsPassedWithTheNumbers()
    {
        var awards = LineAwards.ByPoints(Lines, [Offers("a", 2010, 10, ("x", 11))], Free);

        awards[0].Line.Should().BeNull();
        awards[0].Passed.Single().Stop.Should().Contain("11").And.Contain("10");
    }

    [Test]
    public void ByPoints_LikedBetterButOfferedLess_SaysThatAnotherWasWonFirst()
    {
        var awards = LineAwards.ByPoints(Lines, [Offers("a", 2010, 50, ("x", 5), ("y", 40))], Free);

        (awards[0].Line, awards[0].Paid).Should().Be(("y", 40));
        awards[0].Passed.Single().Stop.Should().Contain("higher offer");
    }

    [Test]
    public void Award_UnknownLineTwiceOrNegative_IsRefused()
    {
        FluentActions.Invoking(() => LineAwards.ByRank(Lines, [Bidder("a", null, 0, "w")], Free)).Should().Throw<SchedulingDataException>()
            .WithMessage("*'w'*");
        FluentActions.Invoking(() => Bidder("a", null, 0, "x", "x")).Should().Throw<SchedulingDataException>().WithMessage("*twice*");
        FluentActions.Invoking(() => Offers("a", null, 5, ("x", -1))).Should().Throw<SchedulingDataException>().WithMessage("*-1 points*");
    }

    /// <summary>Pareto-optimal: no two could change lines, and nobody take a line that is left, and like it better while none likes it less.</summary>
    [FsCheck.NUnit.Property(MaxTest = 300)]
    public void ByRank_Random_NoTwoWouldChangeAndNobodyWantsWhatIsLeft(int seed)
    {
        var (lines, bidders, stop) = Random(seed);
        var awards = LineAwards.ByRank(lines, bidders, stop).ToDictionary(a => a.Bidder);
        var taken = awards.Values.Select(a => a.Line).OfType<string>().ToHashSet();
        taken.Should().HaveCount(awards.Values.Count(a => a.Line is not null), "a line goes to one person");
        foreach (var one in bidders)
        {
            Better(one, awards[one.Id], stop).Except(taken).Should().BeEmpty("what is liked better is with somebody");
            foreach (var other in bidders.Where(o => awards[o.Id].Line is { } line && Better(one, awards[one.Id], stop).Contains(line)))
            {
                var would = awards[one.Id].Line is { } mine && Better(other, awards[other.Id], stop).Contains(mine);
                would.Should().BeFalse($"{one.Id} and {other.Id} would change");
            }
        }
    }

    /// <summary>Strategy-proof: whatever list somebody hands in, the true one gets a line that is truly liked as much at least.</summary>
    [FsCheck.NUnit.Property(MaxTest = 300)]
    public void ByRank_Random_NobodyGainsByAnotherList(int seed)
    {
        var (lines, bidders, stop) = Random(seed);
        var random = new Random(seed + 1);
        var liar = bidders[random.Next(bidders.Count)];
        var truth = LineAwards.ByRank(lines, bidders, stop).Single(a => a.Bidder == liar.Id).Line;
        var list = lines.OrderBy(_ => random.Next()).Take(random.Next(lines.Count + 1)).Select(l => new LineBid(l));
        var other = new LineBidder(liar.Id, liar.Since, liar.Points, [.. list]);
        var lie = LineAwards.ByRank(lines, [.. bidders.Select(b => b == liar ? other : b)], stop).Single(a => a.Bidder == liar.Id).Line;

        Place(liar, truth).Should().BeLessThanOrEqualTo(Place(liar, lie));
    }

    /// <summary>Whoever did not get a line they may work and can pay lost it to an offer as high at least, or won another with one as high.</summary>
    [FsCheck.NUnit.Property(MaxTest = 300)]
    public void ByPoints_Random_NoHigherOfferIsPassedOver(int seed)
    {
        var (lines, bidders, stop) = Random(seed);
        var awards = LineAwards.ByPoints(lines, bidders, stop).ToDictionary(a => a.Bidder);
        var winners = awards.Values.Where(a => a.Line is not null).ToDictionary(a => a.Line!);
        foreach (var bidder in bidders)
        {
            awards[bidder.Id].Paid.Should().BeLessThanOrEqualTo(bidder.Points);
            foreach (var bid in bidder.Bids.Where(b => b.Points <= bidder.Points && stop(bidder.Id, b.Line) is null && awards[bidder.Id].Line != b.Line))
            {
                var lost = winners.TryGetValue(bid.Line, out var winner) && winner.Paid >= bid.Points;
                (lost || (awards[bidder.Id].Line is not null && awards[bidder.Id].Paid >= bid.Points)).Should().BeTrue();
            }
        }
    }

    private static (List<string> Lines, List<LineBidder> Bidders, Func<string, string, string?> Stop) Random(int seed)
    {
        var random = new Random(seed);
        var lines = Enumerable.Range(0, random.Next(1, 7)).Select(i => $"l{i}").ToList();
        var bidders = Enumerable.Range(0, random.Next(1, 8)).Select(i => new LineBidder(
            $"p{i}", random.Next(4) == 0 ? null : new LocalDate(2000 + random.Next(4), 1, 1), random.Next(50),
            [.. lines.OrderBy(_ => random.Next()).Take(random.Next(lines.Count + 1)).Select(l => new LineBid(l, random.Next(60)))])).ToList();
        var stopped = bidders.SelectMany(b => lines.Where(_ => random.Next(5) == 0).Select(l => (b.Id, l))).ToHashSet();
        return (lines, bidders, (bidder, line) => stopped.Contains((bidder, line)) ? "rule" : null);
    }

    private static List<string> Better(LineBidder bidder, LineAward award, Func<string, string, string?> stop) =>
        [.. bidder.Bids.Select(b => b.Line).TakeWhile(l => l != award.Line).Where(l => stop(bidder.Id, l) is null)];

    private static int Place(LineBidder bidder, string? line) =>
        line is not null && bidder.Bids.Select(b => b.Line).ToList().IndexOf(line) is var place and >= 0 ? place : int.MaxValue;

    private static LineBidder Bidder(string id, int? since, int points, params string[] lines) =>
        new(id, since is { } year ? new LocalDate(year, 1, 1) : null, points, [.. lines.Select(l => new LineBid(l))]);

    private static LineBidder Offers(string id, int? since, int points, params (string Line, int Points)[] offers) =>
        new(id, since is { } year ? new LocalDate(year, 1, 1) : null, points, [.. offers.Select(o => new LineBid(o.Line, o.Points))]);

    private static string? Free(string bidder, string line) => null;
}
