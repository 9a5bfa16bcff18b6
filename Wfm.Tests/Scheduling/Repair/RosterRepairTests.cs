using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Solving;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;
using static Wfm.Tests.Scheduling.Repair.RepairBench;

namespace Wfm.Tests.Scheduling.Repair;

public sealed class RosterRepairTests
{
    private static readonly RosterChange SickOnWednesday = new() { Absences = [Away("A", 2)] };

    [Test]
    public void Repair_AbsenceWithAFreeColleague_TouchesNothingElse()
    {
        var result = Mend(SickOnWednesday);

        result.Changes.Should().HaveCount(2);
        result.Changes.Single(c => c.AgentId == "A").Should().Match<ShiftChange>(c => c.Date == Monday.PlusDays(2) && c.To == null
            && c.Kind == ShiftChangeKind.Freed && c.Reason == ShiftChangeReason.Absence && c.IsInvolved);
        result.Changes.Single(c => c.AgentId != "A").Should().Match<ShiftChange>(c =>
                c.Date == Monday.PlusDays(2)
                && c.From == null
                && c.To!.Start.InUtc().Hour == 9
                && c.Kind == ShiftChangeKind.Added
                && c.Reason == ShiftChangeReason.Covers
                && !c.IsInvolved);
        (result.PeopleChanged, result.OthersChanged).Should().Be((2, 1));
        (result.Before.MissingHours, result.Unrepaired.MissingHours, result.After.MissingHours).Should().Be((0, 8, 0));
    }

    [Test]
    public void Repair_ChangeInsideTheNoticePeriod_CostsMore()
    {
        Mend(SickOnWednesday).ClosenessCost.Should().Be(16 + 6, "a day off and a person");
        Mend(SickOnWednesday, new RepairOptions(new SolveLimits(1, 5_000)) { From = Desk.Origin }).ClosenessCost.Should().Be((2 * 16) + 6);
        Mend(SickOnWednesday, new RepairOptions(new SolveLimits(1, 5_000)) { From = Desk.Origin, Costs = new ClosenessCosts { NoticeDays = 2 } }).ClosenessCost
            .Should().Be(16 + 6, "Wednesday is the third day");
    }

    [Test]
    public void Repair_ChangesDearerThanTheGap_LeavesIt()
    {
        var result = Mend(
            SickOnWednesday, new RepairOptions(new SolveLimits(1, 5_000))
            {
                Costs = new ClosenessCosts
                {
                    DayOffCost = 1_000,
                    MovedCost = 1_000,
                    ActivityCost = 1_000,
                },
            });

        result.Changes.Should().ContainSingle().Which.AgentId.Should().Be("A");
        result.After.MissingHours.Should().Be(8);
        result.Roster.Uncovered.Should().ContainSingle();
    }

    [Test]
    public void Repair_NothingChanged_ReturnsTheRosterAsItWas([Range(1, 4)] int seed)
    {
        var (problem, published) = RepairBench.Random(seed);

        var result = Mend(RosterChange.None, problem: problem, published: published.Shifts);

        result.Changes.Should().BeEmpty();
        result.Roster.Shifts.Should().BeEquivalentTo(published.Shifts, o => o.WithStrictOrdering());
        result.Roster.Score.Should().Be(published.Score);
        result.Roster.StopReason.Should().Be(StopReason.NothingToDecide);
        result.ClosenessCost.Should().Be(0);
    }

    [Test]
    public void Repair_RandomAbsences_IsLegalByFullEvaluation([Range(1, 8)] int seed)
    {
        var (problem, published) = RepairBench.Random(seed);
        var change = new RosterChange
        {
            Absences = Draw(problem, seed),
            Surges = seed % 2 == 0 ? [] : [new DemandSurge("chat", problem.Origin, problem.Origin + Duration.FromDays(2), 1.5)],
        };

        var result = Mend(change, problem: problem, published: published.Shifts);

        var judged = RosterRepair.Evaluate(result.Problem, result.Roster.Shifts);
        judged.Violations.Should().NotContain(
            v => v.Rule != "contractMinimumHours" && v.Rule != "minimumPresence" && v.AgentId != "A2", "only the pinned day of A2 may break a rule");
        judged.Score.Total.Should().BeApproximately(result.Roster.Score.Total, 1e-9, "the search and the full evaluation count alike");
        foreach (var shift in result.Roster.Shifts.Where(s => s.Template != "pinned"))
        {
            var agent = result.Problem.Agents.Single(a => a.Id == shift.AgentId);
            agent.TimeOff.Should().NotContain(o => o.Start < shift.End && shift.Start < o.End);
            shift.Activities.Where(a => a.Group is not null).Should()
                .OnlyContain(a => agent.Skills.Any(s => s.Group == a.Group) && !agent.OptOutGroups.Contains(a.Group!));
        }

        result.Changes.Select(c => (c.AgentId, c.Date, c.From, c.To)).Should().BeEquivalentTo(
                RosterComparison.Of(RosterSide.Of(problem, published), RosterSide.Of(problem, result.Roster))
                    .Changes.Select(c => (c.AgentId, c.Date, c.From, c.To)),
                "the list is the whole difference");
    }

