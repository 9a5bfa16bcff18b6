using NodaTime;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;
using Wfm.Scheduling.Staffing.Pooling;

namespace Wfm.Tests.Scheduling.Staffing.Pooling;

public sealed class PooledStaffingTests
{
    private const int Intervals = 400;
    private static readonly Duration HalfHour = Duration.FromMinutes(30);
    private static readonly ImmediateGoal EightyInTwenty = new(0.8, Duration.FromSeconds(20));

    [Test]
    public void Require_OneQueue_IsErlangC()
    {
        var pool = PooledStaffing.Require([new PooledQueue("voice", Steady(100), Steady(180), EightyInTwenty)], HalfHour, Steady(0.3), Open(Intervals));

        pool.Pool.Agents.Should().OnlyContain(agents => agents == 14);
        pool.Pool.Heads.Should().OnlyContain(heads => heads == 20);
        pool.PoolingGain.Should().OnlyContain(gain => gain == 0);
        pool.PrimaryAgents[0].Should().OnlyContain(agents => Math.Abs(agents - 14) < 1e-9);
    }

    [Test] // one volume split over queues of one promise and one handle time: the pool is the queue of their sum
    public void Require_QueuesAlike_AreOneQueue()
    {
        PooledQueue[] queues = [.. Enumerable.Range(0, 4).Select(q => new PooledQueue($"voice {q}", Steady(25), Steady(180), EightyInTwenty))];

        var pool = PooledStaffing.Require(queues, HalfHour, Steady(0), Open(Intervals));

        pool.Pool.Agents[0].Should().Be(14);
        pool.PoolingGain[0].Should().Be(4 * ErlangC.RequiredAgents(2.5, 180, EightyInTwenty) - 14);
        pool.PrimaryAgents.Sum(primary => primary[0]).Should().BeApproximately(14, 1e-9);
    }

    [Test]
    public void Require_Waterfall_AddsUpToThePool()
    {
        var pool = PooledStaffing.Require(Live(), HalfHour, Steady(0.2), Open(Intervals), minimumHeads: 40).Pool;

        pool.Waterfall.Agents()[5].Should().BeApproximately(40, 1e-9);
        (pool.Waterfall.Agents()[5] + pool.Waterfall.ShrinkageMargin[5] + pool.Waterfall.Rounding[5]).Should().BeApproximately(pool.Heads[5], 1e-9);
        pool.Waterfall.Workload[5].Should().BeApproximately((6 * 840 + 10 * 1500 + 40 * 660 * 1.15 / 2) / 1800, 1e-9);
    }

    // Cobham (1954) with two classes, σ₁ = 0.3, σ₂ = 0.8 of one server: E[W] = ρ·S ÷ ((1 − σ(k−1))(1 − σ(k))) = 0.8·60 ÷ 0.7 and ÷ (0.7·0.2).
    [TestCase(0, 0.8 * 60 / 0.7)]
    [TestCase(1, 0.8 * 60 / (0.7 * 0.2))]
    public void WaitOfWaiting_TwoClassesOneServer_IsCobhams(int queue, double meanWait)
    {
        var pool = new PriorityPool([0.3, 0.5], [60, 60], [1, 2]);

        (ErlangC.ProbabilityOfWait(0.8, 1) * pool.WaitOfWaiting(queue, 1)).Should().BeApproximately(meanWait, 1e-9);
    }

    [Test] // two classes on one server's worth of waiting: the service is the pool's mean wait, and there is none without contacts or agents
    public void Require_Service_IsOfThePoolWhereThereAreContacts()
    {
        PooledQueue[] queues =
        [
            new("voice", [100, 100, 0], Steady(180, 3), EightyInTwenty),
            new("quiet", [0, 10, 0], Steady(180, 3), new ImmediateGoal(null, null, MaximumAsa: Duration.FromSeconds(60))),
        ];

        var service = PooledStaffing.Require(queues, HalfHour, Steady(0, 3), [true, true, false]).Service;

        service[0][0].ServiceLevel.Should().BeGreaterThan(0.8);
        service[0][0].AsaSeconds.Should().BePositive();
        service[1][0].Should().Be(default(PooledService));
        service[1][1].ServiceLevel.Should().BeNull("it promises no threshold");
        service[1][1].AsaSeconds.Should().BeInRange(0, 60);
        service[0][2].Should().Be(default(PooledService));
    }

