using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Wfm.Scheduling.Floor;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;
using AgentSkill = Wfm.Scheduling.Problem.AgentSkill;

namespace Wfm.Tests.Scheduling.Floor;

public sealed class ProjectionTests
{
    private static readonly Duration Interval = Duration.FromMinutes(5);
    private static readonly ProjectionRule Once = new(1) { Fewest = 4, Most = 4 };

    private static Duration Minutes(double minutes) => Duration.FromMinutes(minutes);

    private static double[] Flat(double value, int intervals) => [.. Enumerable.Repeat(value, intervals)];

    /// <summary>Tickets of exactly ten minutes each, open since half an hour; nothing else comes in the two hours.</summary>
    private static FloorQueue Tickets(int contacts, double knownAt = 0, CountedService? counted = null, string group = "review") => new(
        new SimulatedQueue(
            $"{group}-tickets", [Flat(0, 24)], Flat(600, 24), new DeferrableGoal(Duration.FromHours(1), 0.9))
        {
            Arrivals = ArrivalPattern.Counted,
            HandleTime = HandleTime.Constant,
            OpeningBacklog = [new OpenContacts(contacts, Minutes(30), Minutes(30))],
        },
        group, Minutes(knownAt), counted ?? CountedService.Nothing);

    private static FloorQueue Calls(double perInterval, CountedService? counted = null, string group = "live") => new(
        new SimulatedQueue(
            "calls", [.. Enumerable.Range(0, 40).Select(_ => Flat(perInterval, 24))], Flat(240, 24),
            new ImmediateGoal(0.8, Duration.FromSeconds(30), MeanPatience: Minutes(5)))
        {
            Arrivals = ArrivalPattern.Poisson,
        },
        group, Duration.Zero, counted ?? CountedService.Nothing);

    private static RosteredPerson Person(string name, double from = -60, double to = 180, string group = "review") =>
        new(name, [new AgentSkill(group, 1)], [new WorkingPeriod(Minutes(from), Minutes(to))]);

    private static FloorWork Work(params FloorQueue[] queues) => new(queues, Interval, Duration.Zero, 0, 0);

    [Test]
    public void Of_SixTicketsAndOnePerson_IsWhatThePersonCanDo()
    {
        // Done after 10, 20, 30, 40, 50 and 60 minutes; all six are due in 30: three in time. With four of four before, 7 of 10.
        var queue = Projection.Of(Work(Tickets(6, counted: new CountedService(4, 4, 4))), [Person("a")], Once).Queues[0];

        queue.Service.Should().Be(new Estimate(0.7, 0));
        queue.GoalMet.Should().Be(0, "nine of ten are promised");
        queue.Late.Mean.Should().Be(0, "what misses its hour is due in two at the latest");
        queue.Left.Mean.Should().Be(0);
    }

    [Test]
    public void Of_SixTicketsAndTwoPeople_AreAllInTime()
    {
        var queue = Projection.Of(Work(Tickets(6)), [Person("a"), Person("b")], Once).Queues[0]; // at 10, 10, 20, 20, 30, 30

        queue.Service.Should().Be(new Estimate(1, 0));
        queue.GoalMet.Should().Be(1);
        queue.Clock.Should().BeNull();
    }

    [Test]
    public void Of_BacklogCountedLater_IsThereFromThenOn()
    {
        // Counted after 20 minutes, half an hour old then: due after 50. Done after 30, 40, 50, 60: three of four in time, though there was time before.
        var queue = Projection.Of(Work(Tickets(4, knownAt: 20)), [Person("a")], Once).Queues[0];

        queue.Service.Should().Be(new Estimate(0.75, 0));
    }

    [Test]
    public void Of_NobodyThere_TellsWhenTheFirstClockRunsOut()
    {
        var promised = Tickets(6) with { Queue = Deadline(Tickets(6).Queue, new DeferrableGoal(Duration.FromHours(1), 1)) };

        var queue = Projection.Of(Work(promised), [], Once).Queues[0];

        queue.Clock.Should().Be(new ClockRisk(1, Minutes(30), Minutes(30)));
        queue.Late.Mean.Should().Be(6);
        queue.Left.Mean.Should().Be(6);
        queue.OldestAgeSeconds!.Value.Mean.Should().Be(150 * 60, "half an hour old at the start, and two hours more");
    }

