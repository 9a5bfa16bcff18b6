using NodaTime;
using Wfm.Scheduling;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Floor.Actions;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Scheduling.Problem;
using static Wfm.Tests.Scheduling.Editing.EditBench;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Floor.Actions;

/// <summary>On the Monday of the edit bench, in UTC, half-hours to midnight.</summary>
public sealed class FloorActionsTests
{
    [Test]
    public void Find_PeopleMissingAfterAShift_ExtendsItInOvertime()
    {
        var roster = Open(Of([Agent("A")]), Shift("A", Monday, 9));
        var floor = Floor(roster, 15, Outlook("chat", 15, h => h < 19 ? 1 : 0, h => h < 17 ? 1 : 0));

        var action = FloorActions.Find(floor).Single();

        (action.Kind, action.Gap).Should().Be((FloorActionKind.ExtendShift, new FloorGap("chat", At(17), At(19), 2)));
        Show(action.Steps.Single().Day.After).Should().EndWith("13:30 chat 19:00 paid 570");
        (action.MissingHours, action.PaidHours).Should().Be((-2, 2));
        action.Cost.Should().BeApproximately(3.25, 1e-9, "two hours at one and a half, and a quarter for the disruption");
        action.Worth.Should().BeApproximately(2.75, 1e-9, "two missing hours are worth six paid ones");
        action.Notice.Should().Be(Duration.FromHours(2));
    }

    [Test]
    public void Find_ShiftThatMayNotGrowAsFar_GrowsAsFarAsRulesAllow()
    {
        var roster = Open(Of([Agent("A")], Rule("maximumDailyHours", new() { ["hours"] = 8.5 })), Shift("A", Monday, 9));

        var action = FloorActions.Find(Floor(roster, 15, Outlook("chat", 15, h => h < 19 ? 1 : 0, h => h < 17 ? 1 : 0))).Single();

        action.Steps.Single().Day.After!.End.Should().Be(At(18), "7.5 hours are paid, a ninth hour makes 8.5");
    }

    [Test]
    public void Find_TooLateToAsk_OffersNothing()
    {
        var roster = Open(Of([Agent("A")]), Shift("A", Monday, 9));

        FloorActions.Find(Floor(roster, 16.75, Outlook("chat", 16.5, h => h < 19 ? 1 : 0, h => h < 17 ? 1 : 0)))
            .Should().BeEmpty("half an hour's notice is due");
    }

    [Test]
    public void Find_PeopleMissingBeforeAShift_StartsItEarlier()
    {
        var roster = Open(Of([Agent("A")]), Shift("A", Monday, 9));

        var action = FloorActions.Find(Floor(roster, 6, Outlook("chat", 6, h => h is >= 7.5 and < 17 ? 1 : 0, h => h is >= 9 and < 17 ? 1 : 0))).Single();

        (action.Kind, action.Steps.Single().Day.After!.Start, action.MissingHours).Should().Be((FloorActionKind.StartEarly, At(7.5), -1.5));
    }

    [Test]
    public void Find_PeopleMissingForHours_CallsInSomebodyWhoIsOff()
    {
        var roster = Open(Of([Agent("A"), Agent("B")]), Shift("A", Monday, 6));

        var action = FloorActions.Find(Floor(roster, 12, Outlook("chat", 12, h => h is >= 16 and < 20 ? 1 : 0, _ => 0)))[0];

        (action.Kind, action.Steps.Single().Day.AgentId, action.MissingHours).Should().Be((FloorActionKind.CallIn, "B", -4));
    }

    [Test]
    public void Find_MealInAShortage_MovesWithinTheWindowOfItsTemplate()
    {
        var template = Template("day", 6, 22, 8, Pause(15, 2), Meal(30, 3, 6));
        var roster = Open(Hub([Agent("A")], [template], [Demand("chat", 7, _ => 1)]), Shift("A", Monday, 9));
        // Nobody is there while A eats, and nobody is needed from 14:00 on.
        var floor = Floor(roster, 12, Outlook("chat", 12, h => h < 14 ? 1 : 0, h => h is 13 or >= 17 ? 0 : 1));

        var action = FloorActions.Find(floor).Single(a => a.Kind == FloorActionKind.MoveBreak);

        (action.MissingHours, action.PaidHours).Should().Be((-0.5, 0));
        Show(action.Steps.Single().Day.After).Should().Be("03-02 09:00 chat 11:00 break 11:15 chat 14:00 meal 14:30 chat 17:00 paid 450");
    }

