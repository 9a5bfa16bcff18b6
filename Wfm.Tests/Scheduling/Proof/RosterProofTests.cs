using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Proof;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Solving;
using Wfm.Scheduling.Staffing;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Proof;

public sealed class RosterProofTests
{
    private static readonly ProofCase Mendable = ProofCases.Case(ProofCases.Desk(13));
    private static readonly Lazy<ProofResult> Mended = new(() => RosterProof.Prove(Mendable, ProofCases.Brief));
    private static readonly ProofCase Short = ProofCases.Case(ProofCases.Desk(7));
    private static readonly Lazy<ProofResult> Lacking = new(() => RosterProof.Prove(Short, ProofCases.Brief));

    [Test]
    public void Prove_GoalThatThePlainRosterMisses_IsMendedWithTheSamePeople()
    {
        var result = Mended.Value;

        result.Queues.Should().ContainSingle().Which.Should().Match<QueueProof>(q => q.ProbabilityBefore < 0.5 && q.Probability >= 0.8 && q.Holds
            && q.Binding == null && q.Remedy == null && q.WouldHold == null);
        (result.IsChanged, result.StopReason, result.Holding).Should().Be((true, ProofStop.EveryGoalHolds, 1));
        result.Roster.Violations.Should().NotContain(v => v.IsHard);
        result.Roster.Shifts.Count(s => s.Template == "late").Should().BeGreaterThan(Mendable.Shifts.Count(s => s.Template == "late"));
        result.Rounds.Should().NotBeEmpty().And.Contain(r => r.IsKept);
    }

    [Test]
    public void Prove_MendedRoster_IsJudgedByTheDemandItWasMadeFor()
    {
        Mended.Value.Roster.Coverage.Single().Required.Should().Equal(ProofCases.Chat.Heads);
        Mended.Value.Service.Report.Seed.Should().Be(ProofCases.Brief.Judge.Seed, "the seeds that judge are those asked for");
    }

    [Test]
    public void Prove_SameInput_GivesTheSame()
    {
        var again = RosterProof.Prove(Short, ProofCases.Brief);

        again.Rounds.Should().Equal(Lacking.Value.Rounds);
        again.Roster.Shifts.Select(s => (s.AgentId, s.Start, s.Template)).Should()
            .Equal(Lacking.Value.Roster.Shifts.Select(s => (s.AgentId, s.Start, s.Template)));
        again.Queues.Select(q => (q.Probability, q.WouldHold, q.Binding!.Message, q.Remedy!.Probability)).Should()
            .Equal(Lacking.Value.Queues.Select(q => (q.Probability, q.WouldHold, q.Binding!.Message, q.Remedy!.Probability)));
    }

    [Test]
    public void Prove_MendedRosterAgain_ChangesNothing()
    {
        var again = RosterProof.Prove(Mendable with { Shifts = Mended.Value.Roster.Shifts }, ProofCases.Brief);

        (again.IsChanged, again.StopReason, again.Rounds.Count).Should().Be((false, ProofStop.EveryGoalHolds, 0));
        again.Queues.Single().Probability.Should().Be(Mended.Value.Queues.Single().Probability);
    }

    [Test]
    public void Prove_TooFewPeople_SaysWhenAndHowMany()
    {
        var result = Lacking.Value;
        var calls = result.Queues.Single();

        calls.Holds.Should().BeFalse();
        calls.Probability.Should().BeLessThan(0.8);
        calls.Remedy!.Should().Match<AddedPeople>(r => r.Holds && r.Group == "chat" && r.Contract == "standard" && r.People > 0 && r.Probability >= 0.8);
        calls.Remedy!.Templates.Should().Contain("late", "most comes in the evening");
        calls.Remedy.WithOneFewer.Should().BeLessThan(0.8, "it is the least that is enough");
        calls.Binding!.Message.Should().StartWith("Most of it is missed from ");
        calls.Binding.From.InUtc().Hour.Should().BeInRange(8, 17);
        calls.Binding.Blocked.Sum(b => b.Share).Should().BeApproximately(1, 1e-9);
        calls.WouldHold.Should().StartWith($"{calls.Remedy.People} more for chat");
        (result.Holding, result.ProvenShortages).Should().Be((0, 1));
    }

    [Test]
    public void Prove_TheNumberAdded_MakesTheGoalHold()
    {
        var enough = RosterProof.Prove(ProofCases.Case(ProofCases.Desk(7 + Lacking.Value.Queues[0].Remedy!.People)), ProofCases.Brief);

        enough.Queues.Single().Holds.Should().BeTrue();
    }

    [Test]
    public void Prove_LowerPromise_IsKeptByThisRoster()
    {
        var calls = Lacking.Value.Queues.Single();
        calls.PromiseKept.Should().NotBeNull();
        var promised = ProofCases.Calls.Promising(calls.PromiseKept!.Value);

        var judged = RosterProof.Prove(
            ProofCases.Case(ProofCases.Desk(7), promised) with { Shifts = Lacking.Value.Roster.Shifts }, ProofCases.Brief with { Rounds = 0 });

        judged.Queues.Single().Holds.Should().BeTrue();
        calls.WouldHold.Should().Contain("instead of 80 %");
    }