    [Test]
    public void Of_ClockRunOutBeforeNow_IsNoRiskAnyMore()
    {
        var goal = new DeferrableGoal(Minutes(20), 1); // due ten minutes before the start
        var tickets = Tickets(3) with { Queue = Deadline(Tickets(3).Queue, goal) };

        var queue = Projection.Of(Work(tickets), [], Once).Queues[0];

        queue.Clock.Should().BeNull();
        queue.Late.Mean.Should().Be(3);
    }

    [Test]
    public void Of_NothingComesAnyMore_IsWhatWasCounted()
    {
        var queue = Projection.Of(Work(Calls(0, new CountedService(100, 80, 95, 5))), [Person("a", group: "live")], Once).Queues[0];

        queue.Service.Should().Be(new Estimate(0.8, 0));
        queue.GoalMet.Should().Be(1, "80 of 100 are promised, and met");
    }

    [Test]
    public void Of_ShiftThatEnded_ServesNobody()
    {
        var queue = Projection.Of(Work(Tickets(6)), [Person("a", -300, -10)], Once).Queues[0];

        queue.Left.Mean.Should().Be(6);
    }

    [Test]
    public void Of_SameSeed_IsTheSameAnswer()
    {
        var work = new FloorWork([Calls(4), Tickets(10)], Interval, Duration.Zero, 0.1, 0.1);
        RosteredPerson[] people = [.. Enumerable.Range(0, 6).Select(i => Person($"p{i}", i * 10, 110, i < 4 ? "live" : "review"))];

        Projection.Of(work, people, new ProjectionRule(7)).Queues.Should().Equal(Projection.Of(work, people, new ProjectionRule(7)).Queues);
        Projection.Of(work, people, new ProjectionRule(8)).Queues[0].Service.Should()
            .NotBe(Projection.Of(work, people, new ProjectionRule(7)).Queues[0].Service);
    }

    [Test]
    public void Of_SeveralThreads_IsTheSameAnswer()
    {
        var work = new FloorWork([Calls(4), Tickets(10), Tickets(20, group: "more")], Interval, Duration.Zero, 0.1, 0.1);
        RosteredPerson[] people = [.. Enumerable.Range(0, 9).Select(i => Person($"p{i}", i * 5, 110, i < 4 ? "live" : i < 7 ? "review" : "more"))];

        Projection.Of(work, people, new ProjectionRule(7) { Threads = 3 }).Queues.Should()
            .Equal(Projection.Of(work, people, new ProjectionRule(7)).Queues);
    }

    [Test]
    public void Of_MoreContactsThanCanBeSimulated_SaysSoWhateverTheThreads()
    {
        var work = Work(Tickets(5_000_001), Calls(4));

        FluentActions.Invoking(() => Projection.Of(work, [Person("a")], Once with { Threads = 2 })).Should().Throw<Wfm.Scheduling.SchedulingDataException>()
            .WithMessage("*one by one*");
        FluentActions.Invoking(() => Projection.Of(Work(Tickets(5)), [Person("a")], Once, new CancellationToken(canceled: true))).Should()
            .Throw<OperationCanceledException>();
    }

    [Test]
    public void Of_NarrowEnough_StopsAtTheFewest()
    {
        var rule = new ProjectionRule(1) { Fewest = 30, Most = 100 };

        var sure = Projection.Of(Work(Tickets(6)), [Person("a"), Person("b")], rule).Queues[0];
        var unsure = Projection.Of(Work(Calls(4)), [.. Enumerable.Range(0, 5).Select(i => Person($"p{i}", group: "live"))], rule).Queues[0];
        var poor = Projection.Of(Work(Calls(4)), [Person("a", group: "live")], rule with { MaximumContacts = 500 }).Queues[0];

        (sure.Replications, sure.Stop).Should().Be((30, ProjectionStop.Narrow));
        unsure.Replications.Should().BeGreaterThan(30);
        (poor.Replications, poor.Stop).Should().Be((5, ProjectionStop.Limit), "a replication has 24 × 4 = 96 contacts, 500 pay for five");
    }