    [Test]
    public void Find_TrainingInAShortage_MovesWithEverybodyInIt()
    {
        var (a, b) = (Trained("A", 13), Trained("B", 13));
        var roster = Open(Of([Agent("A"), Agent("B")]), a, b);
        // Two are needed until 14:00 while both are in the training, and nobody from 15:00 on.
        var floor = Floor(roster, 12, Outlook("chat", 12, h => h is >= 12.5 and < 15 ? 2 : 0, h => h is 13 or 13.5 or >= 17 ? 0 : 2));

        var action = FloorActions.Find(floor).Single(x => x.Kind == FloorActionKind.MoveTraining);

        action.MissingHours.Should().Be(-2, "two heads for the hour of the training");
        var step = action.Steps.Single();
        step.Days.Select(d => d.AgentId).Should().Equal("A", "B");
        step.Days.Should().OnlyContain(d => d.After!.Activities.Single(x => x.Kind == "training").Start == At(15));
        action.Edits.Should().HaveCount(2);
        action.Cost.Should().BeApproximately(0.5, 1e-9, "two people are disturbed");
    }

    [Test]
    public void Find_TrainingThatOneCannotMove_StaysForAll()
    {
        var roster = Open(Of([Agent("A"), Agent("B")]), Trained("A", 13), Trained("B", 13));
        var outlook = Outlook("chat", 12, h => h is >= 12.5 and < 15 ? 2 : 0, h => h is 13 or 13.5 or >= 17 ? 0 : 2);

        FloorActions.Find(Floor(roster, 12, ["B"], outlook)).Should().NotContain(x => x.Kind == FloorActionKind.MoveTraining, "B is away");
        FloorActions.Find(Floor(roster, 12.95, Outlook("chat", 12.5, h => h is >= 12.5 and < 15 ? 2 : 0, h => h is 13 or 13.5 or >= 17 ? 0 : 2)))
            .Should().NotContain(x => x.Kind == FloorActionKind.MoveTraining, "it begins in three minutes");
    }

    [Test]
    public void Find_MorePeopleCouldStay_TellsThemToo()
    {
        var roster = Open(Of([Agent("A"), Agent("B"), Agent("C")]), Shift("A", Monday, 9), Shift("B", Monday, 9), Shift("C", Monday, 9));

        var action = FloorActions.Find(Floor(roster, 15, Outlook("chat", 15, h => h is >= 17 and < 19 ? 1 : 0, h => h < 17 ? 3 : 0)))
            .Single(x => x.Kind == FloorActionKind.ExtendShift);

        action.Steps.Select(x => x.Day.AgentId).Should().Equal("A");
        action.Others.Select(x => x.Day.AgentId).Should().Equal("B", "C");
    }

    // From 09:00 to 17:00 with an hour of training; breaks where the bench has them, but for those that it covers.
    private static RosterShift Trained(string agent, double at) =>
        new(
            agent, Monday, "day", At(9), At(17), Duration.FromMinutes(480),
            [
                new ShiftActivity(ActivityKinds.Work, "chat", At(9), At(at)), new ShiftActivity(ActivityKinds.Training, null, At(at), At(at + 1)),
                new ShiftActivity(ActivityKinds.Work, "chat", At(at + 1), At(17)),
            ]);

    [Test]
    public void Find_OtherGroupMissesPeople_ThoseToSpareChange()
    {
        var roster = Open(Of([Agent("A", null, "chat", "mail")]), Shift("A", Monday, 9));
        var floor = Floor(
            roster, 14, Outlook("chat", 14, _ => 0, h => h < 17 ? 1 : 0), Outlook("mail", 14, h => h is >= 15 and < 16.5 ? 1 : 0, _ => 0));

        var action = FloorActions.Find(floor)[0];

        (action.Kind, action.MissingHours, action.Cost).Should().Be((FloorActionKind.OtherGroup, -1.5, 0.25));
        Show(action.Steps.Single().Day.After).Should().EndWith("13:30 chat 15:00 mail 16:30 chat 17:00 paid 450");
    }

