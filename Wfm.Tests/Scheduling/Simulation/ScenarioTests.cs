using NodaTime;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Simulation;

public sealed class ScenarioTests
{
    private static readonly Duration Hour = Duration.FromHours(1);
    private static readonly ImmediateGoal Goal = new(0.8, Duration.FromSeconds(20));

    [Test]
    public void SimulatedQueue_BadValue_NamesItWithItsIndex()
    {
        Refused(() => Queue([[1, -1]], [60, 60]), "volumePaths[0][1]");
        Refused(() => Queue([[1, 1], [1, double.NaN]], [60, 60]), "volumePaths[1][1]");
        Refused(() => Queue([[1, 1]], [60, 0]), "ahtSeconds[1]");
        Refused(() => Queue([[1, 1]], [60]), "ahtSeconds");
        Refused(() => Queue([], [60]), "volumePaths");
        Refused(() => Queue([[]], []), "volumePaths[0]");
        Refused(() => Queue([[1]], [60]) with { Priority = 0 }, "Priority");
        Refused(() => Queue([[1]], [60]) with { Severity = -1 }, "Severity");
        Refused(() => Queue([[1]], [60]) with { Reach = 0 }, "Reach");
        Refused(() => Queue([[1]], [60]) with { Arrivals = (ArrivalPattern)9 }, "Arrivals");
        Refused(() => Queue([[1]], [60]) with { Open = [true, true] }, "Open");
        Refused(() => Queue([[1]], [60]) with { OpeningBacklog = [new OpenContacts(1, Hour, Hour)] }, "OpeningBacklog");
        Refused(() => Tickets() with { OpeningBacklog = [new(1, Hour, Hour), new(-1, Hour, Hour)] }, "OpeningBacklog[1].Contacts");
        Refused(() => Tickets() with { OpeningBacklog = [new(1, Hour, Duration.Zero)] }, "OpeningBacklog[0].Oldest");
        Refused(() => Queue([[1]], [60]) with { HandleTime = null! }, "HandleTime");
        Refused(() => Queue([[1]], [60]) with { Concurrency = null! }, "Concurrency");
    }

    [Test]
    public void SimulatedAgent_BadValue_NamesItWithItsIndex()
    {
        Refused(() => Agent([new(0), new(-1)]), "skills[1].Queue");
        Refused(() => Agent([new(0), new(0)]), "skills[1].Queue");
        Refused(() => Agent([new(0, 0)]), "skills[0].Speed");
        Refused(() => Agent([new(0)], new WorkingPeriod(Hour, Hour)), "periods[0].End");
        Refused(() => Agent([new(0)], new(Hour, 3 * Hour), new(2 * Hour, 4 * Hour)), "periods[1].Start");
        Refused(() => Agent([new(0)], new WorkingPeriod(Hour, 3 * Hour, [new(Duration.Zero, Hour)])), "periods[0].Breaks[0].Start");
        Refused(() => Agent([new(0)], new WorkingPeriod(Hour, 3 * Hour, [new(Hour, Hour)])), "periods[0].Breaks[0].End");
        Refused(() => Agent([new(0)], new WorkingPeriod(Hour, 3 * Hour, [new(2 * Hour, 4 * Hour)])), "periods[0].Breaks[0].End");
    }

    [Test]
    public void ServiceScenario_PartsThatDoNotFit_NameThem()
    {
        Refused(() => new ServiceScenario([], [Agent([new(0)])], Hour), "queues");
        Refused(() => new ServiceScenario([Queue([[1]], [60])], [], Hour), "agents");
        Refused(() => new ServiceScenario([Queue([[1]], [60])], [Agent([new(0)])], Duration.Zero), "interval");
        Refused(() => new ServiceScenario([Queue([[1]], [60]), Queue([[1, 1]], [60, 60])], [Agent([new(0)])], Hour), "queues[1].AhtSeconds");
        Refused(() => new ServiceScenario([Queue([[1]], [60])], [Agent([new(0)]), Agent([new(1)])], Hour), "agents[1].Skills[0].Queue");
        Refused(() => new ServiceScenario([Queue([[1]], [60]) with { Severity = 5 }], [Agent([new(0)])], Hour), "queues[0].Severity");
        Refused(() => new ServiceScenario([Queue([[1]], [60]) with { Severity = 1 }], [Agent([new(0)])], Hour, new(1, [1])), "queues[0].Severity");
        Refused(() => new SimulationOptions(1, 0), "replications");
        Refused(() => new SimulationOptions(1, confidence: 1), "confidence");
        Refused(() => new SimulationOptions(1, warmUp: -Hour), "warmUp");
    }

    private static SimulatedQueue Queue(double[][] volume, double[] aht) => new("voice", volume, aht, Goal);

    private static SimulatedQueue Tickets() => new("tickets", [[1.0]], [60.0], new DeferrableGoal(Hour, 0.9));

    private static SimulatedAgent Agent(AgentSkill[] skills, params WorkingPeriod[] periods) => new("agent", skills, periods);

    private static void Refused(Func<object> make, string name) => make.Should().Throw<ArgumentException>().WithParameterName(name);
}
