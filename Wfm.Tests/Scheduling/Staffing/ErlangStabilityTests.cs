using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Staffing;

/// <summary>Erlang B, C and A from 0.01 to 100,000 erlangs and 1 to 120,000 agents: finite, monotone, and right to the last digits.</summary>
public sealed class ErlangStabilityTests
{
    private const double Rounding = 1e-12; // relative: two neighbouring values may differ by this much in the wrong direction

    private static readonly double[] Loads = [0.01, 0.1, 0.7, 1, 3.3, 10, 47.9, 100, 333, 1_000, 4_999.5, 10_000, 31_623, 99_999, 100_000];

    [TestCase(0.01, 1)]
    [TestCase(0.01, 6)]
    [TestCase(0.1, 150)]
    [TestCase(0.1, 40)]
    [TestCase(0.7, 1)]
    [TestCase(47.9, 48)]
    [TestCase(47.9, 20)]
    [TestCase(100, 190)]
    [TestCase(1_000, 1_001)]
    [TestCase(4_999.5, 5_000)]
    [TestCase(10_000, 10_237)]
    [TestCase(10_000, 13_000)]
    [TestCase(99_999, 100_000)]
    [TestCase(100_000, 1)]
    [TestCase(100_000, 60_000)]
    [TestCase(100_000, 100_001)]
    [TestCase(100_000, 101_000)]
    [TestCase(100_000, 110_000)]
    public void BlockingAndWaiting_AnySize_AgreeWithExactArithmetic(double load, int agents)
    {
        Same(ErlangB.Blocking(load, agents), ExactErlang.Blocking(load, agents));
        Same(ErlangC.ProbabilityOfWait(load, agents), ExactErlang.Waiting(load, agents));
    }

    [TestCase(0.01, 1, 0.5)]
    [TestCase(0.01, 4, 60)]
    [TestCase(0.7, 40, 1)]
    [TestCase(10, 14, 0.6)]
    [TestCase(10, 5, 0.05)]
    [TestCase(47.9, 48, 300)]
    [TestCase(1_000, 1_001, 0.5)]
    [TestCase(1_000, 900, 0.2)]
    [TestCase(4_999.5, 5_100, 2)]
    [TestCase(10_000, 1, 0.5)]
    [TestCase(100_000, 100_001, 0.5)]
    [TestCase(100_000, 99_000, 2)]
    [TestCase(100_000, 101_000, 0.25)]
    [TestCase(100_000, 80_000, 4)]
    public void Impatient_AnySize_AgreesWithExactArithmetic(double load, int agents, double delta)
    {
        var (waiting, abandonment, occupancy) = ExactErlang.Impatient(load, agents, delta);

        Same(ErlangA.ProbabilityOfWait(load, agents, 1, 1 / delta), waiting);
        Same(ErlangA.Abandonment(load, agents, 1, 1 / delta), abandonment);
        Same(ErlangA.Occupancy(load, agents, 1, 1 / delta), occupancy);
    }

    [TestCaseSource(nameof(Loads))]
    public void Blocking_MoreServers_FallsAndIsFinite(double load) => FallsWithAgents(load, n => [ErlangB.Blocking(load, n)]);

    [TestCaseSource(nameof(Loads))]
    public void ErlangC_MoreAgents_AllFallAndAreFinite(double load) => FallsWithAgents(load, n =>
        n <= load ? [1, 1, 1] : [ErlangC.ProbabilityOfWait(load, n), 1 - ErlangC.ServiceLevel(load, n, 180, 20), ErlangC.Occupancy(load, n)]);

    [TestCaseSource(nameof(Loads))]
    public void ErlangC_MoreAgents_WaitsFallAndAreFiniteAboveTheLoad(double load) => FallsWithAgents(load, n =>
        n <= load ? [double.MaxValue, double.MaxValue, double.MaxValue]
            : [ErlangC.AverageSpeedOfAnswer(load, n, 180), ErlangC.QueueLength(load, n), ErlangC.WaitQuantile(load, n, 180, 0.9)]);

    [TestCaseSource(nameof(Loads))]
    public void ErlangA_MoreAgents_AllFallAndAreFinite(double load)
    {
        foreach (var patience in new[] { 5.0, 180, 20_000 })
        {
            FallsWithAgents(
                load,
                n =>
                    [
                        ErlangA.ProbabilityOfWait(load, n, 180, patience),
                        ErlangA.Abandonment(load, n, 180, patience),
                        1 - ErlangA.ServiceLevel(load, n, 180, patience, 20),
                        ErlangA.Occupancy(load, n, 180, patience),
                        ErlangA.WaitQuantile(load, n, 180, patience, 0.9),
                    ]);
        }
    }

    [Test]
    public void BlockingAndWaiting_MoreLoad_Rise()
    {
        foreach (var agents in new[] { 1, 2, 17, 100, 1_234, 10_000, 120_000 })
        {
            double[] last = [0, 0, 0, 0];
            foreach (var load in Loads)
            {
                double[] now =
                [
                    ErlangB.Blocking(load, agents), ErlangC.ProbabilityOfWait(load, agents), ErlangA.ProbabilityOfWait(load, agents, 180, 240),
                    ErlangA.Abandonment(load, agents, 180, 240),
                ];
                for (var i = 0; i < now.Length; i++) now[i].Should().BeInRange(last[i] * (1 - Rounding), 1, "{0} agents, {1} E, figure {2}", agents, load, i);
                last = now;
            }
        }
    }

    private static void FallsWithAgents(double load, Func<int, double[]> figures)
    {
        double[]? last = null;
        foreach (var agents in Agents(load))
        {
            var now = figures(agents);
            for (var i = 0; i < now.Length; i++)
            {
                double.IsFinite(now[i]).Should().BeTrue("{0} E, {1} agents, figure {2} is {3}", load, agents, i, now[i]);
                now[i].Should().BeInRange(
                        0, last is null ? double.MaxValue : Math.Max(last[i] * (1 + Rounding), last[i] + 1e-15), "{0} E, {1} agents, figure {2}", load, agents,
                        i);
            }
            last = now;
        }
    }

    /// <summary>1 to 120,000 in growing steps, and one by one where the load is.</summary>
    private static IEnumerable<int> Agents(double load)
    {
        var spread = Enumerable.Range(0, 60).Select(i => (int)Math.Round(Math.Pow(120_000, i / 59.0)));
        var near = Enumerable.Range(-6, 13).Select(i => (int)load + i).Concat(Enumerable.Range(-3, 7).Select(i => (int)(load + i * Math.Sqrt(load))));
        return spread.Concat(near).Where(n => n is >= 1 and <= 120_000).Distinct().Order();
    }

    private static void Same(double value, double exact) => value.Should().BeApproximately(exact, 2e-12 * exact + double.Epsilon);
}