    [Test]
    public void Repair_SameSeed_SameRoster()
    {
        var (problem, published) = RepairBench.Random(5);
        var change = new RosterChange { Absences = Draw(problem, 5) };
        var (first, again) = (Mend(change, problem: problem, published: published.Shifts), Mend(change, problem: problem, published: published.Shifts));

        again.Roster.Shifts.Should().BeEquivalentTo(first.Roster.Shifts, o => o.WithStrictOrdering());
        again.Changes.Select(c => (c.AgentId, c.Date, c.Why)).Should().Equal(first.Changes.Select(c => (c.AgentId, c.Date, c.Why)));
    }

    [Test]
    public void Repair_MomentInsideThePeriod_LeavesWhatHasBegun([Range(1, 4)] int seed)
    {
        var (problem, published) = RepairBench.Random(seed);
        var from = problem.Zone.AtStartOfDay(problem.Start.PlusDays(5)).ToInstant() + Duration.FromHours(12);
        var away = problem.Agents.Skip(3).Take(4).Select(a => new Absence(a.Id, problem.Origin, problem.Origin + Duration.FromDays(20))).ToArray();

        var result = Mend(new RosterChange { Absences = away }, new RepairOptions(new SolveLimits(seed, 5_000)) { From = from }, problem, published.Shifts);

        var begun = published.Shifts.Where(s => s.Start < from).ToArray();
        begun.Should().NotBeEmpty();
        result.Roster.Shifts.Where(s => s.Start < from).Should().BeEquivalentTo(begun);
        result.Changes.Should().NotBeEmpty().And.OnlyContain(c => c.Date >= problem.Start.PlusDays(5));
    }

    [Test]
    public void Repair_NewRule_TakesAsFewShiftsAsItMustAndNamesIt()
    {
        var policy = Policy(Rule("maximumConsecutiveDays", new() { ["days"] = 3 }));

        var result = Mend(new RosterChange { Policy = policy });

        RosterRepair.Evaluate(result.Problem, result.Roster.Shifts).Violations.Should().BeEmpty();
        foreach (var agent in new[] { "A", "C" })
        {
            result.Changes.Where(c => c.AgentId == agent && c.Kind == ShiftChangeKind.Freed).Should().ContainSingle().Which.Should().Match<ShiftChange>(c =>
                    c.Reason == ShiftChangeReason.Rule && c.Why.Contains("maximumConsecutiveDays", StringComparison.Ordinal) && c.IsInvolved);
        }

        result.Roster.Coverage[0].Scheduled.Sum().Should().Be(7 * 16, "a colleague takes the day of A");
    }

    [Test]
    public void Repair_NewRuleOnShiftLength_DropsEveryShiftWithReason()
    {
        var result = Mend(new RosterChange { Policy = Policy(Rule("maximumDailyHours", new() { ["hours"] = 7 })) });

        result.Roster.Shifts.Should().BeEmpty();
        result.Changes.Should().HaveCount(Published.Length).And.OnlyContain(c => c.Reason == ShiftChangeReason.Rule && c.Why.Contains("maximumDailyHours"));
    }

    [Test]
    public void Repair_SurgeOnOneDay_CallsOnePersonIn()
    {
        var surge = new DemandSurge("chat", Monday.AtMidnight().InUtc().ToInstant(), Monday.PlusDays(1).AtMidnight().InUtc().ToInstant(), 2);

        var result = Mend(new RosterChange { Surges = [surge] });

        result.Changes.Should().ContainSingle().Which.Should()
            .Match<ShiftChange>(c => c.Date == Monday && c.Kind == ShiftChangeKind.Added && c.Reason == ShiftChangeReason.Covers);
        (result.Before.RequiredHours, result.Unrepaired.MissingHours, result.After.MissingHours).Should().Be((96, 8, 0));
    }

    [Test]
    public void Repair_AddedAgent_FillsOldGapsAndDisturbsNobody()
    {
        var result = Mend(new RosterChange { AddedAgents = [Agent("E", Contract(0, 40, 5))] }, published: [.. Published.Where(s => s.AgentId != "B")]);

        result.Changes.Should().HaveCount(2).And.OnlyContain(c => c.AgentId == "E" && c.Kind == ShiftChangeKind.Added);
        result.After.MissingHours.Should().Be(0);
    }

