using Wfm.Scheduling;
using Wfm.Scheduling.Allocation;
using Wfm.Scheduling.Allocation.Linear;

namespace Wfm.Tests.Scheduling.Allocation;

public sealed class AllocatorTests
{
    private static readonly string[] Skills = ["a", "b", "a,b"];
    private static readonly string[] Places = ["east", "west"];
    private const double Tolerance = 0.05; // needs are solved a hundred-thousandth of a head too high, at a price of a hundred

    // Two heads are needed all the time; east can work hours 0 and 1 at 20 a shift, west hours 2 and 3 at 40: 2 × 20 + 2 × 40 = 120.
    private static AllocationProblem Sun(AllocationHub[]? hubs = null, AllocationLine[]? lines = null) => new(
        MadeAllocations.Span(4), hubs ?? [new AllocationHub("east"), new AllocationHub("west")], lines ?? [MadeAllocations.Line("en", 2, 2, 2, 2)],
        [
            MadeAllocations.Kind("east", "en", 3, MadeAllocations.Shift(20, 0, 2)), MadeAllocations.Kind("west", "en", 3, MadeAllocations.Shift(40, 2, 2)),
        ]);

    [Test]
    public void Solve_TwoHubs_FollowsTheSun()
    {
        var result = Allocator.Solve(Sun(), gap: 0);

        result.Cost.Should().BeApproximately(120, Tolerance);
        result.Bound.Should().BeApproximately(120, Tolerance);
        Heads(result, "east").Should().SatisfyRespectively(Near(2), Near(2), Near(0), Near(0));
        Heads(result, "west").Should().SatisfyRespectively(Near(0), Near(0), Near(2), Near(2));
        result.PaidHours.Should().BeApproximately(8, 1e-3);
        result.Findings.Should().BeEmpty();
    }

    // The two hours of a shift cost 20 together, whatever each of them is said to cost; nobody at the other hub is there.
    [Test]
    public void Solve_TwoHubs_PricesAHead()
    {
        var prices = Allocator.Solve(Sun(), gap: 0).Prices.Single();

        (prices.Needed[0] + prices.Needed[1]).Should().BeApproximately(20, Tolerance);
        (prices.Needed[2] + prices.Needed[3]).Should().BeApproximately(40, Tolerance);
        prices.Hubs.Single(h => h.Hub == "east").Asked[0].Should().BeApproximately(prices.Needed[0], Tolerance);
        prices.Hubs.Single(h => h.Hub == "west").Asked[0].Should().Be(double.NaN, "it has nobody to offer then");
    }

    // East has share s all day: it is paid 2s × 20, and 2(1 − s) heads are missing for two hours at 100; of the other two hours the other way round with
    // 40: 40s + 400(1 − s) + 80(1 − s) + 400s = 480 − 40s, least at s = 1: 440.
    [Test]
    public void SolveFixedSplit_TwoHubs_PaysForTheConstantShare()
    {
        var result = Allocator.SolveFixedSplit(Sun(), gap: 0);

        result.Cost.Should().BeApproximately(440, Tolerance);
        result.Shares.Single(s => s.Hub == "east").Share.Should().BeApproximately(1, 1e-3);
    }

    [Test]
    public void Solve_TwoSkills_ServesOneGroupAtATime()
    {
        var result = Allocator.Solve(
            MadeAllocations.Problem(
                1, [MadeAllocations.Line("de", 1), MadeAllocations.Line("en", 1)],
                MadeAllocations.Kind("dub", "de,en", 1, MadeAllocations.Shift(10, 0, 1))),
            gap: 0);

        result.Cost.Should().BeApproximately(110, Tolerance, "one shift, and one head missing for an hour at 100");
    }

    [TestCase(1, 10)] // it waits for the shift of the second hour
    [TestCase(0, 100)] // nobody is there when it is due
    public void Solve_WorkThatMayWait_WaitsAsLongAsItMay(double mayWait, double cost)
    {
        var line = MadeAllocations.Line("de", 1, 0) with { MayWait = [mayWait, 0] };

        var result = Allocator.Solve(MadeAllocations.Problem(2, [line], MadeAllocations.Kind("dub", "de", 1, MadeAllocations.Shift(10, 1, 1))), gap: 0);

        result.Cost.Should().BeApproximately(cost, Tolerance);
    }

    [Test]
    public void Solve_NobodyKnowsTheGroup_SaysSoWithThePrice()
    {
        var result = Allocator.Solve(
            MadeAllocations.Problem(2, [MadeAllocations.Line("ga", 1, 2)], MadeAllocations.Kind("dub", "en", 1, MadeAllocations.Shift(10, 0, 1))), gap: 0);

        result.Cost.Should().BeApproximately(300, Tolerance);
        result.Findings.Should().ContainSingle().Which.Should().Be(
            "No hub has anybody who knows 'ga': all 3.0 head-hours of 'ga' are missing, at a price of 300.");
    }

