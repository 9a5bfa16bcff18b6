using NodaTime;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;
using Wfm.Scheduling.Staffing.Deferrable;

namespace Wfm.Tests.Scheduling.Simulation;

public sealed class ServiceSimulatorTests
{
    private static readonly Duration Hour = Duration.FromHours(1);
    private static readonly Duration Quarter = Duration.FromMinutes(15);

    // 30 cases with the next test, each at 99 %: about one grid in four misses somewhere by chance, so the seed is fixed.
    [Test]
    public void Simulate_OneQueue_ServiceLevelIsErlangC(
        [Values(1, 5, 12, 30)] int agents, [Values(0.6, 0.75, 0.85)] double occupancy)
    {
        const double Aht = 180;
        var (report, load) = Steady(agents, occupancy, Aht, patience: null);

        report.Queues[0].ServiceLevel!.Value.Covers(ErlangC.ServiceLevel(load, agents, Aht, 20)).Should()
            .BeTrue("{0} against {1}", report.Queues[0].ServiceLevel, ErlangC.ServiceLevel(load, agents, Aht, 20));
    }

    [Test]
    public void Simulate_ImpatientQueue_AbandonmentIsErlangA(
        [Values(2, 8, 25)] int agents, [Values(0.8, 1.0, 1.2)] double occupancy, [Values(60, 180)] double patience)
    {
        const double Aht = 180;
        var (report, load) = Steady(agents, occupancy, Aht, patience);

        report.Queues[0].Abandonment!.Value.Covers(ErlangA.Abandonment(load, agents, Aht, patience)).Should()
            .BeTrue("{0} against {1}", report.Queues[0].Abandonment, ErlangA.Abandonment(load, agents, Aht, patience));
    }

    [Test]
    public void Simulate_RandomScenarios_LoseNoContactAndRespectAgents([Range(1, 40)] int seed)
    {
        var scenario = RandomScenario(seed);
        var trace = new SimulationTrace();
        var report = ServiceSimulator.Simulate(scenario, new SimulationOptions(seed, 1), trace);

        foreach (var queue in report.Queues)
        {
            (queue.Answered.Mean + queue.Abandoned.Mean + queue.Left.Mean).Should().Be(queue.Offered.Mean + queue.Opening.Mean);
        }
        foreach (var served in trace.Contacts)
        {
            scenario.Agents[served.Agent].Skills.Should().Contain(s => s.Queue == served.Queue);
            served.Start.Should().BeGreaterThanOrEqualTo(served.Arrival);
            trace.Presences.Should().Contain(p => p.Agent == served.Agent && p.Start <= served.Start && served.End <= p.End);
        }
        foreach (var hers in trace.Contacts.GroupBy(c => c.Agent).Select(g => g.OrderBy(c => c.Start).ThenBy(c => c.End).ToArray()))
        {
            for (var i = 1; i < hers.Length; i++) hers[i].Start.Should().BeGreaterThanOrEqualTo(hers[i - 1].End);
        }
        foreach (var presences in trace.Presences.GroupBy(p => p.Agent).Select(g => g.OrderBy(p => p.Start).ToArray()))
        {
            for (var i = 1; i < presences.Length; i++)
            {
                var period = scenario.Agents[presences[0].Agent].Periods.Single();
                presences[i].Start.Should().BeGreaterThanOrEqualTo(
                        presences[i - 1].End + (period.Breaks[i - 1].End - period.Breaks[i - 1].Start).TotalSeconds - 1e-9, "a break keeps its length");
            }
        }
    }

