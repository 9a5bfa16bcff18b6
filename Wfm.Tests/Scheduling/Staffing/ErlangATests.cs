using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Staffing;

public sealed class ErlangATests
{
    // 48 calls a minute of one minute, 50 agents, patience 2 minutes: Mandelbaum & Zeltyn, “Service engineering in action: the Palm/Erlang-A queue”, § 1.
    [Test]
    public void Metrics_FortyEightErlangsOnFifty_MatchMandelbaumZeltyn()
    {
        ErlangA.ProbabilityOfWait(48, 50, 60, 120).Should().BeApproximately(0.467774, 5e-7);
        ErlangA.Abandonment(48, 50, 60, 120).Should().BeApproximately(0.030912, 5e-7);
        (ErlangA.MeanWait(48, 50, 60, 120) / 60).Should().BeApproximately(0.061824, 5e-7);
        ErlangA.QueueLength(48, 50, 60, 120).Should().BeApproximately(2.967576, 5e-7);
        ErlangA.Occupancy(48, 50, 60, 120).Should().BeApproximately(0.930324, 5e-7);
        ErlangA.ServiceLevel(48, 50, 60, 120, 20).Should().BeApproximately(0.943019, 5e-7);
        ErlangA.ServiceLevelOfAnswered(48, 50, 60, 120, 20).Should().BeApproximately(0.973100, 5e-7);
    }

    // 100 contacts in 30 minutes of 3 minutes, patience 5 minutes, threshold 20 s: from the birth–death equations of M/M/N+M.
    [TestCase(14, 0.145260, 0.013984, 0.916792, 0.929794)]
    [TestCase(13, 0.225797, 0.024963, 0.858178, 0.880149)]
    public void Metrics_HundredInHalfAnHour_MatchBirthDeath(int agents, double wait, double abandonment, double level, double levelOfAnswered)
    {
        ErlangA.ProbabilityOfWait(10, agents, 180, 300).Should().BeApproximately(wait, 5e-7);
        ErlangA.Abandonment(10, agents, 180, 300).Should().BeApproximately(abandonment, 5e-7);
        ErlangA.ServiceLevel(10, agents, 180, 300, 20).Should().BeApproximately(level, 5e-7);
        ErlangA.ServiceLevelOfAnswered(10, agents, 180, 300, 20).Should().BeApproximately(levelOfAnswered, 5e-7);
    }

    [Test] // the same, overloaded
    public void Metrics_Overloaded_MatchBirthDeath()
    {
        ErlangA.ProbabilityOfWait(10, 8, 180, 300).Should().BeApproximately(0.847570, 5e-7);
        ErlangA.Abandonment(10, 8, 180, 300).Should().BeApproximately(0.231864, 5e-7);
        ErlangA.Occupancy(10, 8, 180, 300).Should().BeApproximately(0.960170, 5e-7);
    }

    [Test]
    public void Metrics_EndlessPatience_EqualErlangC()
    {
        ErlangA.ProbabilityOfWait(10, 14, 180, 1e12).Should().BeApproximately(0.174132, 5e-7);
        ErlangA.ServiceLevel(10, 14, 180, 1e12, 20).Should().BeApproximately(0.888350, 5e-7);
        ErlangA.AverageSpeedOfAnswer(10, 14, 180, 1e12).Should().BeApproximately(ErlangC.AverageSpeedOfAnswer(10, 14, 180), 1e-6);
        ErlangA.WaitQuantile(10, 14, 180, 1e12, 0.95).Should().BeApproximately(ErlangC.WaitQuantile(10, 14, 180, 0.95), 1e-5);
    }

