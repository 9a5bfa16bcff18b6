using NodaTime;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Simulation;

public sealed class HandoverTests
{
    private static readonly Duration Hour = Duration.FromHours(1);

    [Test]
    public void Simulate_ShiftEndsOnACall_FinishesItWhateverTheRule()
    {
        var call = new SimulatedQueue(
            "call",
            [
                [1.0, 0],
            ],
            [5400.0, 5400], new ImmediateGoal(0.8, Duration.FromSeconds(20)))
        {
            Arrivals = ArrivalPattern.Even,
            HandleTime = HandleTime.Constant,
        };

        var (report, trace) = Run([call], [Agent("early", 0, 1), Agent("late", 1, 2)]);

        trace.Contacts.Select(c => (c.Agent, c.Start, c.End)).Should().Equal((0, 1800, 7200)); // arrives at half past, lasts an hour and a half
        report.OvertimeHours.Mean.Should().BeApproximately(1, 1e-12);
    }

    [Test]
    public void Simulate_HandedBackWithAColleagueFree_GoesOnAtOnce()
    {
        var (report, trace) = Run([Tickets(contacts: 1)], [Agent("early", 0, 1), Agent("there", 0.5, 3)], hours: 3);

        trace.Contacts.Select(c => (c.Agent, c.Start, c.End)).Should().Equal((0, 0, 3600), (1, 3600, 5400));
        report.Queues[0].Answered.Mean.Should().Be(1, "a contact handed over is answered once");
        report.Queues[0].Attainment!.Value.Mean.Should().Be(1);
    }

    [Test] // three waiting, the oldest is in hand when the shift ends: it goes back to the front, not to the end
    public void Simulate_HandedBackWithNobodyFree_KeepsItsPlaceByAge()
    {
        var (_, trace) = Run([Tickets(contacts: 3)], [Agent("early", 0, 1), Agent("late", 2, 9)], hours: 9);

        var oldest = trace.Contacts[0].Arrival;
        trace.Contacts[1].Arrival.Should().Be(oldest);
        trace.Contacts[1].Start.Should().Be(7200);
        trace.Contacts[1].End.Should().Be(7200 + 1800, "an hour of the hour and a half was done");
        trace.Contacts.Skip(1).Select(c => c.Arrival).Should().BeInAscendingOrder();
    }

    [Test]
    public void Simulate_HandedBackAndNeverTaken_IsLeftAndNotAnswered()
    {
        var (report, _) = Run([Tickets(contacts: 1)], [Agent("early", 0, 1)]);

        report.Queues[0].Answered.Mean.Should().Be(0);
        report.Queues[0].Left.Mean.Should().Be(1);
        report.OvertimeHours.Mean.Should().Be(0);
    }

    [Test]
    public void Simulate_BreakInTheMiddleOfATicket_FinishesItFirstAndKeepsItsLength()
    {
        var agent = new SimulatedAgent("agent", [new AgentSkill(0)], [new WorkingPeriod(Duration.Zero, 8 * Hour, [new Stretch(Hour, 2 * Hour)])]);

        var (_, trace) = Run([Tickets(contacts: 2)], [agent], hours: 8);

        trace.Contacts.Select(c => (c.Start, c.End)).Should().Equal((0, 5400), (9000, 14_400));
    }

    [Test]
    public void Simulate_FasterColleague_NeedsLessForWhatIsLeft()
    {
        var fast = new SimulatedAgent("fast", [new AgentSkill(0, 2)], [new WorkingPeriod(Hour, 3 * Hour)]);

        var (_, trace) = Run([Tickets(contacts: 1)], [Agent("early", 0, 1), fast], hours: 3);

        trace.Contacts[1].End.Should().Be(3600 + 900);
    }

    private static (ServiceReport Report, SimulationTrace Trace) Run(SimulatedQueue[] queues, SimulatedAgent[] agents, int hours = 2)
    {
        var trace = new SimulationTrace();
        SimulatedQueue[] whole = [.. queues.Select(q => q.AhtSeconds.Length == hours ? q : Tickets(q.OpeningBacklog[0].Contacts, hours))];
        return (
            ServiceSimulator.Simulate(new ServiceScenario(whole, agents, Hour, handover: Handover.ReturnDeferrable), new SimulationOptions(1, 1), trace), trace
        );
    }

    private static SimulatedAgent Agent(string name, double from, double to) =>
        new(name, [new AgentSkill(0)], [new WorkingPeriod(Duration.FromHours(from), Duration.FromHours(to))]);

    /// <summary>Tickets of an hour and a half that wait at the start, one to three hours old.</summary>
    private static SimulatedQueue Tickets(int contacts, int hours = 2) => new(
        "tickets", [new double[hours]], [.. Enumerable.Repeat(5400.0, hours)], new DeferrableGoal(20 * Hour, 1))
    {
        HandleTime = HandleTime.Constant,
        OpeningBacklog = [new OpenContacts(contacts, Hour, 3 * Hour)],
    };
}