    [Test]
    public void With_TheSamePeople_SimulatesNothingAgain()
    {
        var work = Work(Calls(4), Tickets(10));
        RosteredPerson[] people = [Person("a"), Person("b", group: "live"), Person("c", group: "live")];
        var before = Projection.Of(work, people, Once);

        before.With([.. people.Select(p => p with { Periods = [.. p.Periods] })]).Queues.Should().Equal(before.Queues);
    }

    [Test]
    public void With_OneMorePerson_IsTheProjectionWithThatPersonAndLeavesTheOtherQueueAlone()
    {
        var work = new FloorWork([Calls(4), Tickets(10)], Interval, Duration.Zero, 0.1, 0.1);
        List<RosteredPerson> people = [Person("a", 10, 100), .. Enumerable.Range(0, 4).Select(i => Person($"p{i}", i, 110, "live"))];
        var before = Projection.Of(work, people, Once);

        var after = before.With([.. people, Person("z", 5, 115)]);

        after.Queues.Should().Equal(Projection.Of(work, [.. people, Person("z", 5, 115)], Once).Queues);
        after.Queues[0].Should().Be(before.Queues[0]);
        after.Queues[1].Service!.Value.Mean.Should().BeGreaterThan(before.Queues[1].Service!.Value.Mean);
    }

    [Test]
    public void With_ALongerShift_LeavesTheHalfHoursAwayAsTheyWere()
    {
        var work = new FloorWork([Tickets(30)], Interval, Duration.Zero, 0.2, 0.3);
        RosteredPerson[] one = [Person("a", 5, 60)], longer = [Person("a", 5, 115)];
        var (before, after) = (new FloorPeople(work, one, 3), new FloorPeople(work, longer, 3));

        for (var r = 0; r < 50; r++)
        {
            var (shorter, longest) = (before.Of(r)[0], after.Of(r)[0]);
            Covered(shorter).Should().Equal(Covered(longest).Where(minute => minute < 60), $"replication {r}");
        }

        static IEnumerable<int> Covered(CompiledScenario.Span[] spans) =>
            Enumerable.Range(0, 120).Where(m => spans.Any(s => s.Start <= m * 60 && m * 60 < s.End));
    }

    [Test]
    public void People_MissedAndAway_AreTheSharesOfTheTime()
    {
        var work = new FloorWork([Tickets(1)], Interval, Duration.Zero, 0.2, 0.1);
        var people = new FloorPeople(work, [.. Enumerable.Range(0, 50).Select(i => Person($"p{i}", 1, 120))], 5);

        var there = Enumerable.Range(0, 100).Sum(r => people.Of(r).Sum(spans => spans.Sum(s => s.End - s.Start)));

        (there / (50 * 100 * 119 * 60)).Should().BeApproximately(0.8 * 0.9, 0.02); // 5,000 shifts: three deviations of √(0.2·0.8/5000) = 0.017
    }

    [Test]
    public void People_ShiftThatHasBegun_IsNotMissed()
    {
        var work = new FloorWork([Tickets(1)], Interval, Minutes(10), 0.9, 0);
        var people = new FloorPeople(work, [Person("a", 10, 60)], 5);

        Enumerable.Range(0, 50).Select(r => people.Of(r)[0].Length).Should().OnlyContain(n => n == 1);
    }