    [Test]
    public void Find_OtherGroupNeedsItsPeople_NobodyChanges()
    {
        var roster = Open(Of([Agent("A", null, "chat", "mail")]), Shift("A", Monday, 9));
        var floor = Floor(
            roster, 14, Outlook("chat", 14, h => h < 17 ? 1 : 0, h => h < 17 ? 1 : 0), Outlook("mail", 14, h => h is >= 15 and < 16.5 ? 1 : 0, _ => 0));

        FloorActions.Find(floor).Should().NotContain(a => a.Kind == FloorActionKind.OtherGroup, "what one gains the other loses");
    }

    [Test]
    public void Find_BacklogBesideIdlePeople_TheyWorkOnIt()
    {
        var roster = Open(Of([Agent("A", null, "chat", "mail")]), Shift("A", Monday, 9));
        var mail = Outlook("mail", 14, h => h < 17 ? 1 : 0, _ => 0) with { IsDeferrable = true };

        var action = FloorActions.Find(Floor(roster, 14, Outlook("chat", 14, _ => 0, h => h < 17 ? 1 : 0), mail))[0];

        action.Kind.Should().Be(FloorActionKind.IdleOnBacklog);
        action.MissingHours.Should().BeApproximately(-(3 - (1.0 / 6)), 1e-9, "until 17:00 but for ten minutes of notice");
    }

    [Test]
    public void Find_MorePeopleThanNeeded_LetsGoAsManyAsAreSpare()
    {
        var roster = Open(Of([Agent("A"), Agent("B"), Agent("C")]), Shift("A", Monday, 9), Shift("B", Monday, 9), Shift("C", Monday, 9));

        var action = FloorActions.Find(Floor(roster, 14, Outlook("chat", 14, h => h < 17 ? 1 : 0, h => h < 17 ? 3 : 0))).Single();

        (action.Kind, action.Steps.Count, action.MissingHours, action.PaidHours).Should().Be((FloorActionKind.VoluntaryTimeOff, 2, 0, -5));
        action.Steps[0].Day.After!.End.Should().Be(At(14.5), "half an hour's notice");
    }

    [Test]
    public void Find_SomebodyWhoIsAway_IsAskedForNothing()
    {
        var roster = Open(Of([Agent("A"), Agent("B")]), Shift("A", Monday, 9), Shift("B", Monday, 9));
        var outlook = Outlook("chat", 15, h => h < 19 ? 2 : 0, h => h < 17 ? 1 : 0);

        FloorActions.Find(Floor(roster, 15, ["A"], outlook)).SelectMany(a => a.Steps).Select(s => s.Day.AgentId).Distinct().Should().Equal("B");
    }

    [Test]
    public void ExcludesOrReplaces_SameGapOrSamePerson_OnlyThen()
    {
        var roster = Open(Of([Agent("A"), Agent("B")]), Shift("A", Monday, 9));
        var actions = FloorActions.Find(Floor(roster, 12, Outlook("chat", 12, h => h is >= 17 and < 21 ? 1 : 0, _ => 0)));

        actions.Select(a => a.Kind).Should().BeEquivalentTo([FloorActionKind.CallIn, FloorActionKind.ExtendShift]);
        actions[0].ExcludesOrReplaces(actions[1]).Should().BeTrue("both are about the evening");
        var other = actions[0] with { Gap = new FloorGap("mail", At(17), At(21), 4), Steps = [] };
        actions[1].ExcludesOrReplaces(other).Should().BeFalse();
    }