    [Test]
    public void Solve_WorkOfAHub_IsDoneThere()
    {
        var line = new AllocationLine("en at west", "en", "west", [2, 2, 2, 2], 100);

        var result = Allocator.Solve(Sun(lines: [line]), gap: 0);

        result.Cost.Should().BeApproximately(480, Tolerance, "two hours at 100 for two heads, and two shifts of 40");
    }

    [Test]
    public void Solve_EmptyDemand_NeedsNobody()
    {
        var result = Allocator.Solve(Sun(lines: []));

        (result.Cost, result.Bound, result.PaidHours, result.Shifts.Count).Should().Be((0.0, 0.0, 0.0, 0));
    }

    [Test]
    public void Solve_NoPeople_MissesEverything() =>
        Allocator.Solve(MadeAllocations.Problem(1, [MadeAllocations.Line("en", 2)]), gap: 0).Cost.Should().BeApproximately(200, Tolerance);

    // Two night hours of a shift and a cap of three: 1.5 people, half a head missing for two hours.
    [Test]
    public void Solve_CapOnNights_LeavesWhatItCannotCover()
    {
        var kind = MadeAllocations.Kind("sin", "en", 5, MadeAllocations.Shift(10, 0, 2, nightHours: 2));
        var problem = MadeAllocations.Problem(2, [MadeAllocations.Line("en", 2, 2)], kind);

        var capped = new AllocationProblem(problem.Span, [new AllocationHub("sin", MaximumNightHours: 3)], problem.Lines, problem.Kinds);
        var result = Allocator.Solve(capped, gap: 0);

        result.NightHours.Should().BeApproximately(3, 1e-3);
        result.Cost.Should().BeApproximately(15 + 100, Tolerance);
        result.Findings.Should().Contain(f => f.StartsWith("The cap of 3.0 night hours of hub 'sin' is used up, and 1.0 head-hours are missing"));
        Allocator.Solve(problem with { MaximumNightHours = 0 }, gap: 0).NightHours.Should().Be(0);
    }

    [Test]
    public void Solve_FewSeats_TakesNoMoreThanThereAre()
    {
        var result = Allocator.Solve(Sun([new AllocationHub("east", Seats: 1), new AllocationHub("west")]), gap: 0);

        result.Cost.Should().BeApproximately(20 + 200 + 80, Tolerance, "one person in the east, one head missing for two hours");
    }

    // Two of four hours may be on severe work; the other line has work for all four.
    [Test]
    public void Solve_LimitedExposure_GivesTheRestOfTheShiftOtherWork()
    {
        var severe = new AllocationLine("child", "child", null, [1, 1, 1, 1], 200) { ExposureClass = 4 };
        var kind = MadeAllocations.Kind("sin", "child,en", 1, MadeAllocations.Shift(10, 0, 4)) with { LimitedHours = 2, LimitedClass = 4 };

        var result = Allocator.Solve(MadeAllocations.Problem(4, [severe, MadeAllocations.Line("en", 1, 1, 1, 1)], kind), gap: 0);

        result.Heads.Single(h => h.Line == "child").Heads.Sum().Should().BeApproximately(2, 1e-3);
        result.Cost.Should().BeApproximately(10 + 600, Tolerance, "two hours of either are missing, at 200 and at 100");
    }

    [Test]
    public void Solve_LeastPresence_IsKeptWhateverThereIsToDo()
    {
        var line = MadeAllocations.Line("child", 0.5, 0.5) with { Presence = [2, 2] };

        var result = Allocator.Solve(MadeAllocations.Problem(2, [line], MadeAllocations.Kind("sin", "child", 3, MadeAllocations.Shift(10, 0, 2))), gap: 0);

        result.Cost.Should().BeApproximately(20, Tolerance);
    }

    [TestCaseSource(nameof(Seeds))]
    public void Solve_RandomProblem_CostsWhatTheWholeProgrammeCosts(int seed)
    {
        var problem = RandomAllocation(seed);

        var result = Allocator.Solve(problem, gap: 0);

        result.Cost.Should().BeApproximately(CostOfAllColumns(problem), Tolerance);
        result.Bound.Should().BeApproximately(result.Cost, Tolerance).And.BeLessThanOrEqualTo(result.Cost + 1e-6);
        foreach (var (kind, people) in result.Shifts.GroupBy(s => s.Kind).Select(g => (g.Key, g.Sum(s => s.People))))
        {
            people.Should().BeLessThanOrEqualTo(kind.Moments[0] + 1e-6);
        }

        foreach (var line in problem.Lines.Where(l => l.MayWait is null))
        {
            for (var t = 0; t < line.Heads.Length; t++)
            {
                var given = result.Heads.Where(h => h.Line == line.Name).Sum(h => h.Heads[t])
                    + result.Missing.Where(m => m.Name == line.Name).Sum(m => m.Heads[t]);
                given.Should().BeGreaterThanOrEqualTo(line.Heads[t] - 1e-3);
            }
        }
    }