    [Test]
    public void Simulate_SameSeed_SameReport()
    {
        var first = ServiceSimulator.Simulate(RandomScenario(3), new SimulationOptions(7, 5));
        var again = ServiceSimulator.Simulate(RandomScenario(3), new SimulationOptions(7, 5));
        var other = ServiceSimulator.Simulate(RandomScenario(3), new SimulationOptions(8, 5));

        again.Should().BeEquivalentTo(first);
        other.Total.Offered.Should().NotBe(first.Total.Offered);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void Simulate_EvenDeferrableWork_BreachesAsTheFluidDoes(int agents)
    {
        double[] volume = [.. Enumerable.Range(0, 96).Select(i => i is >= 8 and < 24 ? 56.0 : 12)];
        const double Aht = 60;
        var turnaround = Duration.FromHours(4);
        var queue = new SimulatedQueue("tickets", [volume], [.. volume.Select(_ => Aht)], new DeferrableGoal(turnaround, 1))
        {
            Arrivals = ArrivalPattern.Even,
            HandleTime = HandleTime.Constant,
        };
        var report = ServiceSimulator.Simulate(
            new ServiceScenario([queue], Team(agents, [new AgentSkill(0)], 24 * Hour), Quarter), new SimulationOptions(1, 1));
        var fluid = BacklogProjection.Project(
            [new DeferrableClass("tickets", [.. volume.Select(v => v * Aht / 3600)], turnaround)],
            Quarter,
            [.. volume.Select(_ => true)],
            [.. volume.Select(_ => (double)agents)]);

        var breached = fluid.Classes[0].BreachedHours * 3600 / Aht;
        report.Queues[0].Breaches.Mean.Should().BeApproximately(breached, 60, "one interval of arrivals is the fluid's resolution");
        (report.Queues[0].FirstBreach is null).Should().Be(fluid.Classes[0].FirstBreach is null);
        if (fluid.Classes[0].FirstBreach is { } first) (report.Queues[0].FirstBreach!.Value - first.Offset).TotalMinutes.Should().BeInRange(-16, 16);
    }

    [Test]
    public void Simulate_LegalClock_OutranksSeverityAndPriorityOfAnEqualDeadline()
    {
        var legal = Tickets("legal", 24 * Hour) with { LegalClock = true };
        var urgent = Tickets("internal", 24 * Hour) with { Severity = 4, Priority = 1 };
        var trace = new SimulationTrace();
        ServiceSimulator.Simulate(
            new ServiceScenario([urgent, legal], Team(1, [new AgentSkill(0), new AgentSkill(1)], 24 * Hour), Hour), new SimulationOptions(1, 1), trace);

        trace.Contacts.Take(5).Should().OnlyContain(c => c.Queue == 1);
    }

    [Test]
    public void Simulate_ShiftEndsOnDeferrableWork_ReturnsItWithWhatIsLeft()
    {
        var queue = new SimulatedQueue("tickets", [[0.0, 0]], [5400.0, 5400], new DeferrableGoal(10 * Hour, 1))
        {
            HandleTime = HandleTime.Constant,
            OpeningBacklog = [new OpenContacts(1, Hour, Hour)],
        };
        SimulatedAgent[] agents =
        [
            new("early", [new AgentSkill(0)], [new WorkingPeriod(Duration.Zero, Hour)]),
            new("late", [new AgentSkill(0)], [new WorkingPeriod(Hour, 2 * Hour)]),
        ];
        var trace = new SimulationTrace();
        var returned = ServiceSimulator.Simulate(
            new ServiceScenario([queue], agents, Hour, handover: Handover.ReturnDeferrable), new SimulationOptions(1, 1), trace);
        var finished = ServiceSimulator.Simulate(new ServiceScenario([queue], agents, Hour), new SimulationOptions(1, 1));

        trace.Contacts.Select(c => (c.Agent, c.Start, c.End)).Should().Equal((0, 0, 3600), (1, 3600, 5400));
        returned.OvertimeHours.Mean.Should().Be(0);
        finished.OvertimeHours.Mean.Should().BeApproximately(0.5, 1e-12);
    }

    [Test]
    public void Simulate_ChatSlots_AreChargedForOneAnother()
    {
        var chat = new SimulatedQueue("chat", [[2.0]], [600.0], new ImmediateGoal(0.8, Duration.FromSeconds(20)))
        {
            Arrivals = ArrivalPattern.Counted,
            HandleTime = HandleTime.Constant,
            Concurrency = new ChatConcurrency(2, 0.5),
        };
        var trace = new SimulationTrace();
        ServiceSimulator.Simulate(new ServiceScenario([chat], Team(1, [new AgentSkill(0)], Hour), Duration.FromMinutes(5)), new SimulationOptions(1, 1), trace);

        trace.Contacts.Should().HaveCount(2).And.OnlyContain(c => c.Start == c.Arrival);
    }

    [TestCase(0.95, 1, 12.7062)] // R: qt(0.975, 1); qt(0.975, 10); qt(0.995, 19); qt(0.975, 120)
    [TestCase(0.95, 10, 2.228139)]
    [TestCase(0.99, 19, 2.860935)]
    [TestCase(0.95, 120, 1.97993)]
    public void TwoSided_TableValues_AreReproduced(double confidence, int freedom, double t) =>
        StudentT.TwoSided(confidence, freedom).Should().BeApproximately(t, 1e-4);

    [Test]
    public void Simulate_WarmUpAsLongAsTheHorizon_Throws() =>
        FluentActions.Invoking(() => ServiceSimulator.Simulate(RandomScenario(1), new SimulationOptions(1, warmUp: 24 * Hour))).Should()
            .Throw<ArgumentException>().WithParameterName("options");

    internal static SimulatedAgent[] Team(int agents, AgentSkill[] skills, Duration end) =>
        [.. Enumerable.Range(0, agents).Select(a => new SimulatedAgent($"agent {a}", skills, [new WorkingPeriod(Duration.Zero, end)]))];

    private static SimulatedQueue Tickets(string name, Duration turnaround) =>
        new(
            name,
            [
                [0.0, 0],
            ],
            [600.0, 600], new DeferrableGoal(turnaround, 1))
        {
            HandleTime = HandleTime.Constant,
            OpeningBacklog = [new OpenContacts(5, Duration.Zero, Hour / 2)],
        };

    private static (ServiceReport Report, double Load) Steady(int agents, double occupancy, double aht, double? patience)
    {
        var load = agents * occupancy;
        const int Hours = 250;
        double[] volume = [.. Enumerable.Repeat(load * 3600 / aht, Hours)];
        var goal = new ImmediateGoal(0.8, Duration.FromSeconds(20), MeanPatience: patience is { } mean ? Duration.FromSeconds(mean) : null);
        var queue = new SimulatedQueue("voice", [volume], [.. volume.Select(_ => aht)], goal);
        var scenario = new ServiceScenario([queue], Team(agents, [new AgentSkill(0)], Hours * Hour), Hour);
        return (ServiceSimulator.Simulate(scenario, new SimulationOptions(2026, 20, 0.99, 20 * Hour)), load);
    }

    private static ServiceScenario RandomScenario(int seed)
    {
        var random = new Random(seed);
        var queues = Enumerable.Range(0, 4).Select(q =>
            {
                double[] volume = [.. Enumerable.Range(0, 24).Select(_ => random.NextDouble() * 30)];
                double[] aht = [.. volume.Select(_ => 100 + random.NextDouble() * 400)];
                return q % 2 == 0
                    ? new SimulatedQueue($"voice {q}", [volume], aht, new ImmediateGoal(0.8, Duration.FromSeconds(20), MeanPatience: Duration.FromMinutes(2)))
                    {
                        HandleTime = HandleTime.Lognormal(0.8),
                    }
                    : new SimulatedQueue($"ticket {q}", [volume], aht, new DeferrableGoal(2 * Hour, 0.9))
                    {
                        Arrivals = ArrivalPattern.Counted,
                        OpeningBacklog = [new OpenContacts(9, Duration.Zero, 3 * Hour)],
                    };
            })
            .ToArray();
        var agents = Enumerable.Range(0, 8).Select(a =>
            {
                var start = Hour * random.Next(0, 12);
                AgentSkill[] skills =
                [
                    .. Enumerable.Range(0, 4).Where(_ => random.Next(2) == 0).Select(q => new AgentSkill(q, 0.8 + random.NextDouble() * 0.4)),
                ];
                return new SimulatedAgent(
                    $"agent {a}", skills,
                    [new WorkingPeriod(start, start + 8 * Hour, [new(start + 2 * Hour, start + 2 * Hour + Quarter), new(start + 4 * Hour, start + 5 * Hour)])]);
            })
            .ToArray();
        return new ServiceScenario(queues, agents, Hour, handover: seed % 2 == 0 ? Handover.ReturnDeferrable : Handover.FinishContact);
    }

    [TestCase(1e9, 0)]
    [TestCase(0, int.MaxValue)]
    public void Simulate_MoreContactsThanCanBe_SaysSoAtOnce(double volume, int open)
    {
        var goal = new DeferrableGoal(Duration.FromDays(1), 1);
        var queue = new SimulatedQueue("q", [[volume]], [60.0], goal) { OpeningBacklog = open == 0 ? [] : [new OpenContacts(open, Duration.Zero, Hour)] };
        var scenario = new ServiceScenario([queue], [new SimulatedAgent("nobody", [], [])], Hour);

        FluentActions.Invoking(() => ServiceSimulator.Simulate(scenario, new SimulationOptions(1, 2))).Should()
            .Throw<Wfm.Scheduling.SchedulingDataException>().WithMessage("*5,000,000*");
    }
}
