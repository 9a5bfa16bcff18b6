using NodaTime;
using Wfm.Scheduling.Explanation;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;
using FactKind = Wfm.Scheduling.Explanation.ConflictFactKind;

namespace Wfm.Tests.Scheduling.Explanation.Conflicts;

/// <summary>Impossible input of many kinds, each with the conflict a manager is told. Monday is 2 March 2026.</summary>
public sealed class ConflictTests
{
    private static readonly Instant Origin = Monday.AtMidnight().InUtc().ToInstant();

    private static Duration H(double hours) => Duration.FromHours(hours);

    private static DemandLine Night(string group, double heads, int days = 7, double exposure = 0) => // 22:00 to 06:00
        new(group, [.. Enumerable.Range(0, 48 * days).Select(_ => 0.0)], 1, exposure)
        {
            MinimumPresence = [.. Enumerable.Range(0, 48 * days).Select(i => i >= 44 && i % 48 is >= 44 or < 12 ? heads : 0)],
        };

    private static RosterConflict Only(RosterProblem problem)
    {
        var conflict = new RosterSolver().Solve(problem, new SolveLimits(1, 5_000)).Conflicts.Should().ContainSingle().Which;
        TestContext.Out.WriteLine(conflict.Message);
        conflict.IsSmallest.Should().BeTrue();
        conflict.Facts.Should().OnlyContain(f => f.Text.Length > 0 && f.Source.Length > 0);
        conflict.Message.Should().EndWith(".").And.NotContain("..");
        return conflict;
    }

    private static IEnumerable<FactKind> Kinds(RosterConflict conflict) => conflict.Facts.Select(f => f.Kind);

    [Test]
    public void ContractHours_LeaveAndAvailability_AreNamedWithWhatIsLeft()
    {
        AvailabilityWindow[] days = [.. Enumerable.Range(1, 5).Select(d => new AvailabilityWindow((IsoDayOfWeek)d, new LocalTime(6, 0), new LocalTime(20, 0)))];
        // Two afternoons of leave take three of the hours due each, but no shift of eight hours fits beside them.
        TimeOff[] away = [new(Origin + H(15), Origin + H(24)), new(Origin + H(39), Origin + H(48))];
        var agent = new RosterAgent("A", Contract(32, 40), [new AgentSkill("chat", 1)], days, away, []);

        var conflict = Only(Hub([agent], [Template("day", 8, 10, 8)], [Demand("chat", 7, _ => 1)]));

        conflict.Should().Match<RosterConflict>(c => c.Kind == ConflictKind.Hours && c.AgentId == "A" && c.From == Monday && c.To == Monday.PlusDays(6));
        Kinds(conflict).Should().Equal(FactKind.ContractMinimumHours, FactKind.Availability, FactKind.TimeOff, FactKind.TimeOff);
        conflict.Message.Should().StartWith(
                "A cannot be given the 26 h 00 min due from 2026-03-02 to 2026-03-08, 24 h 00 min at most: A is available only Monday, Tuesday, Wednesday, "
                    + "Thursday, Friday 06:00–20:00; A is away");
        conflict.Message.Should().Contain("A is away from 2026-03-02 15:00 to 2026-03-03 00:00");
    }

    [Test]
    public void ContractHours_MoreThanTheLawAllows_NamesTheLaw()
    {
        var policy = Policy(
            Rule("minimumDailyRest", new() { ["hours"] = 11 }), Rule("maximumWeeklyHours", new() { ["hours"] = 35 }),
            Rule("maximumConsecutiveDays", new() { ["days"] = 6 }));

        var conflict = Only(Hub([Agent("A", Contract(40, 48))], [Template("day", 8, 10, 8)], [Demand("chat", 7, _ => 1)], policy: policy));

        Kinds(conflict).Should().Equal(FactKind.ContractMinimumHours, FactKind.Rule);
        conflict.Facts[1].Should().Match<ConflictFact>(f => f.Rule == "maximumWeeklyHours" && f.Source == "test law §1");
        conflict.Message.Should().Contain("32 h 00 min at most").And.Contain("(test law §1)");
    }

    [Test]
    public void ContractHours_TemplatesTooShort_NamesTemplatesAndDays()
    {
        var conflict = Only(
            Hub(
                [Agent("A", Contract(30, 40, days: 6, templates: ["short"]))], [Template("day", 8, 10, 8), Template("short", 8, 10, 4)],
                [Demand("chat", 7, _ => 1)]));

        Kinds(conflict).Should().Equal(FactKind.ContractMinimumHours, FactKind.ContractTemplates); // even on seven days
        conflict.Message.Should().Contain("has only the shifts short").And.Contain("28 h 00 min at most");
    }