    // Summing the birth–death states, the plain version, as an oracle: light, critical, overloaded; short and long patience; large.
    [TestCase(0.01, 1, 0.5)]
    [TestCase(0.5, 2, 3)]
    [TestCase(10, 14, 0.6)]
    [TestCase(10, 5, 0.05)]
    [TestCase(10, 5, 40)]
    [TestCase(10, 5, 3_000)]
    [TestCase(10, 11, 3_000)]
    [TestCase(100, 100, 1)]
    [TestCase(100, 60, 0.002)]
    [TestCase(400, 440, 0.01)]
    [TestCase(3_000, 2_900, 0.7)]
    public void Metrics_AnySize_MatchSumOfStates(double load, int agents, double delta)
    {
        var (wait, abandonment) = BirthDeath(load, agents, delta);

        ErlangA.ProbabilityOfWait(load, agents, 100, 100 / delta).Should().BeApproximately(wait, 1e-11);
        ErlangA.Abandonment(load, agents, 100, 100 / delta).Should().BeApproximately(abandonment, 1e-11 * Math.Max(abandonment, 1e-3));
    }

    // Little's law in two ways and the memoryless patience: P(abandon) = mean wait ÷ patience; the level at a far threshold is everybody answered.
    [TestCase(10, 14, 300)]
    [TestCase(10, 8, 300)]
    [TestCase(100, 90, 2_000)]
    public void ServiceLevel_FarThreshold_IsAllAnswered(double load, int agents, double patience) =>
        ErlangA.ServiceLevel(load, agents, 180, patience, 1e6).Should().BeApproximately(1 - ErlangA.Abandonment(load, agents, 180, patience), 1e-12);

    [Test] // mean wait of all = answered share × ASA + wait of those who leave, and it is the integral of the tail
    public void WaitQuantile_IntegratedOverShares_IsMeanWait()
    {
        const int Steps = 4_000;
        var mean = Enumerable.Range(0, Steps).Average(i => ErlangA.WaitQuantile(20, 20, 180, 240, (i + 0.5) / Steps));

        mean.Should().BeApproximately(ErlangA.MeanWait(20, 20, 180, 240), 0.01);
    }

    [Test] // E[V; answered] by a sum over states: a contact that finds j waiting waits for j + 1 departures, and stays with product of rates
    public void AverageSpeedOfAnswer_Critical_MatchesSumOfStates()
    {
        var (load, agents, delta) = (20.0, 20, 0.75);
        var (weight, served, waited, total) = (1.0, 0.0, 0.0, StatesBelow(load, agents));
        for (var j = 0; j < 2_000; j++)
        {
            total += weight;
            // Wait V = Σ_{k=0..j} Exp(N + kδ); E[e^(−δV)] and E[V e^(−δV)].
            var (stays, mean) = (1.0, 0.0);
            for (var k = 0; k <= j; k++)
            {
                stays *= (agents + k * delta) / (agents + (k + 1) * delta);
                mean += 1 / (agents + (k + 1) * delta);
            }
            served += weight * stays;
            waited += weight * stays * mean;
            weight *= load / (agents + (j + 1) * delta);
        }
        var answered = 1 - ErlangA.Abandonment(load, agents, 180, 240);

        ErlangA.AverageSpeedOfAnswer(load, agents, 180, 240).Should().BeApproximately(180 * waited / total / answered, 1e-9);
    }

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public Property RequiredAgents_AnyGoal_IsSmallest() =>
        Prop.ForAll(
            Gen.Choose(-1_000, 6_000).Select(x => Math.Exp(x / 1000.0)).ToArbitrary(),
            Goals(),
            (load, goal) =>
            {
                var agents = ErlangA.RequiredAgents(load, 240, goal);
                return Meets(load, agents, goal, 1e-9) && (agents == 1 || !Meets(load, agents - 1, goal, -1e-9));
            });

    [Test]
    public void RequiredAgents_GoalWithoutPatience_Throws() =>
        FluentActions.Invoking(() => ErlangA.RequiredAgents(10, 180, new ImmediateGoal(0.8, Duration.Zero))).Should().Throw<ArgumentException>()
            .WithParameterName("goal");

