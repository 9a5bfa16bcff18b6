using NodaTime;
using Wfm.Scheduling;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;
using Wfm.Tests.Scheduling.Problem;
using static Wfm.Tests.Scheduling.Editing.EditBench;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Editing;

public sealed class RosterDocumentTests
{
    private static readonly LabourRule Rest = Rule("minimumDailyRest", new() { ["hours"] = 11 });
    private static readonly LabourRule Run = Rule("maximumConsecutiveDays", new() { ["days"] = 3 });

    [Test]
    public void Check_LaterEnd_CostsCoverageAndPeopleInParts()
    {
        var roster = Open(Given(), Day);

        var effect = Try(roster, new EditOperation.Resize("A", Monday, null, At(19)));

        var coverage = effect.Coverage.Should().ContainSingle().Subject;
        (coverage.Group, coverage.Start).Should().Be(("chat", At(17)));
        coverage.Required.Should().Equal(1, 1, 1, 1);
        coverage.Before.Should().Equal(0, 0, 0, 0);
        coverage.After.Should().Equal(1, 1, 1, 1);
        var person = effect.People.Should().ContainSingle().Subject;
        (person.AgentId, person.Before.PaidHours, person.After.PaidHours).Should().Be(("A", 7.5, 9.5));
        (person.Before.Shifts, person.After.Shifts).Should().Be((1, 1));
        effect.Before.Total.Should().Be(RosterRepair.Evaluate(Given(), [Day]).Score.Total);
        effect.After.Should().Be(RosterRepair.Evaluate(Given(), [effect.Days[0].After!]).Score);
        roster.Find("A", Monday).Should().BeSameAs(Day, "a check changes nothing");
    }

    [Test]
    public void Check_ShiftsOfDaysThatOverlap_AreBroken() =>
        Try(Open(Given(), Day, Shift("A", Monday.PlusDays(1), 6)), new EditOperation.Resize("A", Monday, null, At(31)))
            .Broken.Select(v => (v.Rule, v.Amount, v.From, v.To)).Should().Equal(("oneShiftAtATime", 60, Monday, Monday.PlusDays(1)));

    [Test]
    public void Check_TooLittleRest_NamesRuleSourceDaysAndMinutes()
    {
        var effect = Try(Open(Given(Rest), Day, Shift("A", Monday.PlusDays(1), 9)), new EditOperation.Move("A", Monday, At(15)));

        var broken = effect.Broken.Should().ContainSingle().Subject;
        (broken.Rule, broken.Source, broken.Amount, broken.AgentId).Should().Be(("minimumDailyRest", "test law §1", 60, "A"));
        (broken.From, broken.To).Should().Be((Monday, Monday.PlusDays(1)));
    }

    [TestCase(14, 0)]
    [TestCase(15, 0)] // as it was
    [TestCase(16, 180)]
    public void Check_RestThatIsTooShortAlready_CountsOnlyWhenItGetsShorter(double hour, double minutes)
    {
        var roster = Open(Given(Rest), Shift("A", Monday, 15), Shift("A", Monday.PlusDays(1), 8));

        var effect = Try(roster, new EditOperation.Move("A", Monday, At(hour)), new EditOperation.Segment("A", Monday.PlusDays(1), Training(At(32))));

        effect.Broken.Sum(v => v.Amount).Should().Be(minutes);
    }

    [Test]
    public void Check_RestHealedInOnePlaceAndBrokenInAnother_IsBroken()
    {
        var roster = Open(Given(Rest), Shift("A", Monday, 16), Shift("A", Monday.PlusDays(1), 9), Shift("A", Monday.PlusDays(2), 9));

        Try(roster, new EditOperation.Move("A", Monday.PlusDays(1), At(16, 1))).Broken.Select(v => (v.From, v.To))
            .Should().Equal((Monday.PlusDays(1), Monday.PlusDays(2)));
    }

    [TestCase(0, false)]
    [TestCase(2, false)] // in the middle: two shorter runs
    [TestCase(4, false)]
    [TestCase(5, true)]
    public void Check_RunOfDaysThatIsTooLong_MayShrinkAndNotGrow(int day, bool isWorse)
    {
        var roster = Open(Given(Run), [.. Enumerable.Range(0, 5).Select(d => Shift("A", Monday.PlusDays(d), 9))]);
        EditOperation operation = day < 5 ? new EditOperation.Remove("A", Monday.PlusDays(day)) : new EditOperation.Assign(Shift("A", Monday.PlusDays(day), 9));

        var effect = Try(roster, operation);

        effect.Broken.Select(v => v.Rule).Should().Equal(isWorse ? ["maximumConsecutiveDays"] : []);
    }