    [Test]
    public void Situation_ThatCannotBe_IsRefused()
    {
        var roster = Open(Of([Agent("A")]));
        var (chat, mail) = (Outlook("chat", 15, _ => 1, _ => 1), Outlook("mail", 16, _ => 1, _ => 1));

        FluentActions.Invoking(() => Floor(roster, 15, chat, mail))
            .Should().Throw<SchedulingDataException>().WithMessage("floor: 'mail' has 16 intervals, 'chat' 18.");
        FluentActions.Invoking(() => new FloorSituation(roster, At(15.5), At(15), HalfHour, [chat]))
            .Should().Throw<SchedulingDataException>().WithMessage("*first interval*");
        FluentActions.Invoking(() => new GroupOutlook("chat", false, [-1], [0])).Should().Throw<SchedulingDataException>().WithMessage("*Required[0] is -1*");
        FluentActions.Invoking(() => new FloorTerms { MissingHour = 0 }).Should().Throw<SchedulingDataException>().WithMessage("*MissingHour is 0*");
    }

    [Test]
    public void Find_RandomHubs_ActionsBreakNoRuleAndFillWhatTheySay([Range(1, 12)] int seed)
    {
        var problem = RosterProblems.Random(seed);
        var solved = new RosterSolver().Solve(problem, new SolveLimits(seed, 3_000));
        var pinned = problem.Pinned.Select(p => (p.AgentId, p.Date)).ToHashSet();
        var roster = new RosterDocument(problem, [.. solved.Shifts.Where(s => !pinned.Contains((s.AgentId, s.Date)))]);
        var random = new Random(seed);
        var now = problem.Origin + (problem.Interval * random.Next(24 * 6));
        var groups = problem.Demand.Select(d => new GroupOutlook(d.Group, d.Group == "mail", Curve(3), Curve(3))).ToArray();
        var floor = new FloorSituation(roster, now, now, problem.Interval, groups);

        var actions = FloorActions.Find(floor);

        actions.Should().BeInDescendingOrder(a => a.Worth).And.NotContain(a => a.Worth <= 0);
        foreach (var action in actions)
        {
            var effect = roster.Check(action.Edits);
            effect.Broken.Should().BeEmpty();
            effect.Days.Should().HaveCount(action.Steps.Count);
            action.Steps.Should().OnlyContain(s => s.Start >= now);
            action.PaidHours.Should().BeApproximately(effect.People.Sum(p => p.After.PaidHours - p.Before.PaidHours), 1e-6);
            action.MissingHours.Should().BeApproximately(Missing(effect), 1e-6);
        }

        FloorActions.Find(new FloorSituation(roster, now, now, problem.Interval, groups)).Should().BeEquivalentTo(actions, o => o.WithStrictOrdering());

        double[] Curve(int most) => [.. Enumerable.Range(0, 48).Select(_ => Math.Round(random.NextDouble() * most, 2))];

        // By the coverage of the document, which knows nothing of outlooks.
        double Missing(EditEffect effect)
        {
            var change = 0.0;
            foreach (var line in effect.Coverage)
            {
                var group = Array.Find(groups, g => g.Group == line.Group)!;
                for (var k = 0; k < line.Before.Length; k++)
                {
                    var i = (int)Math.Round((line.Start + (problem.Interval * k) - now) / problem.Interval);
                    if (i < 0 || i >= 48) continue;
                    change += (Math.Max(0, group.Required[i] - group.Present[i] - line.After[k] + line.Before[k])
                        - Math.Max(0, group.Required[i] - group.Present[i])) * problem.Interval.TotalHours;
                }
            }

            return change;
        }
    }

    private static FloorSituation Floor(RosterDocument roster, double hour, params GroupOutlook[] groups) => Floor(roster, hour, [], groups);

    private static FloorSituation Floor(RosterDocument roster, double hour, string[] away, params GroupOutlook[] groups) =>
        new(roster, At(hour), At(Math.Floor(hour * 2) / 2), HalfHour, groups, away);

    /// <summary>Half-hours from an hour of Monday to midnight.</summary>
    private static GroupOutlook Outlook(string group, double from, Func<double, double> required, Func<double, double> present)
    {
        double[] Curve(Func<double, double> of) => [.. Enumerable.Range(0, (int)((24 - from) * 2)).Select(i => of(from + (i / 2.0)))];
        return new GroupOutlook(group, false, Curve(required), Curve(present));
    }
}