    [Test]
    public void Prove_PinnedDays_StayAsTheyAre()
    {
        var plain = ProofCases.Case(ProofCases.Desk(12));
        PinnedShift[] pins =
        [
            .. Enumerable.Range(0, 6).SelectMany(i => Enumerable.Range(0, 4).Select(d => (Agent: $"A{i:00}", Date: Monday.PlusDays(d))))
                .Select(d => new PinnedShift(d.Agent, d.Date, plain.Shifts.FirstOrDefault(s => s.AgentId == d.Agent && s.Date == d.Date))),
        ];

        var result = RosterProof.Prove(ProofCases.Case(ProofCases.Desk(12, pinned: pins)), ProofCases.Brief);

        result.IsChanged.Should().BeTrue();
        foreach (var pin in pins)
        {
            var stays = result.Roster.Shifts.FirstOrDefault(s => s.AgentId == pin.AgentId && s.Date == pin.Date);
            (stays?.Start == pin.Shift?.Start).Should().BeTrue($"{pin.AgentId} is pinned on {pin.Date}");
        }
    }

    [Test]
    public void Prove_EveryDayPinned_SaysSo()
    {
        var plain = ProofCases.Case(ProofCases.Desk(12));
        PinnedShift[] pins =
        [
            .. plain.Problem.Agents.SelectMany(a => Enumerable.Range(0, ProofCases.Days).Select(Monday.PlusDays).Select(date =>
                new PinnedShift(a.Id, date, plain.Shifts.FirstOrDefault(s => s.AgentId == a.Id && s.Date == date)))),
        ];

        var result = RosterProof.Prove(ProofCases.Case(ProofCases.Desk(12, pinned: pins)), ProofCases.Brief with { Trials = 0 });

        result.IsChanged.Should().BeFalse();
        result.Queues.Single().Binding!.Reason.Should().Be(BindingReason.Fixed);
    }

    [Test]
    public void Prove_RosterThatMayNotChange_IsOnlyJudged()
    {
        var result = RosterProof.Prove(Mendable with { MayChange = false }, ProofCases.Brief with { Trials = 0 });

        (result.IsChanged, result.StopReason, result.Rounds.Count).Should().Be((false, ProofStop.OnlyJudged, 0));
        result.Roster.Shifts.Should().BeEquivalentTo(Mendable.Shifts);
        result.Queues.Single().Binding.Should().NotBeNull();
    }

    [Test]
    public void Prove_RuleOfSixteenHoursAWeek_IsNamed()
    {
        var policy = Policy(Rule("maximumWeeklyHours", new() { ["hours"] = 16 }));

        var result = RosterProof.Prove(ProofCases.Case(ProofCases.Desk(10, policy: policy)), ProofCases.Brief with { Trials = 0 });

        result.Queues.Single().Binding.Should().Match<ProofBinding>(b => b.Reason == BindingReason.Rule && b.Rule == "maximumWeeklyHours"
            && b.Message.Contains("maximumWeeklyHours"));
    }

    [Test]
    public void Prove_NobodyForAGroup_SaysThatNobodyHasTheSkill()
    {
        var result = RosterProof.Prove(
            ProofCases.Case(ProofCases.Desk(13, [ProofCases.Chat, ProofCases.Mail]), ProofCases.Calls, ProofCases.Letters),
            ProofCases.Brief with { Rounds = 2 });

        var letters = result.Queues[1];
        letters.LegalClock.Should().BeTrue();
        letters.Delivered!.Value.Mean.Should().Be(0);
        letters.Binding!.Reason.Should().Be(BindingReason.NoSuchPeople);
        letters.Remedy.Should().Match<AddedPeople>(r => r.Group == "mail" && r.Holds && r.People >= 2);
    }

    [Test]
    public void Prove_HandlingLongerThanTheClock_SaysThatNobodyMendsIt()
    {
        var orders = new SimulatedQueue(
            "orders", [ProofCases.Letters.VolumePaths[0]], ProofCases.Letters.AhtSeconds, new DeferrableGoal(Duration.FromMinutes(5), 1))
        {
            LegalClock = true,
        };

        var result = RosterProof.Prove(ProofCases.Case(ProofCases.Desk(0, [ProofCases.Mail], others: Readers(3)), orders), ProofCases.Brief);

        result.Queues.Single().Should().Match<QueueProof>(q => !q.Holds && q.Judged == 0.999 && q.Binding!.Reason == BindingReason.HandleTime
            && q.Remedy == null && q.PromiseKept == null && q.WouldHold!.Contains("brought down to 0.7"));
        (result.StopReason, result.Rounds.Count).Should().Be((ProofStop.NothingImproves, 0));
    }