    [TestCase(-1, 12, 180, 300, "offeredLoad")]
    [TestCase(10, -2, 180, 300, "agents")]
    [TestCase(10, 12, 0, 300, "ahtSeconds")]
    [TestCase(10, 12, 180, 0, "patienceSeconds")]
    [TestCase(10, 12, 180, double.PositiveInfinity, "patienceSeconds")]
    public void Abandonment_BadArgument_NamesIt(double load, double agents, double aht, double patience, string name) =>
        FluentActions.Invoking(() => ErlangA.Abandonment(load, agents, aht, patience)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(name);

    [Test]
    public void Metrics_NoLoad_NobodyWaits()
    {
        ErlangA.ProbabilityOfWait(0, 3, 180, 300).Should().Be(0);
        ErlangA.ServiceLevel(0, 3, 180, 300, 0).Should().Be(1);
        ErlangA.WaitQuantile(0, 3, 180, 300, 0.99).Should().Be(0);
        ErlangA.RequiredAgents(0, 180, new ImmediateGoal(0.8, Duration.Zero, MeanPatience: Duration.FromMinutes(2))).Should().Be(0);
    }

    [Test]
    public void Metrics_HugeOverloadOfPatientCallers_FollowTheFluidLimit() // 1 − N/A abandon, and all wait
    {
        ErlangA.Abandonment(100_000, 80_000, 180, 18_000).Should().BeApproximately(0.2, 1e-9);
        ErlangA.ProbabilityOfWait(100_000, 80_000, 180, 18_000).Should().Be(1);
    }

    private static Arbitrary<ImmediateGoal> Goals() => (
        from kind in Gen.Choose(0, 2)
        from level in Gen.Choose(50, 95)
        from threshold in Gen.Choose(0, 120)
        from abandonment in Gen.Choose(1, 20)
        from patience in Gen.Choose(30, 2_000)
        select new ImmediateGoal(
            kind == 1 ? null : level / 100.0, kind == 1 ? null : Duration.FromSeconds(threshold), kind == 2 ? Duration.FromSeconds(threshold + 1) : null,
            kind == 2 ? 0.8 : null, kind == 0 ? null : abandonment / 100.0, Duration.FromSeconds(patience))).ToArbitrary();

    private static bool Meets(double load, int agents, ImmediateGoal goal, double slack)
    {
        var patience = (goal.MeanPatience ?? throw new InvalidOperationException("The goals of this test have a patience.")).TotalSeconds;
        return (goal.ServiceLevel is not { } level || ErlangA.ServiceLevel(load, agents, 240, patience, goal.ThresholdSeconds) >= level - slack)
            && ErlangA.AverageSpeedOfAnswer(load, agents, 240, patience) <= goal.MaximumAsaSeconds + slack
            && ErlangA.Abandonment(load, agents, 240, patience) <= (goal.MaximumAbandonment ?? 1) + slack
            && ErlangA.Occupancy(load, agents, 240, patience) <= (goal.MaximumOccupancy ?? 1) + slack;
    }

    /// <summary>Weights of the states with a free agent, relative to the state with N busy and nobody waiting.</summary>
    private static double StatesBelow(double load, int agents)
    {
        var (weight, sum) = (1.0, 0.0);
        for (var n = agents; n > 0; n--) sum += weight *= n / load;
        return sum;
    }

    private static (double Wait, double Abandonment) BirthDeath(double load, int agents, double delta)
    {
        var (weight, waiting, queue, below) = (1.0, 0.0, 0.0, StatesBelow(load, agents));
        for (var j = 0; j < 1_000_000 && (weight > 1e-18 * waiting || load > agents + j * delta); j++)
        {
            waiting += weight;
            queue += j * weight;
            weight *= load / (agents + (j + 1) * delta);
            if (weight < 1e200) continue;
            (weight, waiting, queue, below) = (weight / 1e200, waiting / 1e200, queue / 1e200, below / 1e200);
        }
        return (waiting / (waiting + below), delta * queue / (waiting + below) / load);
    }
}