    // The approximation against the simulator: three queues, two priorities, handle times from 4 to 20 minutes, every agent with every skill.
    [TestCase(20)]
    [TestCase(40)]
    public void Require_PriorityPool_ServiceLevelsAreTheSimulatorsWithinTwoPoints(double scale)
    {
        PooledQueue[] queues =
        [
            new("urgent", Steady(0.3 * scale), Steady(1200), new ImmediateGoal(0.9, Duration.FromSeconds(20))),
            new("calls", Steady(1.2 * scale), Steady(300), new ImmediateGoal(0.8, Duration.FromSeconds(30)), priority: 2),
            new("questions", Steady(1.0 * scale), Steady(240), new ImmediateGoal(0.8, Duration.FromSeconds(60)), priority: 2),
        ];
        var required = PooledStaffing.Require(queues, HalfHour, Steady(0), Open(Intervals));
        var agents = required.Pool.Agents[0];
        double[] loads = [.. queues.Select(q => q.Volume[0] * q.AhtSeconds[0] / 1800)];
        var pool = new PriorityPool(loads, [.. queues.Select(q => q.AhtSeconds[0])], [.. queues.Select(q => q.Priority)]);

        required.Service[0][0].ServiceLevel.Should().Be(pool.ServiceLevel(0, agents, 20));
        var (enough, fewer) = (Simulate(queues, Everybody(agents)), Simulate(queues, Everybody(agents - 1)));

        for (var q = 0; q < queues.Length; q++)
        {
            enough[q].Should().BeApproximately(pool.ServiceLevel(q, agents, queues[q].Goal.Threshold!.Value.TotalSeconds), 0.02);
            enough[q].Should().BeGreaterThan(queues[q].Goal.ServiceLevel!.Value);
        }
        fewer.Zip(queues).Should().Contain(pair => pair.First < pair.Second.Goal.ServiceLevel, "one agent less breaks a promise");
    }

    // Tickets of a quarter of an hour that nobody puts aside, on half of the idle time of 25 agents: calls fall from 85 % in time to 60 %; the pool's formula
    // says 63 %.
    [Test]
    public void ServiceLevel_TicketsNeverPutAside_IsTheSimulators()
    {
        PooledQueue[] queues =
        [
            new("calls", Steady(120), Steady(300), EightyInTwenty),
            new("tickets", Steady(5), Steady(900), new ImmediateGoal(null, null, MaximumAsa: Duration.FromHours(24)), priority: 2),
        ];
        var all = Enumerable.Range(0, 25).Select(_ => new AgentSkill[] { new(0), new(1) }).ToArray();
        SimulatedQueue[] simulated =
        [
            new("calls", [queues[0].Volume], queues[0].AhtSeconds, EightyInTwenty),
            new("tickets", [queues[1].Volume], queues[1].AhtSeconds, new DeferrableGoal(Duration.FromHours(24), 1)),
        ];
        SimulatedAgent[] agents = [.. all.Select((own, a) => new SimulatedAgent($"agent {a}", own, [new WorkingPeriod(Duration.Zero, Intervals * HalfHour)]))];

        var report = ServiceSimulator.Simulate(new ServiceScenario(simulated, agents, HalfHour), new SimulationOptions(7, 10, warmUp: 10 * HalfHour));

        var level = new PriorityPool([20, 2.5], [300, 900], [1, 2]).ServiceLevel(0, 25, 20);
        report.Queues[0].ServiceLevel!.Value.Mean.Should().BeApproximately(level, 0.05);
        level.Should().BeLessThan(ErlangC.ServiceLevel(20, 25, 300, 20) - 0.2);
    }

    // Wallace & Whitt (2005): with two skills each, split by √load, six queues need hardly more than one pool (46 here) and far less than six teams (60).
    [Test]
    public void Require_TwoSkillsEach_TwoMoreThanTheFullPoolKeepEveryGoal()
    {
        PooledQueue[] queues = [.. Enumerable.Range(0, 6).Select(q => new PooledQueue($"language {q}", Steady(20 + 8 * q), Steady(300), EightyInTwenty))];
        var required = PooledStaffing.Require(queues, HalfHour, Steady(0), Open(Intervals));
        var total = required.Pool.Agents[0];
        var first = Round([.. required.PrimaryAgents.Select(primary => primary[0] * (total + 2) / total)], total + 2);
        AgentSkill[][] skills =
        [
            .. first.SelectMany((count, q) => Enumerable.Range(0, count).Select(k => new[] { new AgentSkill(q), new AgentSkill((q + 1 + k % 5) % 6) })),
        ];

        Simulate(queues, skills).Should().OnlyContain(level => level > 0.79);
        required.SeparateAgents.Sum(separate => separate[0]).Should().BeGreaterThan(total + 10);
    }

