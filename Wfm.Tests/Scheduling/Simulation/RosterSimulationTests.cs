using NodaTime;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Simulation;

public sealed class RosterSimulationTests
{
    private const int Days = 3;
    private static readonly Duration HalfHour = Duration.FromMinutes(30);
    private static readonly Duration[] Starts = [.. Enumerable.Range(0, Days).Select(Duration.FromDays)];
    private static readonly SimulatedQueue[] Queues =
    [
        new("chat", [Flat(8), Flat(6)], Flat(300), new ImmediateGoal(0.8, Duration.FromSeconds(30), MeanPatience: Duration.FromMinutes(3))),
        new("review", [Flat(5), Flat(9)], Flat(240), new DeferrableGoal(Duration.FromHours(2), 0.9)),
    ];

    private static double[] Flat(double value) => [.. Enumerable.Repeat(value, Days * 48)];

    private static ServiceScenario People(int count, Handover handover = Handover.FinishContact) =>
        new(
            Queues,
            [
                .. Enumerable.Range(0, count).Select(i => new SimulatedAgent(
                        $"a{i}", [new AgentSkill(0), new AgentSkill(1)], [new WorkingPeriod(Duration.Zero, Duration.FromDays(Days))])),
            ],
            HalfHour, handover: handover);

    [Test]
    public void Simulate_NobodyMissing_IsTheSimulatorsReport()
    {
        var options = new SimulationOptions(4, 6, warmUp: Duration.FromHours(3));

        var service = Simulate(_ => People(4), Starts, options);

        service.Report.Should().BeEquivalentTo(ServiceSimulator.Simulate(People(4), options), o => o.WithStrictOrdering());
    }

    [Test]
    public void Simulate_Days_AddUpToThePeriod()
    {
        var service = Simulate(_ => People(4), Starts, new SimulationOptions(4, 1));
        var (chat, days) = (service.Report.Queues[0], service.Days[0]);

        days.Should().HaveCount(Days);
        days.Sum(d => d.Offered.Mean).Should().Be(chat.Offered.Mean);
        days.Sum(d => d.Offered.Mean * d.InTime!.Value.Mean).Should().BeApproximately(chat.AnsweredInTime.Mean, 1e-9);
        var review = service.Days[1];
        review.Sum(d => d.Offered.Mean).Should()
            .BeInRange(0.95 * service.Report.Queues[1].Offered.Mean, service.Report.Queues[1].Offered.Mean, "what is due after the end is no day's");
        review.Should().OnlyContain(d => d.InTime!.Value.Mean > 0.99 && d.ProbabilityMet == 1, "four people have little to do");
    }

    [Test]
    public void Simulate_PeopleMissingInHalfTheReplications_IsBetweenAllAndFew()
    {
        var options = new SimulationOptions(4, 10);
        double Level(Func<int, int> people) => Simulate(r => People(people(r)), Starts, options).Report.Queues[0].ServiceLevel!.Value.Mean;

        var (all, half, few) = (Level(_ => 5), Level(r => r % 2 == 0 ? 5 : 2), Level(_ => 2));

        half.Should().BeInRange(few + 0.01, all - 0.01);
    }

    [Test]
    public void Simulate_TooFewPeople_TheLastDayIsTheWorst()
    {
        var review = Simulate(_ => People(1), Starts, new SimulationOptions(1, 3)).Days[1];

        review.Select(d => d.InTime!.Value.Mean).Should().BeInDescendingOrder("the backlog only grows");
        review[^1].ProbabilityMet.Should().Be(0);
    }

    [Test]
    public void Simulate_WarmUpOfADay_LeavesTheFirstDayEmpty()
    {
        var days = Simulate(_ => People(4), Starts, new SimulationOptions(1, 2, warmUp: Duration.FromDays(1))).Days[0];

        days[0].Should().Be(new DayService(new Estimate(0, 0), null, null));
        days[1].Offered.Mean.Should().BePositive();
    }

    [Test]
    public void Simulate_Progress_IsToldEveryReplication()
    {
        var told = new List<int>();
        Simulate(_ => People(2), Starts, new SimulationOptions(1, 3), new Listener(told));

        told.Should().Equal(1, 2, 3);
    }

    [Test]
    public void Simulate_WrongArguments_AreNamed()
    {
        var options = new SimulationOptions(1, 2);
        Refused(() => Simulate(_ => People(2), [], options), "days");
        Refused(() => Simulate(_ => People(2), [Duration.FromHours(1)], options), "days");
        Refused(() => Simulate(_ => People(2), [Duration.Zero, Duration.Zero], options), "days[1]");
        Refused(() => Simulate(_ => People(2), [Duration.Zero, Duration.FromDays(Days)], options), "days[1]");
        Refused(() => Simulate(_ => People(2, Handover.ReturnDeferrable), Starts, options), "roster");
        Refused(() => Simulate(_ => new ServiceScenario([.. Queues], People(2).Agents, HalfHour), Starts, options), "roster");
        FluentActions.Invoking(() => Simulate(_ => People(2), Starts, options, cancellationToken: new CancellationToken(true))).Should()
            .Throw<OperationCanceledException>();
    }

    private static readonly string[] Groups = ["desk", "phone", "mail"];
    private static readonly int[][] Together = [[0, 1, 3], [2]];
    private static readonly int[][] Apart = [[0, 1], [2], [3]];

    [Test] // three groups that nobody serves together, one of two queues, and one person of two groups in the second case
    public void Simulate_PartByPart_IsTheWholeInOne([Values] bool together)
    {
        var options = new SimulationOptions(4, 3, warmUp: Duration.FromHours(3));
        var work = new SimulatedWork(
            [.. Queues, Queues[0] with { Priority = 2 }, Queues[1] with { Severity = 3 }], ["desk", "desk", "phone", "mail"], HalfHour,
            new Absences(0.1, 0.1, HalfHour, 9));
        RosteredPerson[] people =
        [
            .. Enumerable.Range(0, 9).Select(i => Person($"a{i}", Groups[i % 3])),
            Person("b", [.. Groups.Where(g => g == "mail" || (together && g == "desk")).Order()]), Person("c"),
        ];
        var whole = work.With(people);

        var service = RosterSimulation.Simulate(work, people, Starts, options);

        WorkPart.Of(work, people).Select(p => p.Queues).Should().BeEquivalentTo(together ? Together : Apart);
        service.Should().BeEquivalentTo( // sums over everybody in another order
            Simulate(whole, Starts, options),
            o => o.WithStrictOrdering().Using<double>(c => c.Subject.Should().BeApproximately(c.Expectation, 1e-9)).WhenTypeIs<double>());

        static RosteredPerson Person(string name, params string[] groups) => new(
            name, [.. groups.Select(g => new Wfm.Scheduling.Problem.AgentSkill(g, 1))], [new WorkingPeriod(Duration.Zero, Duration.FromDays(Days))]);
    }

    private static RosterService Simulate(
        Func<int, ServiceScenario> roster, IReadOnlyList<Duration> days, SimulationOptions options, IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var queues = roster(0).Queues;
        return RosterSimulation.Combine(
            queues, options, [([.. Enumerable.Range(0, queues.Count)], RosterSimulation.Run(roster, days, options, progress, cancellationToken))]);
    }

    private static void Refused(Action act, string parameter) => act.Should().Throw<ArgumentException>().WithParameterName(parameter);

    private sealed class Listener(List<int> told) : IProgress<int>
    {
        public void Report(int value) => told.Add(value);
    }
}
