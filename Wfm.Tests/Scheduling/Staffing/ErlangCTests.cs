using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Staffing;

public sealed class ErlangCTests
{
    private static readonly ImmediateGoal EightyInTwenty = new(0.8, Duration.FromSeconds(20));

    // C = N·B ÷ (N − A(1 − B)): exact fractions for 2 and 3 servers; 300 E on 320 by the same formula.
    [TestCase(1, 2, 1.0 / 3)]
    [TestCase(2, 3, 4.0 / 9)]
    [TestCase(300, 320, 0.176081282)]
    public void ProbabilityOfWait_KnownCase_Matches(double load, int agents, double wait) =>
        ErlangC.ProbabilityOfWait(load, agents).Should().BeApproximately(wait, 5e-10);

    // 100 contacts in 30 minutes of 180 s, threshold 20 s, is the worked example of most Erlang C tutorials (10 E; 14 agents for 80/20).
    [TestCase(100, 1800, 180, 20, 11, 0.682118, 0.389614, 122.781277, 0.909091)]
    [TestCase(100, 1800, 180, 20, 12, 0.449388, 0.640158, 40.444940, 0.833333)]
    [TestCase(100, 1800, 180, 20, 13, 0.285270, 0.795595, 17.116227, 0.769231)]
    [TestCase(100, 1800, 180, 20, 14, 0.174132, 0.888350, 7.835937, 0.714286)]
    [TestCase(100, 1800, 180, 20, 15, 0.102042, 0.941453, 3.673525, 0.666667)]
    // 360 contacts in 30 minutes of 240 s, threshold 15 s: Mitan, “Introduction to Erlang B and Erlang C”, the 48 E example.
    [TestCase(360, 1800, 240, 15, 55, 0.238701, 0.845883, 8.184032, 0.872727)]
    public void Metrics_WorkedExample_Match(
        double volume, double interval, double aht, double threshold, int agents, double wait, double level, double asa, double occupancy)
    {
        var load = volume * aht / interval;

        ErlangC.ProbabilityOfWait(load, agents).Should().BeApproximately(wait, 5e-7);
        ErlangC.ServiceLevel(load, agents, aht, threshold).Should().BeApproximately(level, 5e-7);
        ErlangC.AverageSpeedOfAnswer(load, agents, aht).Should().BeApproximately(asa, 5e-7);
        ErlangC.Occupancy(load, agents).Should().BeApproximately(occupancy, 5e-7);
    }

    // M/M/50 at 48 calls a minute of one minute: Mandelbaum & Zeltyn, “Service engineering in action: the Palm/Erlang-A queue”, the comparison in § 1.
    [Test]
    public void Metrics_FortyEightErlangsOnFifty_MatchMandelbaumZeltyn()
    {
        ErlangC.ProbabilityOfWait(48, 50).Should().BeApproximately(0.694456, 5e-7);
        ErlangC.AverageSpeedOfAnswer(48, 50, 60).Should().BeApproximately(20.833668, 5e-7);
        ErlangC.QueueLength(48, 50).Should().BeApproximately(16.666935, 5e-7);
        ErlangC.WaitQuantile(48, 50, 60, 0.9).Should().BeApproximately(58.138742, 5e-7);
    }

    [Test]
    public void RequiredAgents_WorkedExample_IsFourteen() => ErlangC.RequiredAgents(10, 180, EightyInTwenty).Should().Be(14);

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property RequiredAgents_AnyLoadAndGoal_IsSmallest() => Prop.ForAll(Loads(), Goals(), (load, goal) =>
    {
        var agents = ErlangC.RequiredAgents(load, 240, goal);
        return Meets(load, agents, goal, 1e-9) && (agents - 1 <= load || !Meets(load, agents - 1, goal, -1e-9));
    });

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public Property RequiredAgents_MoreLoad_NeverFewer() => Prop.ForAll(Loads(), Loads(), (a, b) =>
        ErlangC.RequiredAgents(Math.Min(a, b), 240, EightyInTwenty) <= ErlangC.RequiredAgents(Math.Max(a, b), 240, EightyInTwenty));