    [Test]
    public void Check_EditOfSomebodyElse_IsNotStoppedByWhatIsBroken() =>
        Try(Open(Given(Rest), Shift("A", Monday, 16), Shift("A", Monday.PlusDays(1), 6)), new EditOperation.Assign(Shift("B", Monday, 9)))
            .Broken.Should().BeEmpty();

    [Test]
    public void Check_RestAcrossTheEdgesOfThePeriod_Counts()
    {
        OutsideShift Outside(Instant start) => new("A", start, start + Duration.FromHours(8), Duration.FromHours(8), "chat");
        var problem = Hub(People, [Full], [Demand("chat", 7, _ => 1), Demand("mail", 7, _ => 1)], policy: Policy(Rest),
            surroundings: [Outside(At(-9)), Outside(At(6, 7))]);
        var roster = Open(problem);

        Try(roster, new EditOperation.Assign(Shift("A", Monday, 9))).Broken.Select(v => v.Amount).Should().Equal(60);
        Try(roster, new EditOperation.Assign(Shift("A", Monday.PlusDays(6), 12))).Broken.Select(v => v.Amount).Should().Equal(60);
        Try(roster, new EditOperation.Assign(Shift("A", Monday.PlusDays(6), 11))).Broken.Should().BeEmpty();
    }

    [Test]
    public void Check_ContractThatChangesInThePeriod_CountsFromItsDay()
    {
        var part = new Contract("part", Duration.Zero, Duration.FromHours(40), 5, ["short"]);
        var agent = Agent("A") with { Terms = [new ContractTerm(Monday.PlusDays(2), part)] };
        var roster = Open(Of([agent]));

        Try(roster, new EditOperation.Assign(Shift("A", Monday.PlusDays(1), 9))).Broken.Should().BeEmpty();
        Try(roster, new EditOperation.Assign(Shift("A", Monday.PlusDays(2), 9))).Broken.Select(v => (v.Rule, v.Source))
            .Should().Equal(("contractTemplates", "contract part"));
    }

    [Test]
    public void Check_ShiftLongerThanAnyTemplate_IsJudgedLikeOthers()
    {
        var roster = Open(Given(Rule("maximumDailyHours", new() { ["hours"] = 10 })), Day);

        Try(roster, new EditOperation.Resize("A", Monday, At(5), At(29))).Broken.Select(v => (v.Rule, v.Amount))
            .Should().Equal(("maximumDailyHours", (23.5 - 10) * 60));
    }

    // To the minute: one goes at 13:00, another comes.
    [TestCase(13, 0)]
    [TestCase(12.5, 30)]
    public void Check_MoreThanSeats_IsBrokenByTheMinute(double hour, double minutes)
    {
        var roster = Open(Given() with { Seats = 1 }, Short("A", 9));

        Try(roster, new EditOperation.Assign(Short("B", hour))).Broken.Sum(v => v.Rule == "seats" ? v.Amount : 1_000).Should().Be(minutes);
    }

    [Test]
    public void Check_SeatsOverbookedAlready_OnlyMoreIsWorse()
    {
        var roster = Open(Given() with { Seats = 1 }, Short("A", 9), Short("B", 11));

        Try(roster, new EditOperation.Move("B", Monday, At(12))).Broken.Should().BeEmpty();
        Try(roster, new EditOperation.Move("B", Monday, At(10))).Broken.Select(v => v.Rule).Should().Equal("seats");
    }

    [Test]
    public void Check_PresenceThatIsMissed_IsToldApartFromRules()
    {
        var demand = Demand("chat", 7, _ => 1) with { MinimumPresence = [.. Enumerable.Range(0, 336).Select(i => i is >= 18 and < 34 ? 1.0 : 0)] };
        var roster = Open(Hub(People, [Full], [demand, Demand("mail", 7, _ => 1)]), Short("A", 9), Short("B", 13));

        var effect = Try(roster, new EditOperation.Resize("B", Monday, At(14), null));

        effect.Broken.Should().BeEmpty();
        effect.Missed.Select(v => (v.Rule, v.Group, v.Amount)).Should().Equal(("minimumPresence", "chat", 60));
        Try(roster, new EditOperation.Resize("B", Monday, null, At(18))).Missed.Should().BeEmpty();
    }

    [Test]
    public void Check_OtherKindsOfActivity_CoverNothingAndArePaidAsTold()
    {
        var effect = Try(Open(Given(), Day), new EditOperation.Segment("A", Monday, Training(At(9))));

        effect.Broken.Should().BeEmpty();
        effect.Coverage.Single().After.Should().Equal(0, 0);
        effect.People.Single().After.PaidHours.Should().Be(7.5);
    }