    [Test]
    public void Repair_OldGap_IsNobodysDisruption()
    {
        var result = Mend(SickOnWednesday, published: [.. Published.Where(s => s.AgentId != "B")]);

        result.Changes.Should().HaveCount(2, "the empty weekend was published empty");
        (result.Before.MissingHours, result.After.MissingHours).Should().Be((16, 16));
    }

    [Test]
    public void Repair_HandmadeShift_StaysAsItIsAndGoesWithAnAbsence()
    {
        var start = Monday.AtMidnight().InUtc().ToInstant() + Duration.FromHours(10);
        var workshop = new RosterShift(
            "D", Monday, "workshop", start, start + Duration.FromHours(3), Duration.FromHours(3),
            [new ShiftActivity("training", null, start, start + Duration.FromHours(3))]);

        Mend(SickOnWednesday, published: [.. Published, workshop]).Roster.Shifts.Should().Contain(s => s == workshop);
        Mend(new RosterChange { Absences = [Away("D", 0)] }, published: [.. Published, workshop]).Changes.Should().ContainSingle()
            .Which.Should().Match<ShiftChange>(c => c.From == workshop && c.To == null && c.Reason == ShiftChangeReason.Absence);
    }

    [Test]
    public void Repair_ChangeThatServesComfortAlone_IsTakenBack()
    {
        var steady = new RosterObjective { StartChangeCost = 100, StartTolerance = Duration.Zero };
        var problem = Hub(Desk.Agents, Desk.Templates, Desk.Demand, objective: steady);

        var result = Mend(SickOnWednesday, problem: problem, published: [.. Published, Day("D", Monday.PlusDays(1), hour: 8)]);

        result.Changes.Select(c => c.Date).Should().AllBeEquivalentTo(Monday.PlusDays(2), "nobody starts later on Tuesday so that Wednesday is like it");
        result.Changes.Should().HaveCount(2);
    }

    [Test]
    public void Repair_SickOnADayThatWasOff_ChangesNothing()
    {
        var result = Mend(new RosterChange { Absences = [Away("A", 0)] }, problem: FromWednesday, published: WednesdayToSunday);

        result.Changes.Should().BeEmpty("forty hours are rostered, and nobody pays a day off");
        result.Roster.Violations.Should().BeEmpty();
    }

    [Test]
    public void Repair_SickOnAShiftOnADayThatIsNotUsual_OwesNoHoursInItsPlace()
    {
        var result = Mend(new RosterChange { Absences = [Away("A", 5)] }, problem: FromWednesday, published: WednesdayToSunday);

        result.Changes.Should().ContainSingle().Which.Should().Match<ShiftChange>(c => c.Date == Monday.PlusDays(5) && c.To == null);
        result.Roster.Violations.Should().BeEmpty("eight of the forty hours are sick pay");
    }

    [Test]
    public void Repair_LeaveStoredSinceThatTakesAShift_TakesWhatWasRostered()
    {
        var away = Away("A", 0, days: 3); // Monday and Tuesday were off
        var agent = FromWednesday.Agents[0] with { TimeOff = [new TimeOff(away.Start, away.End, LeaveKind.Sick)] };

        var result = Mend(
            RosterChange.None, problem: Hub([agent], FromWednesday.Templates, FromWednesday.Demand), published: WednesdayToSunday);

        result.Changes.Should().ContainSingle().Which.Date.Should().Be(Monday.PlusDays(2));
        result.Roster.Violations.Should().BeEmpty();
    }

    // Forty hours on five days of which none is usual by agreement.
    private static RosterProblem FromWednesday { get; } =
        Hub([Agent("A", Contract(40, 40, 5))], [Template("day", 9, 9, 8)], [Demand("chat", 7, i => i < 2 * 48 ? 0 : Office(i))]);

    private static RosterShift[] WednesdayToSunday { get; } = [.. Days(2, 5).Select(d => Day("A", d))];

    [Test]
    public void Repair_Cancelled_IsLegalAtOnce()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        var result = RosterRepair.Repair(
            Desk, Published, SickOnWednesday, new RepairOptions(new SolveLimits(1, RepairOptions.DefaultMoves)), null, cancelled.Token);

        result.Roster.StopReason.Should().Be(StopReason.Cancelled);
        result.Changes.Should().ContainSingle().Which.Reason.Should().Be(ShiftChangeReason.Absence);
    }

    [Test]
    public void Repair_PinnedDays_AreNeverTouched()
    {
        PinnedShift[] pinned = [new("B", Monday.PlusDays(2), null), new("D", Monday.PlusDays(2), null)];

        var result = Mend(SickOnWednesday, problem: Hub(Desk.Agents, Desk.Templates, Desk.Demand, pinned: pinned));

        result.Roster.Shifts.Should().NotContain(s => s.Date == Monday.PlusDays(2) && s.AgentId != "C");
        result.After.MissingHours.Should().Be(8);
    }
}
