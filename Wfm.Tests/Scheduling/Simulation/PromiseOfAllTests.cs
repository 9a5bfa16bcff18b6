using NodaTime;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Simulation;

public sealed class PromiseOfAllTests
{
    private const int Hours = 100;
    private static readonly Duration Hour = Duration.FromHours(1);
    private static readonly double[] Busy = [.. Enumerable.Repeat(20.0, Hours - 1), 0];

    [TestCase(0.25, 1.0)] // the deed after ten of forty minutes
    [TestCase(0.5, 0.0)]
    [TestCase(1.0, 0.0)]
    public void Simulate_ClockThatStopsAtTheDeed_IsKeptBeforeTheHandlingEnds(double action, double inTime)
    {
        var queue = new SimulatedQueue(
            "orders", [[1.0, 0, 0]], [2400, 2400, 2400], new DeferrableGoal(Duration.FromMinutes(15), 1, ActionFraction: action))
        {
            Arrivals = ArrivalPattern.Even,
            HandleTime = HandleTime.Constant,
        };
        var scenario = new ServiceScenario([queue], [Agent(0, 3)], Hour);

        var report = ServiceSimulator.Simulate(scenario, new SimulationOptions(1, 1)).Queues[0];

        report.Attainment!.Value.Mean.Should().Be(inTime);
        report.Breaches.Mean.Should().Be(1 - inTime);
        Part(scenario).Days[0][0].InTime!.Value.Mean.Should().Be(inTime, "by the day it is the same");
    }

    [Test] // in hand when the horizon ends, but the deed is done
    public void Simulate_InHandAtTheEnd_IsDoneWhenTheDeedIs()
    {
        var queue = new SimulatedQueue("orders", [[1.0]], [3000], new DeferrableGoal(Duration.FromMinutes(15), 1, ActionFraction: 0.2))
        {
            Arrivals = ArrivalPattern.Even,
            HandleTime = HandleTime.Constant,
        };

        var report = ServiceSimulator.Simulate(new ServiceScenario([queue], [Agent(0, 1)], Hour), new SimulationOptions(1, 1)).Queues[0];

        (report.Attainment!.Value.Mean, report.Breaches.Mean).Should().Be((1, 0));
    }

    [TestCase(null, 1, 1.0)] // 1 of 1,980 is late: 99.95 %
    [TestCase(null, 4, 0.0)] // 99.8 %
    [TestCase(0.99, 4, 1.0)]
    [TestCase(1.0, 1, 0.0)] // all of them and not one less
    public void Simulate_PromiseOfAll_IsKeptByThePeriodInWhichWhatStandsForAllIsInTime(double? judged, int late, double kept)
    {
        var queue = new SimulatedQueue(
            "orders", [Busy], [.. Enumerable.Repeat(6.0, Hours)], new DeferrableGoal(Duration.FromMinutes(30), 1, JudgedFraction: judged))
        {
            Arrivals = ArrivalPattern.Even,
            HandleTime = HandleTime.Constant,
        };

        // one contact every three minutes; back when so many of them are half an hour old
        var away = new Stretch(10 * Hour, (10 * Hour) + Duration.FromMinutes(32 + (3 * (late - 1))));
        var agent = new SimulatedAgent("agent", [new AgentSkill(0)], [new WorkingPeriod(Duration.Zero, Hours * Hour, [away])]);
        var report = ServiceSimulator.Simulate(new ServiceScenario([queue], [agent], Hour), new SimulationOptions(1, 1)).Queues[0];

        report.Breaches.Mean.Should().Be(late);
        report.ProbabilityGoalMet.Should().Be(kept);
    }

    private static SimulatedPart Part(ServiceScenario scenario) =>
        RosterSimulation.Run(_ => scenario, [Duration.Zero], new SimulationOptions(1, 2), progress: null, CancellationToken.None);

    private static SimulatedAgent Agent(double from, double to) =>
        new("agent", [new AgentSkill(0)], [new WorkingPeriod(Duration.FromHours(from), Duration.FromHours(to))]);
}
