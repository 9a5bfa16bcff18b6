using NodaTime;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Simulation;

public sealed class UrgencyTests
{
    private static readonly Duration Hour = Duration.FromHours(1);

    [TestCase(4, 3, 0)] // slack 4 h ÷ weight 2 = 2 h against 3 h
    [TestCase(8, 3, 1)] // 4 h against 3 h
    public void Simulate_SeverityDoublesTheWeight_SmallestWeightedSlackGoesFirst(int severeHours, int harmlessHours, int first) =>
        First(Waiting("severe", severeHours) with { Severity = 1 }, Waiting("harmless", harmlessHours)).Should().Be(first);

    [TestCase(4, 0)]
    [TestCase(8, 1)]
    public void Simulate_TwiceTheReach_CountsLikeAStepOfSeverity(int hours, int first) =>
        First(Waiting("seen by many", hours) with { Reach = 2 }, Waiting("seen by few", 3)).Should().Be(first);

    [Test] // one hour overdue × 2 comes before an hour and a half × 1
    public void Simulate_OverdueContacts_SeverityStillCounts() =>
        First(Waiting("severe", 1, ageHours: 2) with { Severity = 1 }, Waiting("harmless", 1, ageHours: 2.5)).Should().Be(0);

    [Test]
    public void Simulate_EqualWeights_IsEarliestDeadlineFirst() => First(Waiting("a", 5), Waiting("b", 4), Waiting("c", 6)).Should().Be(1);

    [Test] // a legal clock of two days against an internal one of the highest severity, reach and priority, already late
    public void Simulate_LegalClockWithAllTheTime_OutranksAnInternalOneThatIsLate() =>
        First(
                Waiting("internal", 1, ageHours: 30) with
                {
                    Severity = 4,
                    Reach = 100,
                    Priority = 1,
                },
                Waiting("legal", 48) with
                {
                    LegalClock = true,
                    Priority = 9,
                })
            .Should().Be(1);

    [Test]
    public void Simulate_QueuePriority_GoesBeforeSlack() =>
        First(Waiting("first", 40) with { Priority = 1 }, Waiting("second", 1) with { Priority = 2 }).Should().Be(0);

    [TestCase(ClockKind.Immediate, 0)]
    [TestCase(ClockKind.Legal, 1)]
    public void Simulate_OrderOfTheRule_DecidesBetweenCallsAndLegalClocks(ClockKind highest, int first)
    {
        ClockKind[] order =
            highest == ClockKind.Immediate
                ? [ClockKind.Immediate, ClockKind.Legal, ClockKind.Internal]
                : [ClockKind.Legal, ClockKind.Immediate, ClockKind.Internal];
        var calls = new SimulatedQueue("calls", [[20.0, 0]], [60.0, 60], new ImmediateGoal(0.8, Duration.FromSeconds(20))) { Arrivals = ArrivalPattern.Even };
        var legal = Waiting("legal", 48) with { LegalClock = true };

        Served(new UrgencyRule(order, [1]), [calls, legal], startsAfter: Hour).First().Queue.Should().Be(first);
    }

    private static int First(params SimulatedQueue[] queues) => Served(UrgencyRule.Default, queues, Duration.Zero).First().Queue;

    private static List<SimulationTrace.Served> Served(UrgencyRule rule, SimulatedQueue[] queues, Duration startsAfter)
    {
        var trace = new SimulationTrace();
        var agent = new SimulatedAgent("agent", [.. queues.Select((_, q) => new AgentSkill(q))], [new WorkingPeriod(startsAfter, 2 * Hour)]);
        ServiceSimulator.Simulate(new ServiceScenario(queues, [agent], Hour, rule), new SimulationOptions(1, 1), trace);
        return [.. trace.Contacts.OrderBy(c => c.Start)];
    }

    /// <summary>One contact that waits at the start and is due after so many hours from its arrival.</summary>
    private static SimulatedQueue Waiting(string name, double turnaroundHours, double ageHours = 0) =>
        new(name, [[0.0, 0]], [60.0, 60], new DeferrableGoal(Duration.FromHours(turnaroundHours), 1))
        {
            HandleTime = HandleTime.Constant,
            OpeningBacklog = [new OpenContacts(1, Duration.FromHours(ageHours), Duration.FromHours(ageHours))],
        };
}