    [Test]
    public void Require_BadInput_NamesIt()
    {
        Refused(() => new PooledQueue(" ", [1], [60], EightyInTwenty), "name");
        Refused(() => new PooledQueue("x", [1, -1], [60, 60], EightyInTwenty), "volume[1]");
        Refused(() => new PooledQueue("x", [], [], EightyInTwenty), "volume");
        Refused(() => new PooledQueue("x", [1], [0], EightyInTwenty), "ahtSeconds[0]");
        Refused(() => new PooledQueue("x", [1], [60, 60], EightyInTwenty), "ahtSeconds");
        Refused(() => new PooledQueue("x", [1], [60], EightyInTwenty, priority: 0), "priority");
        Refused(() => PooledStaffing.Require([], HalfHour, [0], [true]), "queues");
        PooledQueue queue = new("x", [1, 1], [60, 60], EightyInTwenty);
        Refused(() => PooledStaffing.Require([queue], Duration.Zero, [0, 0], [true, true]), "interval");
        Refused(() => PooledStaffing.Require([queue], HalfHour, [0, 1], [true, true]), "shrinkage[1]");
        Refused(() => PooledStaffing.Require([queue], HalfHour, [0, 0], []), "open");
        Refused(() => PooledStaffing.Require([queue, new("y", [1], [60], EightyInTwenty)], HalfHour, [0, 0], [true, true]), "queues[1].Volume");
        Refused(() => PooledStaffing.Require([queue], HalfHour, [0, 0], [true, true], -1), "minimumHeads");
    }

    private static PooledQueue[] Live() =>
    [
        new("law enforcement", Steady(6), Steady(840), new ImmediateGoal(0.9, Duration.FromSeconds(20), MaximumOccupancy: 0.75)),
        new("escalation", Steady(10), Steady(1500), new ImmediateGoal(0.95, Duration.FromSeconds(30))),
        new("creators", Steady(40), Steady(660), new ImmediateGoal(0.8, Duration.FromSeconds(60)), priority: 6, concurrency: new ChatConcurrency(2, 0.15)),
    ];

    private static double[] Simulate(PooledQueue[] queues, AgentSkill[][] skills)
    {
        SimulatedQueue[] simulated = [.. queues.Select(q => new SimulatedQueue(q.Name, [q.Volume], q.AhtSeconds, q.Goal) { Priority = q.Priority })];
        SimulatedAgent[] agents =
        [
            .. skills.Select((own, a) => new SimulatedAgent($"agent {a}", own, [new WorkingPeriod(Duration.Zero, Intervals * HalfHour)])),
        ];
        var report = ServiceSimulator.Simulate(new ServiceScenario(simulated, agents, HalfHour), new SimulationOptions(7, 10, warmUp: 10 * HalfHour));
        return [.. report.Queues.Select(queue => queue.ServiceLevel!.Value.Mean)];
    }

    private static AgentSkill[][] Everybody(int agents) => [.. Enumerable.Range(0, agents).Select(_ => new AgentSkill[] { new(0), new(1), new(2) })];

    /// <summary>Whole people by largest remainder.</summary>
    private static int[] Round(double[] fractional, int total)
    {
        int[] whole = [.. fractional.Select(x => (int)x)];
        foreach (var (_, q) in fractional.Select((x, q) => (x - (int)x, q)).OrderDescending().Take(total - whole.Sum())) whole[q]++;
        return whole;
    }

    private static void Refused(Func<object> call, string name) => call.Should().Throw<ArgumentException>().WithParameterName(name);

    private static double[] Steady(double value, int count = Intervals) => [.. Enumerable.Repeat(value, count)];

    private static bool[] Open(int count) => [.. Enumerable.Repeat(true, count)];
}