    [Test]
    public void Open_PinnedDaysOfAnotherHub_AreLockedCountAndAreKept()
    {
        var elsewhere = new RosterShift("A", Monday, "OtherHub", At(6), At(14), Duration.FromHours(8), [new ShiftActivity("otherHub", null, At(6), At(14))]);
        var problem = Hub(
            People, [Full], [Demand("chat", 7, _ => 1), Demand("mail", 7, _ => 1)], policy: Policy(Rest), pinned: [new PinnedShift("A", Monday, elsewhere)]);
        var roster = Open(problem);

        roster.IsLocked("A", Monday).Should().BeTrue();
        roster.Shifts.Should().Equal(elsewhere);
        roster.Why("A", Monday).Should().BeNull();
        Try(roster, new EditOperation.Assign(Shift("A", Monday.PlusDays(1), 0))).Broken.Select(v => (v.Rule, v.Amount))
            .Should().Equal(("minimumDailyRest", 60));
        roster.Propose([new EditOperation.Away("A", At(0), At(24))]).Days.Should().BeEmpty("leave frees no other roster");
        roster.Result(explain: true).Shifts.Should().Equal(elsewhere);
    }

    [Test]
    public void Apply_WhatIsBroken_IsDoneAndStandsInNoFurtherWay()
    {
        var roster = Open(Given(Rest), Day);
        var late = Shift("A", Monday.PlusDays(1), 1);

        roster.Apply([new DayEdit("A", late.Date, late)]).Broken.Should().ContainSingle();

        roster.Violations().Select(v => (v.Rule, v.Amount)).Should().Equal(("minimumDailyRest", 180));
        Try(roster, new EditOperation.Segment("A", late.Date, Training(At(25)))).Broken.Should().BeEmpty();
        roster.Score().Should().Be(RosterRepair.Evaluate(Given(Rest), roster.Shifts).Score);
    }

    [Test]
    public void Check_NoEdits_ChangeNothing()
    {
        var roster = Open(Given(), Day);

        var effect = roster.Check([new DayEdit("A", Monday, Day)]);

        effect.Days.Should().BeEmpty();
        effect.Coverage.Should().BeEmpty();
        effect.After.Should().Be(effect.Before);
    }

    [Test]
    public async Task Check_TwoDocumentsOfOneProblemOnTwoThreads_AnswerAsOne()
    {
        var problem = RosterProblems.RandomPeople(3);
        var shifts = new Wfm.Scheduling.Rostering.RosterSolver().Solve(problem, new Wfm.Scheduling.Solving.SolveLimits(3, 5_000)).Shifts
            .Where(s => !problem.Pinned.Any(p => p.AgentId == s.AgentId && p.Date == s.Date)).ToArray();
        double[] Costs()
        {
            var roster = new RosterDocument(problem, shifts);
            return [.. shifts.Select(s => roster.Apply([new DayEdit(s.AgentId, s.Date, null)]).After.Total)];
        }

        var both = await Task.WhenAll(Task.Run(Costs), Task.Run(Costs));

        both[0].Should().Equal(both[1]).And.Equal(Costs());
    }

    [Test]
    public void Open_WhatDoesNotFit_IsRefused()
    {
        var problem = Hub(People, [Full], [Demand("chat", 7, _ => 1)], pinned: [new PinnedShift("B", Monday, null)]);

        Refused(() => Open(problem, Shift("X", Monday, 9)), "*no agent 'X'*");
        Refused(() => Open(problem, Shift("A", Monday.PlusDays(7), 9)), "*not in the 7 days*");
        Refused(() => Open(problem, Shift("B", Monday, 9)), "*locked*");
        Refused(() => Open(problem, Day, Shift("A", Monday, 12)), "*two shifts*");
        Refused(() => Open(problem, Shift("A", Monday, 26)), "*cannot hold*2026-03-03T02:00:00Z*");
        var roster = Open(problem, Day);
        Refused(() => roster.Check([new DayEdit("A", Monday, null), new DayEdit("A", Monday, Day)]), "*edited twice*");
        Refused(() => roster.Check([new DayEdit("A", Monday, Shift("C", Monday, 9))]), "*'A' cannot hold the shift of 'C'*");
        Refused(() => roster.Apply([new DayEdit("A", Monday.PlusDays(1), Day)]), "*cannot hold*");
        Refused(() => roster.Apply([new DayEdit("B", Monday, null)]), "*locked*");
        roster.Check([new DayEdit("A", Monday, null)]).Before.Should().Be(roster.Score(), "what was refused has left nothing behind");

        static void Refused(Action open, string message) => open.Should().Throw<SchedulingDataException>().WithMessage(message);
    }

    private static ShiftActivity Training(Instant at) => new("training", null, at, at + Duration.FromHours(1));

    private static RosterShift Short(string agent, double hour) => new(
        agent, Monday, "short", At(hour), At(hour + 4), Duration.FromHours(4), [new ShiftActivity(ActivityKinds.Work, "chat", At(hour), At(hour + 4))]);
}
