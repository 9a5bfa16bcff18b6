using NodaTime;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Staffing;

public sealed class ErlangCalculatorTests
{
    private static readonly Duration HalfHour = Duration.FromMinutes(30);
    private static readonly Duration ThreeMinutes = Duration.FromMinutes(3);
    private static readonly Duration TwentySeconds = Duration.FromSeconds(20);

    [Test]
    public void Evaluate_ErlangC_HasEveryFigureOfTheModel()
    {
        var figures = ErlangCalculator.Evaluate(QueueModel.ErlangC, 100, HalfHour, ThreeMinutes, 14, TwentySeconds);

        figures.OfferedLoad.Should().BeApproximately(10, 1e-12);
        figures.Stable.Should().BeTrue();
        figures.ProbabilityOfWait.Should().BeApproximately(0.174132, 5e-7);
        figures.ServiceLevel.Should().BeApproximately(0.888350, 5e-7);
        figures.AsaSeconds.Should().BeApproximately(7.835937, 5e-7);
        figures.Occupancy.Should().BeApproximately(0.714286, 5e-7);
        figures.QueueLength.Should().BeApproximately(10 * 7.835937 / 180, 5e-7); // Little: load × ASA ÷ AHT
        figures.Abandonment.Should().Be(0);
        figures.Blocking.Should().BeNull();
    }

    [Test]
    public void Evaluate_ErlangCOverloaded_HasNoWaitsInsteadOfInfinity()
    {
        var figures = ErlangCalculator.Evaluate(QueueModel.ErlangC, 100, HalfHour, ThreeMinutes, 9, TwentySeconds);

        figures.Stable.Should().BeFalse();
        figures.ServiceLevel.Should().Be(0);
        figures.AsaSeconds.Should().BeNull();
        figures.QueueLength.Should().BeNull();
        figures.WaitP90Seconds.Should().BeNull();
    }

    [Test]
    public void Evaluate_ErlangA_HasAbandonment()
    {
        var figures = ErlangCalculator.Evaluate(QueueModel.ErlangA, 100, HalfHour, ThreeMinutes, 14, TwentySeconds, Duration.FromMinutes(5));

        figures.Abandonment.Should().BeApproximately(0.013984, 5e-7);
        figures.ServiceLevel.Should().BeApproximately(0.916792, 5e-7);
        figures.ServiceLevelOfAnswered.Should().BeApproximately(0.929794, 5e-7);
    }

    [Test]
    public void Evaluate_ErlangB_HasBlockingOnly()
    {
        var figures = ErlangCalculator.Evaluate(QueueModel.ErlangB, 100, HalfHour, ThreeMinutes, 17);

        figures.Blocking.Should().BeApproximately(0.012948875, 5e-10);
        figures.Occupancy.Should().BeApproximately(10 * (1 - 0.012948875) / 17, 1e-9);
        figures.ProbabilityOfWait.Should().BeNull();
    }

    [Test]
    public void Require_Goal_FindsTheFewestAgents()
    {
        ErlangCalculator.Require(100, HalfHour, ThreeMinutes, new ImmediateGoal(0.8, TwentySeconds)).Agents.Should().Be(14);
        ErlangCalculator.Require(100, HalfHour, ThreeMinutes, new ImmediateGoal(0.85, TwentySeconds, MeanPatience: Duration.FromMinutes(5))).Agents.Should()
            .Be(13);
        ErlangCalculator.RequireServers(100, HalfHour, ThreeMinutes, 0.02).Agents.Should().Be(17);
    }

    [Test]
    public void Evaluate_NoVolume_NobodyWaits()
    {
        foreach (var model in Enum.GetValues<QueueModel>())
        {
            var figures = ErlangCalculator.Evaluate(model, 0, HalfHour, ThreeMinutes, 1, TwentySeconds, model == QueueModel.ErlangA ? HalfHour : null);

            figures.Occupancy.Should().Be(0);
            (figures.Blocking ?? figures.ProbabilityOfWait).Should().Be(0);
        }
    }

    [Test]
    public void Evaluate_BadArgument_NamesIt()
    {
        Refused(() => ErlangCalculator.Evaluate((QueueModel)7, 1, HalfHour, ThreeMinutes, 1), "model");
        Refused(() => ErlangCalculator.Evaluate(QueueModel.ErlangC, -1, HalfHour, ThreeMinutes, 1), "volume");
        Refused(() => ErlangCalculator.Evaluate(QueueModel.ErlangC, 1e12, HalfHour, ThreeMinutes, 1), "volume");
        Refused(() => ErlangCalculator.Evaluate(QueueModel.ErlangC, 1, Duration.Zero, ThreeMinutes, 1), "interval");
        Refused(() => ErlangCalculator.Evaluate(QueueModel.ErlangC, 1, HalfHour, -ThreeMinutes, 1), "aht");
        Refused(() => ErlangCalculator.Evaluate(QueueModel.ErlangC, 1, HalfHour, ThreeMinutes, 0), "agents");
        Refused(() => ErlangCalculator.Evaluate(QueueModel.ErlangC, 1, HalfHour, ThreeMinutes, 1, -ThreeMinutes), "threshold");
        Refused(() => ErlangCalculator.Evaluate(QueueModel.ErlangC, 1, HalfHour, ThreeMinutes, 1, meanPatience: HalfHour), "meanPatience");
        Refused(() => ErlangCalculator.Evaluate(QueueModel.ErlangA, 1, HalfHour, ThreeMinutes, 1), "meanPatience");
        Refused(() => ErlangCalculator.RequireServers(1, HalfHour, ThreeMinutes, 0), "maximumBlocking");
    }

    private static void Refused(Func<object> call, string name) => call.Should().Throw<ArgumentException>().WithParameterName(name);
}
