using NodaTime;
using Wfm.Scheduling.Activities;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;
using Wfm.Tests.Scheduling.Problem;
using static Wfm.Tests.Scheduling.Activities.PlacementCases;

namespace Wfm.Tests.Scheduling.Activities;

public sealed class ActivityPlacerTests
{
    [Test]
    public void Place_QuietHour_TakesIt()
    {
        var roster = Day(3, i => i is 28 or 29 ? 1 : 3); // from 14 to 15 one head of three is needed

        var placement = ActivityPlacer.Place(roster, [Training(60, 8, 16, "A0", "A1")]);

        var session = placement.Sessions.Should().ContainSingle().Subject;
        (session.Start, session.End).Should().Be((At(14), At(15)));
        session.People.Should().Equal("A0", "A1");
        placement.Unplaced.Should().BeEmpty();
        placement.Operations.Should().HaveCount(2);
        placement.Days[0].Shift!.Activities.Select(a => a.Kind).Should().Equal("work", "meal", "work", "training", "work");
        placement.Days[0].Shift!.Paid.Should().Be(Duration.FromHours(7.5), "training is paid");
        roster.Find("A0", RosterProblems.Monday)!.Activities.Should().HaveCount(3, "the roster stays as it is");
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [TestCase(6)]
    public void Place_OneSession_CostsWhatTheBestOfAllTimesCosts(int seed)
    {
        var random = new Random(seed);
        var heads = Enumerable.Range(0, 48).Select(_ => random.NextDouble() * 4).ToArray();
        var roster = Day(3, i => heads[i]);
        var minutes = 15 * random.Next(1, 7);

        var placement = ActivityPlacer.Place(roster, [Training(minutes, 8, 16, "A0", "A2")]);

        var best = Times(minutes).Min(t => Cost(roster, minutes, ("A0", t), ("A2", t)));
        (placement.Effect.After.Total - placement.Effect.Before.Total).Should().BeApproximately(best, 1e-6);
        placement.Sessions[0].Cost.Should().BeApproximately(best, 1e-6);
    }

    [TestCase(11)]
    [TestCase(12)]
    [TestCase(13)]
    [TestCase(14)]
    [TestCase(15)]
    [TestCase(16)]
    public void Place_TwoSessions_CostWhatTheBestOfAllPairsCosts(int seed)
    {
        var random = new Random(seed);
        var heads = Enumerable.Range(0, 48).Select(_ => random.NextDouble() * 4).ToArray();
        var roster = Day(3, i => heads[i]);

        var placement = ActivityPlacer.Place(roster, [Training(60, 8, 16, "A0", "A1") with { GroupSize = 1 }]);

        var best = Times(60).SelectMany(a => Times(60).Select(b => Cost(roster, 60, ("A0", a), ("A1", b)))).Min();
        placement.Sessions.Should().HaveCount(2);
        (placement.Effect.After.Total - placement.Effect.Before.Total).Should().BeApproximately(best, 1e-6);
    }

    [Test]
    public void Place_GroupsOfAtMostFive_AreOfEvenSize() =>
        ActivityPlacer.Place(Day(12, _ => 3), [Training(60, 8, 16, [.. Enumerable.Range(0, 12).Select(i => $"A{i}")]) with { GroupSize = 5, Quorum = 3 }])
            .Sessions.Select(s => s.People.Count).Should().Equal(4, 4, 4);

    [Test]
    public void Place_CoachOfTwo_IsNeverInTwoSessionsAtOnce()
    {
        var placement = ActivityPlacer.Place(Day(3, _ => 1), [Training(60, 8, 10.5, "A0", "A1") with { GroupSize = 1, Coach = "A2" }]);

        placement.Sessions.Should().HaveCount(2).And.OnlyContain(s => s.Coach == "A2");
        placement.Sessions[0].End.Should().BeLessThanOrEqualTo(placement.Sessions[1].Start);
        placement.Days.Single(d => d.AgentId == "A2").Shift!.Activities.Where(a => a.Kind == "training").Sum(a => (a.End - a.Start).TotalMinutes)
            .Should().Be(120);
    }

    [Test]
    public void Place_NoRoomForAll_TakesWhatMustBeThenThePriority()
    {
        ActivityToPlace Of(string id, int priority, bool must) => new(id, "meeting", Duration.FromMinutes(60), ["A0"], [new ActivityWindow(At(8), At(9))])
        {
            Priority = priority,
            Must = must,
        };

        var placement = ActivityPlacer.Place(Day(1, _ => 0), [Of("low", 0, false), Of("high", 9, false), Of("must", 1, true)]);

        placement.Sessions.Should().ContainSingle().Which.Activity.Should().Be("must");
        placement.Unplaced.Select(u => $"{u.Activity} {u.Code}").Should().Equal("low busy", "high busy");
    }

    [TestCase("A9", 60, 8, 16, "notRostered", "'A9'")]
    [TestCase("A0", 60, 8, 8.5, "noWindow", "60 minutes")]
    [TestCase("A0", 60, 17, 20, "noShift", "'A0' has no shift")]
    [TestCase("A0", 300, 8, 16, "tooLong", "240 minutes; 300 are needed")]
    [TestCase("A0", 60, 11.5, 13, "tooLong", "30 minutes; 60 are needed")]
    public void Place_WhatCannotBe_SaysWhy(string person, int minutes, double from, double to, string code, string words)
    {
        var placement = ActivityPlacer.Place(Day(1, _ => 1), [Training(minutes, from, to, person)]);

        placement.Sessions.Should().BeEmpty();
        placement.Operations.Should().BeEmpty();
        var reason = placement.Unplaced.Should().ContainSingle().Subject;
        reason.Code.Should().Be(code);
        reason.Message.Should().Contain(words);
    }

    [Test]
    public void Place_QuorumThatNeverMeets_SaysHowManyAreFreeTogether()
    {
        var placement = ActivityPlacer.Place(Day(2, _ => 1), [Training(60, 8, 16, "A0", "A1", "B0") with { Quorum = 3 }]);

        placement.Unplaced.Should().HaveCount(3);
        placement.Unplaced.Where(u => u.Agent != "B0").Should().OnlyContain(u => u.Code == "quorum" && u.Message.Contains("at most 2 of the 2 who wait"));
    }

    [Test]
    public void Place_CoachWhoIsOff_SaysSo() => ActivityPlacer.Place(Day(1, _ => 1), [Training(60, 8, 16, "A0") with { Coach = "Z" }])
        .Unplaced.Should().ContainSingle(u => u.Code == "coachAway" && u.Message.Contains("'Z'"));

    [Test]
    public void Place_TrainingThatWouldMakeWorkTooLong_NamesTheRule()
    {
        // Unpaid time takes paid hours below the minimum of the policy.
        var policy = RosterProblems.Policy(RosterProblems.Rule("minimumPeriodHours", new() { ["hours"] = 7.5 }));
        var problem = RosterProblems.Hub(
            [RosterProblems.Agent("A0")], [RosterProblems.Template("day", 8, 8, 8, RosterProblems.Meal(30, 4, 4))], [RosterProblems.Demand("chat", 1, _ => 1)],
            days: 1, policy: policy) with
        {
            Activities = new ActivityCatalog([new ActivityCode("volunteering", ActivityKind.Meeting, false, false, false)]),
        };
        var roster = new RosterDocument(problem, [Shift("A0", RosterProblems.Monday)]);

        var placement = ActivityPlacer.Place(
            roster, [new ActivityToPlace("v", "volunteering", Duration.FromMinutes(60), ["A0"], [new ActivityWindow(At(8), At(16))])]);

        var reason = placement.Unplaced.Should().ContainSingle().Subject;
        (reason.Code, reason.Rule).Should().Be(("rule", "minimumPeriodHours"));
        placement.Effect.Broken.Should().BeEmpty();
    }

    [Test]
    public void Place_ProtectedSegment_StaysAsItIs()
    {
        var roster = Day(1, _ => 1);
        roster.Apply(roster.Propose([new EditOperation.Segment("A0", RosterProblems.Monday, new ShiftActivity("cooldown", null, At(9), At(10)))]).Days);

        var placement = ActivityPlacer.Place(roster, [Training(60, 8, 10.5, "A0")]);

        placement.Sessions.Should().ContainSingle().Which.Start.Should().Be(At(8));
    }

    [Test]
    public void Place_SeatsThatAreShort_FreesThemAtTheTightestTime()
    {
        var placement = ActivityPlacer.Place(Day(3, _ => 0, seats: 2), [Training(240, 8, 12, "A0")]);

        (placement.Effect.After.Total - placement.Effect.Before.Total).Should().BeApproximately(placement.Sessions[0].Cost, 1e-6).And.BeNegative();
    }

    [Test]
    public void ActivityToPlace_ValuesThatCannotBe_SaySo()
    {
        FluentActions.Invoking(() => new ActivityToPlace("a", "work", Duration.FromMinutes(60), ["A0"], []))
            .Should().Throw<Wfm.Scheduling.SchedulingDataException>()
            .WithMessage("*rostered, not placed*");
        FluentActions.Invoking(() => Training(60, 8, 16, "A0") with { Quorum = 2 })
            .Should().Throw<Wfm.Scheduling.SchedulingDataException>().WithMessage("*Quorum is 2*");
        FluentActions.Invoking(() => Training(60, 8, 16, "A0") with { Coach = "A0" })
            .Should().Throw<Wfm.Scheduling.SchedulingDataException>().WithMessage("*coach*");
        FluentActions.Invoking(() => new ActivityWindow(At(9), At(9)))
            .Should().Throw<Wfm.Scheduling.SchedulingDataException>();
    }

    private static IEnumerable<double> Times(int minutes) => Enumerable.Range(0, 32).Select(q => 8 + (q / 4.0))
        .Where(t => t + (minutes / 60.0) <= 12 || (t >= 12.5 && t + (minutes / 60.0) <= 16));

    private static double Cost(RosterDocument roster, int minutes, params (string Agent, double Hour)[] sessions)
    {
        var (days, refusals) = roster.Propose([.. sessions.Select(s => new EditOperation.Segment(
            s.Agent, RosterProblems.Monday, new ShiftActivity("training", null, At(s.Hour), At(s.Hour) + Duration.FromMinutes(minutes))))]);
        refusals.Should().BeEmpty();
        var effect = roster.Check(days);
        return effect.After.Total - effect.Before.Total;
    }
}