    [TestCase(100_000)]
    [TestCase(0.01)]
    public void RequiredAgents_ExtremeLoad_IsSmallest(double load)
    {
        var agents = ErlangC.RequiredAgents(load, 180, EightyInTwenty);

        ErlangC.ServiceLevel(load, agents, 180, 20).Should().BeGreaterThanOrEqualTo(0.8);
        (agents - 1 <= load || ErlangC.ServiceLevel(load, agents - 1, 180, 20) < 0.8).Should().BeTrue();
    }

    [Test]
    public void RequiredAgents_NoLoad_IsZero() => ErlangC.RequiredAgents(0, 180, EightyInTwenty).Should().Be(0);

    [Test]
    public void RequiredAgents_OccupancyOnly_IsTheCeiling() =>
        ErlangC.RequiredAgents(8.5, 180, new ImmediateGoal(null, null, MaximumOccupancy: 0.85)).Should().Be(10); // 8.5 ÷ 0.85 = 10 exactly

    [Test]
    public void Metrics_NoSteadyState_AreInfiniteWaits()
    {
        ErlangC.ProbabilityOfWait(10, 10).Should().Be(1);
        ErlangC.ServiceLevel(10, 9, 180, 20).Should().Be(0);
        ErlangC.AverageSpeedOfAnswer(10, 9, 180).Should().Be(double.PositiveInfinity);
        ErlangC.QueueLength(10, 10).Should().Be(double.PositiveInfinity);
        ErlangC.WaitQuantile(10, 10, 180, 0.5).Should().Be(double.PositiveInfinity);
    }

    [Test]
    public void ProbabilityOfWait_BetweenWholeAgents_LiesBetweenThem() =>
        ErlangC.ProbabilityOfWait(10, 13.5).Should().BeInRange(ErlangC.ProbabilityOfWait(10, 14), ErlangC.ProbabilityOfWait(10, 13));

    [Test]
    public void WaitQuantile_ShareThatNeverWaits_IsZero() => ErlangC.WaitQuantile(10, 14, 180, 0.8).Should().Be(0);

    [TestCase(-1, 12, 180, 20, "offeredLoad")]
    [TestCase(double.NaN, 12, 180, 20, "offeredLoad")]
    [TestCase(10, 0, 180, 20, "agents")]
    [TestCase(10, double.PositiveInfinity, 180, 20, "agents")]
    [TestCase(10, 12, 0, 20, "ahtSeconds")]
    [TestCase(10, 12, double.NaN, 20, "ahtSeconds")]
    [TestCase(10, 12, 180, -1, "thresholdSeconds")]
    public void ServiceLevel_BadArgument_NamesIt(double load, double agents, double aht, double threshold, string name) =>
        FluentActions.Invoking(() => ErlangC.ServiceLevel(load, agents, aht, threshold)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(name);

    [Test]
    public void WaitQuantile_ProbabilityOne_Throws() =>
        FluentActions.Invoking(() => ErlangC.WaitQuantile(10, 12, 180, 1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("probability");

    private static Arbitrary<double> Loads() => Gen.Choose(-2_000, 7_000).Select(x => Math.Exp(x / 1000.0)).ToArbitrary(); // 0.14 to 1100 erlangs

    private static Arbitrary<ImmediateGoal> Goals() => (
        from kind in Gen.Choose(0, 3)
        from level in Gen.Choose(50, 99)
        from threshold in Gen.Choose(0, 120)
        from asa in Gen.Choose(1, 100)
        from occupancy in Gen.Choose(60, 100)
        select new ImmediateGoal(
            kind == 1 ? null : level / 100.0, kind == 1 ? null : Duration.FromSeconds(threshold),
            kind is 1 or 2 ? Duration.FromSeconds(asa) : null, kind is 2 or 3 ? occupancy / 100.0 : null)).ToArbitrary();

    private static bool Meets(double load, int agents, ImmediateGoal goal, double slack) => agents > load
        && (goal.ServiceLevel is not { } level || ErlangC.ServiceLevel(load, agents, 240, goal.ThresholdSeconds) >= level - slack)
        && ErlangC.AverageSpeedOfAnswer(load, agents, 240) <= goal.MaximumAsaSeconds + slack
        && ErlangC.Occupancy(load, agents) <= (goal.MaximumOccupancy ?? 1) + slack;
}