    [Test]
    public void Of_MoreTickets_NeverRaisesTheService() => Prop.ForAll(
        Gen.Choose(1, 40).Two().ToArbitrary(), Gen.Choose(1, 4).ToArbitrary(), (tickets, count) =>
        {
            RosteredPerson[] people = [.. Enumerable.Range(0, count).Select(i => Person($"p{i}"))];
            double Service(int contacts) => Projection.Of(Work(Tickets(contacts)), people, Once).Queues[0].Service!.Value.Mean;
            return Service(Math.Max(tickets.Item1, tickets.Item2)) <= Service(Math.Min(tickets.Item1, tickets.Item2));
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Of_OneMorePerson_NeverLowersTheService() => Prop.ForAll(
        Gen.Choose(1, 40).ToArbitrary(), Gen.Choose(1, 4).ToArbitrary(), (tickets, count) =>
        {
            double Service(int people) => Projection.Of(Work(Tickets(tickets)), [.. Enumerable.Range(0, people).Select(i => Person($"p{i}"))], Once)
                .Queues[0].Service!.Value.Mean;
            return Service(count + 1) >= Service(count);
        }).QuickCheckThrowOnFailure();

    [TestCase(2, 3)]
    [TestCase(3, 5)]
    [TestCase(5, 8)]
    public void Of_MoreCalls_LowersTheService(double fewer, double more)
    {
        RosteredPerson[] people = [.. Enumerable.Range(0, 4).Select(i => Person($"p{i}", group: "live"))];
        double Service(double volume) => Projection.Of(Work(Calls(volume)), people, new ProjectionRule(3)).Queues[0].Service!.Value.Mean;

        Service(more).Should().BeLessThan(Service(fewer));
    }

    [Test]
    public void Wilson_NeverOfFour_ReachesPastAHalf() // (0 + 1.96²/8 ± 1.96·√(1.96²/64)) ÷ (1 + 1.96²/4): 0 to 0.9604 ÷ 1.9604
    {
        var (low, high) = PartProjection.Wilson(0, 4, 0.95);

        low.Should().Be(0);
        high.Should().BeApproximately(0.4899, 1e-4);
    }

    [Test]
    public void Wilson_NeverOrAlways_HoldsTheShareItself([Range(1, 100)] int trials)
    {
        PartProjection.Wilson(0, trials, 0.95).Low.Should().Be(0);
        PartProjection.Wilson(trials, trials, 0.95).High.Should().Be(1);
    }

    [TestCase(0.8, 1.2815516)] // Abramowitz & Stegun, table 26.5
    [TestCase(0.95, 1.9599640)]
    [TestCase(0.999, 3.2905267)]
    public void Normal_Confidence_IsTheTables(double confidence, double z) => StudentT.Normal(confidence).Should().BeApproximately(z, 1e-6);

    [Test]
    public void AgedWork_TwoRanges_TellsWhenEachIsDue()
    {
        // Counted after 10 minutes, due after an hour: of four tickets between 50 and 90 minutes (55, 65, 75, 85) three are overdue after 15 minutes, the
        // youngest is due at 10 − 55 + 60 = 15 and so overdue as well.
        var queue = Tickets(0) with { KnownAt = Minutes(10) };
        queue = queue with
        {
            Queue = queue.Queue with { OpeningBacklog = [new OpenContacts(2, Duration.Zero, Minutes(20)), new OpenContacts(4, Minutes(50), Minutes(90))] },
        };

        var ages = AgedWork.Of(queue, Interval, Minutes(14));

        ages.Should().Equal(new AgedWork(2, Minutes(50), Minutes(70), 0), new AgedWork(4, Minutes(-20), Minutes(20), 3));
        AgedWork.Of(queue, Interval, Minutes(15))[1].Overdue.Should().Be(4);
    }

    [Test]
    public void Work_OutOfRange_SaysWhat()
    {
        FluentActions.Invoking(() => new FloorWork([], Interval, Duration.Zero, 0, 0)).Should().Throw<ArgumentException>().WithMessage("*at least one queue*");
        FluentActions.Invoking(() => new FloorWork([Tickets(1, knownAt: 120)], Interval, Duration.Zero, 0, 0)).Should()
            .Throw<ArgumentOutOfRangeException>().WithMessage("*within the horizon*").WithParameterName("queues[0].KnownAt");
        FluentActions.Invoking(() => new FloorWork([Tickets(1)], Interval, Minutes(120), 0, 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => AgedWork.Of(Calls(1), Interval, Duration.Zero)).Should().Throw<ArgumentException>().WithMessage("*no deadlines*");
    }

    private static SimulatedQueue Deadline(SimulatedQueue queue, DeferrableGoal goal) =>
        new(queue.Name, queue.VolumePaths, queue.AhtSeconds, goal)
        {
            Arrivals = queue.Arrivals,
            HandleTime = queue.HandleTime,
            OpeningBacklog = queue.OpeningBacklog,
        };
}