    [TestCaseSource(nameof(Seeds))]
    public void SolveFixedSplit_RandomProblem_NeverCostsLess(int seed)
    {
        var problem = RandomAllocation(seed);

        var (free, split) = (Allocator.Solve(problem, gap: 0), Allocator.SolveFixedSplit(problem, gap: 0));

        split.Cost.Should().BeGreaterThanOrEqualTo(free.Cost - Tolerance);
        split.Shares.GroupBy(s => s.Group).Should().AllSatisfy(g => g.Sum(s => s.Share).Should().BeApproximately(1, 1e-6));
        Allocator.Solve(problem, gap: 0).Should().BeEquivalentTo(free, "the same problem has the same answer");
    }

    [Test]
    public void Problem_CurveOfAnotherLength_SaysWhich() => FluentActions
        .Invoking(() => MadeAllocations.Problem(2, [MadeAllocations.Line("en", 1)])).Should().Throw<SchedulingDataException>()
        .WithMessage("line of work 'en': a curve has 1 values, the span 2 intervals.");

    [TestCase(double.NaN)]
    [TestCase(-1)]
    public void Line_HeadsUnusable_SaysWhere(double heads) => FluentActions.Invoking(() => MadeAllocations.Line("en", 1, heads)).Should()
        .Throw<SchedulingDataException>().WithMessage($"line of work 'en': Heads[1] is {heads}; it must lie between 0 and 1000000.");

    [Test]
    public void Hub_NegativeCap_IsRefused() => FluentActions.Invoking(() => new AllocationHub("sin", MaximumNightHours: -1)).Should()
        .Throw<SchedulingDataException>().WithMessage("hub 'sin': MaximumNightHours is -1; it must be finite and not negative.");

    private static IEnumerable<int> Seeds() => Enumerable.Range(1, 25);

    private static AllocationProblem RandomAllocation(int seed)
    {
        var random = new Random(seed);
        const int count = 4;
        return MadeAllocations.Problem(
            count,
            [
                MadeAllocations.Line("a", [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(0, 4))]),
                MadeAllocations.Line("b", [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(0, 4))]) with
                {
                    MayWait = [.. Enumerable.Range(0, count).Select(t => t == count - 1 ? 0.0 : random.Next(0, 3))],
                },
            ],
            [
                .. Skills.SelectMany(s => Places.Select(hub => MadeAllocations.Kind(
                    hub, s, random.Next(1, 4),
                    [.. Enumerable.Range(0, count - 1).Select(first => MadeAllocations.Shift(random.Next(5, 60), first, 2))]))),
            ]);
    }

    // The programme with every shift and every assignment of its hours as a column of its own, solved at once.
    private static double CostOfAllColumns(AllocationProblem problem)
    {
        var (count, lines) = (problem.Span.Count, problem.Lines.Count);
        double[] right = [.. problem.Lines.SelectMany(l => l.Heads), .. problem.Kinds.Select(k => k.Moments[0])];
        var simplex = new SparseSimplex(right);
        var basis = new int[right.Length];
        for (var row = 0; row < right.Length; row++)
        {
            basis[row] = simplex.Add(row < lines * count ? 100 : 0, double.PositiveInfinity, [row], [1]);
            if (row < lines * count) simplex.Add(0, double.PositiveInfinity, [row], [-1]);
        }

        foreach (var (l, line) in problem.Lines.Index().Where(l => l.Item.MayWait is not null))
        {
            for (var t = 0; t < count - 1; t++)
            {
                simplex.Add(0, line.MayWait![t], [(l * count) + t, (l * count) + t + 1], [1, -1]);
            }
        }

        foreach (var (k, kind) in problem.Kinds.Index())
        {
            int[] served = [.. Enumerable.Range(0, lines).Where(l => kind.Skills.Any(s => s.Group == problem.Lines[l].Group))];
            foreach (var offer in kind.Offers)
            {
                foreach (var first in served)
                {
                    foreach (var second in served)
                    {
                        simplex.Add(
                            offer.Cost, double.PositiveInfinity,
                            [(first * count) + offer.Intervals[0], (second * count) + offer.Intervals[1], (lines * count) + k], [1, 1, 1]);
                    }
                }
            }
        }

        simplex.Start(basis);
        simplex.Solve(CancellationToken.None);
        return simplex.Cost();
    }

    private static double[] Heads(AllocationResult result, string hub) => result.Heads.Single(h => h.Hub == hub).Heads;

    private static Action<double> Near(double expected) => value => value.Should().BeApproximately(expected, 1e-3);
}
