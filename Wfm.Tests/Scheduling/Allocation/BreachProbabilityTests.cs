using Wfm.Scheduling.Allocation;

namespace Wfm.Tests.Scheduling.Allocation;

public sealed class BreachProbabilityTests
{
    // P50 needs 4 heads, P90 needs 8. Six are half-way: enough with 0.5 + 0.4 / 2 = 0.7. Three of four are enough with 0.5 × 3 / 4.
    [TestCase(4, 0.5)]
    [TestCase(6, 0.3)]
    [TestCase(8, 0.1)]
    [TestCase(20, 0.1)] // above the highest level nothing is known
    [TestCase(3, 0.625)]
    [TestCase(0, 1)]
    public void Of_HeadsBetweenLevels_LiesOnTheLine(double heads, double expected)
    {
        var levels = new (double, IReadOnlyList<AllocationLine>)[] { (0.5, [MadeAllocations.Line("en", 4)]), (0.9, [MadeAllocations.Line("en", 8)]) };

        var breach = BreachProbability.Of(MadeAllocations.Span(1), levels, Given(heads)).Single();

        breach.Probability[0].Should().BeApproximately(expected, 1e-3);
    }

    // Three hours of work come in the first interval, one may wait; two are done, two are due: kept at P50. At P90 five come and one may wait, so four are
    // due.
    [Test]
    public void Of_WorkThatMayWait_ComparesWhatIsDoneWithWhatIsDue()
    {
        var levels = new (double, IReadOnlyList<AllocationLine>)[]
        {
            (0.5, [MadeAllocations.Line("de", 3) with { MayWait = [1] }]), (0.9, [MadeAllocations.Line("de", 5) with { MayWait = [1] }]),
        };

        BreachProbability.Of(MadeAllocations.Span(1), levels, Given(2, "de")).Single().Probability[0].Should().BeApproximately(0.5, 1e-3);
        BreachProbability.Of(MadeAllocations.Span(1), levels, Given(4, "de")).Single().Probability[0].Should().BeApproximately(0.1, 1e-3);
    }

    [Test]
    public void Mean_WeighsByTheHeadsNeeded()
    {
        LineBreach[] breaches = [new("a", [0.5, 0], [3, 0]), new("b", [0.1, 0.1], [0.5, 0.5])];

        BreachProbability.Mean(breaches).Should().BeApproximately(((0.5 * 3) + 0.1) / 4, 1e-12);
        BreachProbability.Mean([]).Should().Be(0);
    }

    [Test]
    public void Of_NothingNeeded_IsZero() => BreachProbability.Of(
            MadeAllocations.Span(1), [(0.5, [MadeAllocations.Line("en", 0)]), (0.9, [MadeAllocations.Line("en", 0)])], Given(0)).Single()
        .Probability[0].Should().Be(0);

    private static AllocationResult Given(double heads, string line = "en") =>
        new(0, 0, [], [new AllocatedHeads("dub", line, [heads])], [], [], [], [], [], new AllocationEffort(0, 0, 0, 0, 0, 0));
}
