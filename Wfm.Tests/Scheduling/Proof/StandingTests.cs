using Wfm.Scheduling.Proof;
using Wfm.Scheduling.Simulation;

namespace Wfm.Tests.Scheduling.Proof;

public sealed class StandingTests
{
    private static readonly Lazy<(RosterService Service, double Probability)> Judged = new(() =>
    {
        var result = RosterProof.Prove(ProofCases.Case(ProofCases.Desk(10)), ProofCases.Brief with { Rounds = 0, Trials = 0 });
        return (result.Service, result.Queues.Single().Probability);
    });

    [Test]
    public void Of_ProbabilityBetweenLevelAndAim_HoldsWithADeficit()
    {
        var (service, probability) = Judged.Value;
        var (at, above) = (Standing.Of([ProofCases.Calls], service, probability, 1), Standing.Of([ProofCases.Calls], service, probability + 0.01, 1));

        (at.Holding, above.Holding).Should().Be((1, 0), "it holds at the level it reaches, whatever is aimed at");
        at.Deficit.Should().BeGreaterThanOrEqualTo(1 - probability, "what is missing to the aim counts").And.Be(above.Deficit);
        at.IsBetterThan(above).Should().BeTrue();
    }

    [Test]
    public void IsBetterThan_SameGoals_TakesTheOneNearerToTheAim()
    {
        new Standing(3, 3, 0.2).IsBetterThan(new Standing(3, 3, 0.3)).Should().BeTrue();
        new Standing(4, 4, 0.9).IsBetterThan(new Standing(3, 3, 0.1)).Should().BeTrue();
        new Standing(3, 6, 0.9).IsBetterThan(new Standing(4, 4, 0.1)).Should().BeTrue("a legal clock outweighs");
    }

    [TestCase(0, true)]
    [TestCase(30, true)]
    [TestCase(30.5, false)]
    public void IsBetterThan_MoreGoalsHold_NeverForMorePresenceMissed(double missed, bool isBetter)
    {
        var before = new ProofLoop.Turn([], [], 30, Judged.Value.Service, new Standing(3, 3, 1));

        (before with { MissedPresence = missed, Standing = new Standing(5, 5, 0) }).IsBetterThan(before).Should().Be(isBetter);
    }
}