    [Test]
    public void Prove_ClockThatRunsWhileClosed_SaysThatNobodyMendsIt()
    {
        var orders = new SimulatedQueue(
            "orders", [[.. ProofCases.Letters.VolumePaths[0].Select(_ => 0.5)]], ProofCases.Letters.AhtSeconds, new DeferrableGoal(Duration.FromHours(3), 1))
        {
            Open = [.. ProofCases.Mail.Heads.Select(h => h > 0)],
        };

        var result = RosterProof.Prove(ProofCases.Case(ProofCases.Desk(0, [ProofCases.Mail], others: Readers(3)), orders), ProofCases.Brief);

        result.Queues.Single().Binding.Should().Match<ProofBinding>(b => b.Reason == BindingReason.Closed && b.WhatHelps!.Contains("opening hours"));
    }

    [Test] // one letter a day: the plan of a few minutes of a head leaves days alone, and the loop asks for somebody
    public void Prove_ThinQueueLeftAlone_IsMended()
    {
        var orders = new SimulatedQueue(
            "orders", [[.. ProofCases.Mail.Heads.Select(h => h > 0 ? 0.05 : 0)]], ProofCases.Letters.AhtSeconds,
            new DeferrableGoal(Duration.FromHours(20), 0.8))
        {
            LegalClock = true,
        };
        var proof = ProofCases.Case(ProofCases.Desk(13, [ProofCases.Chat, ProofCases.Mail with { Heads = new double[ProofCases.Mail.Heads.Length] }],
            others: Readers(3)), ProofCases.Calls, orders);
        var alone = proof with { Shifts = [.. proof.Shifts.Where(s => !s.AgentId.StartsWith('M'))] };

        var result = RosterProof.Prove(alone, ProofCases.Brief);

        result.Queues[1].Should().Match<QueueProof>(q => q.ProbabilityBefore < 0.5 && q.Holds);
    }

    [Test]
    public void ShareOf_ShiftsWithoutWhichAMinimumIsMissed_AreHeld()
    {
        var mail = ProofCases.Mail with { MinimumPresence = [.. ProofCases.Mail.Heads.Select(h => h > 0 ? 1 : 0)] };
        var problem = ProofCases.Desk(0, [mail], others: Readers(2));
        var shifts = new RosterSolver().Solve(problem, new SolveLimits(1, 20_000)).Shifts;
        var early = shifts.First(s => s.Template == "early" && shifts.Count(o => o.Date == s.Date && o.Template == "early") == 1);
        var evening = early.Date.AtMidnight().PlusHours(19).InUtc().ToInstant();

        var held = new HeldByMinimum(problem, shifts);

        held.ShareOf("mail", evening).Should().BeGreaterThan(0, "whoever comes early is alone then");
        new HeldByMinimum(ProofCases.Desk(0, [ProofCases.Mail], others: Readers(2)), shifts).ShareOf("mail", evening).Should().Be(0, "without a minimum");
    }

    [Test]
    public void Steer_ChangedShiftsOfOneGroup_TellsTheOtherAsBefore()
    {
        var proof = ProofCases.Case(ProofCases.Desk(9, [ProofCases.Chat, ProofCases.Mail], others: Readers(2)), ProofCases.Calls, ProofCases.Letters);
        var bench = new ProofBench(proof, ProofCases.Brief);
        var first = bench.Steer(proof.Shifts, CancellationToken.None);

        var second = bench.Steer([.. proof.Shifts.Where(s => s.AgentId != "A00")], CancellationToken.None);

        second.Days[1].Should().BeSameAs(first.Days[1], "nobody of the letters has changed");
        second.Days[0].Should().NotBeSameAs(first.Days[0]);
        second.Report.Queues[1].Should().BeEquivalentTo(first.Report.Queues[1]);
    }

    private static IReadOnlyList<RosterAgent> Readers(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Agent($"M{i:00}", Contract(0, 40, 5), "mail"))];

    [Test]
    public void Prove_RoundsSteeredBySeeds_AreNotThoseThatJudge()
    {
        var bench = new ProofBench(Mendable, ProofCases.Brief);

        bench.SteerOptions.Seed.Should().NotBe(bench.JudgeOptions.Seed);
        var first = bench.SteerOptions;
        bench.Renew().Should().BeTrue();
        bench.SteerOptions.Seed.Should().NotBe(first.Seed).And.NotBe(bench.JudgeOptions.Seed);
        bench.SteerOptions.Replications.Should().Be(2 * first.Replications);
    }

    [TestCase(0.0)]
    [TestCase(1.0)]
    [TestCase(double.NaN)]
    public void Case_LevelThatIsNoProbability_Throws(double level) =>
        FluentActions.Invoking(() => new ProofCase(Mendable.Problem, Mendable.Shifts, Mendable.Work, Mendable.Days, level))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Level");

    [Test]
    public void Options_OutsideTheirRange_Throw()
    {
        FluentActions.Invoking(() => ProofCases.Brief with { Rounds = -1 }).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Rounds");
        FluentActions.Invoking(() => ProofCases.Brief with { Replications = 1 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ProofCases.Brief with { MostPeople = 0 }).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Test]
    public void Prove_Cancelled_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        FluentActions.Invoking(() => RosterProof.Prove(Mendable, ProofCases.Brief, cancellationToken: cancelled.Token))
            .Should().Throw<OperationCanceledException>();
    }
}