    [Test]
    public void ContractHours_NoTemplateLongEnough_NamesTheTemplatesThereAre()
    {
        var conflict = Only(Hub([Agent("A", Contract(30, 40))], [Template("short", 8, 10, 4)], [Demand("chat", 7, _ => 1)]));

        Kinds(conflict).Should().Equal(FactKind.ContractMinimumHours);
        conflict.Message.Should().Contain("28 h 00 min at most: the shift templates there are");
    }

    [Test]
    public void PeriodHours_RunsOfDaysAgainstLeave_NamesBoth()
    {
        // At least five days in a row, and days away all over the period: only runs at its edges can be worked, three days each.
        var policy = Policy(Rule("minimumConsecutiveDays", new() { ["days"] = 5 }), Rule("minimumPeriodHours", new() { ["hours"] = 64 }));
        TimeOff[] away = [.. new[] { 3, 7, 10 }.Select(d => new TimeOff(Origin + H(24 * d), Origin + H(24 * (d + 1))))];
        var agent = new RosterAgent("A", Contract(), [new AgentSkill("chat", 1)], [], away, []);

        var conflict = Only(Hub([agent], [Template("day", 8, 8, 8)], [Demand("chat", 14, _ => 1)], days: 14, policy: policy));

        Kinds(conflict).Should().BeEquivalentTo([FactKind.PeriodMinimumHours, FactKind.Rule, FactKind.TimeOff, FactKind.TimeOff, FactKind.TimeOff]);
        conflict.Facts.Should().Contain(f => f.Rule == "minimumConsecutiveDays");
        conflict.Message.Should().Contain("48 h 00 min at most");
    }

    [Test]
    public void FixedDays_PinnedShiftsTooClose_NamesShiftsRuleAndHours()
    {
        var policy = Policy(Rule("minimumDailyRest", new() { ["hours"] = 11 }), Rule("maximumWeeklyHours", new() { ["hours"] = 40 }));
        PinnedShift[] pinned =
        [
            .. new[] { (0, 8), (2, 14), (3, 6), (5, 8) }.Select(p => new PinnedShift(
                "A", Monday.PlusDays(p.Item1), Shift("A", "UTC", Monday.PlusDays(p.Item1), p.Item2, 8, "chat"))),
        ];

        var conflict = Only(Hub([Agent("A")], [Template("day", 8, 8, 8)], [Demand("chat", 7, _ => 0)], policy: policy, pinned: pinned));

        conflict.Should().Match<RosterConflict>(c => c.Kind == ConflictKind.FixedDays && c.From == Monday.PlusDays(2) && c.To == Monday.PlusDays(3));
        Kinds(conflict).Should().Equal(FactKind.Rule, FactKind.Pinned, FactKind.Pinned);
        conflict.Message.Should().Contain("Rest of 8 h 00 min between the shifts of")
            .And.Contain("the shift of A from 2026-03-04 14:00 to 2026-03-04 22:00 is pinned");
    }

    [Test]
    public void FixedDays_LoneShiftBetweenDaysOff_NamesTheRun()
    {
        var policy = Policy(Rule("minimumConsecutiveDays", new() { ["days"] = 2 }));
        PinnedShift[] pinned = [new("A", Monday.PlusDays(2), null), new("A", Monday.PlusDays(3), Shift("A", "UTC", Monday.PlusDays(3), 8, 8, "chat"))];
        var agent = new RosterAgent("A", Contract(), [new AgentSkill("chat", 1)], [], [new TimeOff(Origin + H(96), Origin + H(120))], []);

        var conflict = Only(Hub([agent], [Template("day", 8, 8, 8)], [Demand("chat", 7, _ => 0)], policy: policy, pinned: pinned));

        Kinds(conflict).Should().Equal(FactKind.Rule, FactKind.TimeOff, FactKind.Pinned, FactKind.Pinned);
        conflict.Message.Should().Contain("pinned as a day off");
    }

    [Test]
    public void Presence_FewerPeopleThanNeeded_CountsThem()
    {
        var conflict = Only(
            Hub([Agent("A", null, "severe"), Agent("B")], [Template("night", 22, 22, 8)], [Night("severe", 2, days: 2), Demand("chat", 2, _ => 0)], days: 2));

        Kinds(conflict).Should().Equal(FactKind.MinimumPresence, FactKind.PeopleWithSkill);
        conflict.Should().Match<RosterConflict>(c => c.Kind == ConflictKind.Presence && c.Group == "severe" && c.AgentId == null);
        conflict.Message.Should().StartWith(
                "At least 2 people are needed on 'severe' from 2026-03-02 22:00 to 2026-03-02 22:30, but 1 at most can be there: 1 person has the skill "
                    + "'severe': A. The same holds on 2026-03-03.");
    }

    [Test]
    public void Presence_AvailabilityLeaveAndOptOut_AreNamedPersonByPerson()
    {
        AvailabilityWindow[] daytime =
        [
            .. Enumerable.Range(1, 7).Select(d => new AvailabilityWindow((IsoDayOfWeek)d, new LocalTime(6, 0), new LocalTime(22, 0))),
        ];
        AgentSkill[] skills = [new("severe", 1)];
        RosterAgent[] agents =
        [
            new("A", Contract(), skills, daytime, [], []), new("B", Contract(), skills, [], [new TimeOff(Origin, Origin + H(72))], []),
            new("C", Contract(), skills, [], [], ["severe"]), new("D", Contract(templates: ["day"]), skills, [], [], []),
        ];

        var conflict = Only(Hub(agents, [Template("night", 22, 22, 8), Template("day", 8, 8, 8)], [Night("severe", 1, days: 2)], days: 2));

        Kinds(conflict).Should().BeEquivalentTo([
                FactKind.MinimumPresence,
                FactKind.PeopleWithSkill,
                FactKind.Availability,
                FactKind.TimeOff,
                FactKind.OptOut,
                FactKind.ContractTemplates,
            ]);
        conflict.Message.Should().Contain("0 at most can be there").And.Contain("A is available only every day 06:00–22:00; B is away from")
            .And.Contain("C does not work 'severe'");
    }

    [Test]
    public void Presence_NightsInARow_NamesTheRuleOverTheNights()
    {
        var policy = Policy(
            Rule("minimumDailyRest", new() { ["hours"] = 11 }),
            Rule("maximumConsecutiveNights", new() { ["nights"] = 3, ["nightFromHour"] = 23, ["nightToHour"] = 6, ["minimumNightHours"] = 3 }));

        var conflict = Only(Hub([Agent("A", null, "severe")], [Template("night", 22, 22, 8)], [Night("severe", 1)], policy: policy));

        Kinds(conflict).Should().Equal(FactKind.MinimumPresence, FactKind.PeopleWithSkill, FactKind.Rule);
        conflict.Facts[2].Rule.Should().Be("maximumConsecutiveNights");
        conflict.Message.Should().Contain("head-hours can be given at most");
    }

    [Test]
    public void Presence_ExposureLimit_NamesTheLimit()
    {
        var policy = Policy(
            Rule("minimumDailyRest", new() { ["hours"] = 11 }),
            Rule(
                "maximumExposure", new()
                {
                    ["minutes"] = 240,
                    ["days"] = 1,
                    ["minimumExposureClass"] = 4,
                }));

        var conflict = Only(
            Hub(
                [Agent("A", null, "severe"), Agent("B", null, "severe")], [Template("night", 22, 22, 8)], [Night("severe", 1, days: 2, exposure: 4)], days: 2,
                policy: policy));

        Kinds(conflict).Should().Equal(FactKind.MinimumPresence, FactKind.PeopleWithSkill, FactKind.Rule);
        conflict.Facts[2].Rule.Should().Be("maximumExposure");
    }

    [Test]
    public void Conflicts_PossibleButNotFound_AreEmpty()
    {
        // No move is tried: the hours are unmet because nobody looked, not because they cannot be had.
        var result = new RosterSolver().Solve(Hub([Agent("A", Contract(32, 40))], [Template("day", 8, 8, 8)], [Demand("chat", 7, _ => 0)],
            objective: new RosterObjective { UnderCost = 1, MissingContractHourCost = 0, ExtraHourCost = 1, OverCost = 100 }), new SolveLimits(1, 0));

        result.Violations.Should().Contain(v => v.Rule == "contractMinimumHours");
        result.Conflicts.Should().BeEmpty();
    }

    [Test]
    public void Conflicts_SameProblem_AreTheSame()
    {
        var first = new RosterSolver().Solve(Random(3), new SolveLimits(1, 2_000)).Conflicts;
        var second = new RosterSolver().Solve(Random(3), new SolveLimits(1, 2_000)).Conflicts;

        first.Select(c => c.Message).Should().Equal(second.Select(c => c.Message));
    }
}
