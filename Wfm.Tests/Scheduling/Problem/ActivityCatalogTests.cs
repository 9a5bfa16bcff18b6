using NodaTime;
using Wfm.Scheduling;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Problem;

/// <summary>What codes mean to the rules of a roster, and that they can be used together.</summary>
public sealed class ActivityCatalogTests
{
    [Test]
    public void Standard_EveryKind_HasACodeOfItsName() =>
        ActivityCatalog.StandardCodes.Select(c => c.Code).Should().Equal(Enum.GetNames<ActivityKind>().Select(n => n.ToLowerInvariant()));

    [TestCase(ActivityKind.Work, false, true, "paid")]
    [TestCase(ActivityKind.Overtime, true, false, "working time")]
    [TestCase(ActivityKind.Meal, true, true, "interrupts")]
    [TestCase(ActivityKind.Training, false, true, "Unpaid")]
    public void ActivityCode_Contradiction_Throws(ActivityKind kind, bool paid, bool working, string words) =>
        FluentActions.Invoking(() => new ActivityCode("x", kind, paid, working, false)).Should().Throw<SchedulingDataException>().WithMessage($"*{words}*");

    [Test]
    public void Catalog_StandardCodeOfAnotherKindOrTwice_Throws()
    {
        ActivityCode Code(string code) => new(code, ActivityKind.Meeting, true, true, false);
        FluentActions.Invoking(() => new ActivityCatalog([Code("training")])).Should().Throw<SchedulingDataException>().WithMessage("*standard*");
        FluentActions.Invoking(() => new ActivityCatalog([Code("x"), Code("x")])).Should().Throw<SchedulingDataException>().WithMessage("*twice*");
    }

    [TestCase("training", "maximumContinuousWork")] // goes on with the work around it, and is no rest
    [TestCase("meeting", "maximumContinuousWork")]
    [TestCase("cooldown", null)] // paid, and interrupts work
    [TestCase("wellness", null)]
    [TestCase("coffee", null)]
    public void Check_ActivityInsteadOfABreak_CountsAsItsCodeSays(string code, string? broken) => Broken("maximumContinuousWork", code).Should().Be(broken);

    [TestCase("training", "breakAfter")]
    [TestCase("cooldown", "breakAfter")]
    [TestCase("wellness", "breakAfter")]
    [TestCase("coffee", null)] // of the kind of a break: the rest that is due
    public void Check_ActivityInsteadOfARest_IsOneOnlyAsABreak(string code, string? broken) => Broken("breakAfter", code).Should().Be(broken);

    [Test]
    public void Check_TrainingOnSevereWork_TakesItsMinutesFromTheExposure()
    {
        var problem = Problem(RosterProblems.Policy(RosterProblems.Rule("maximumExposure", new() { ["minutes"] = 420, ["minimumExposureClass"] = 3 })), 3);
        var roster = new RosterDocument(problem, []);
        var (days, _) = roster.Propose([new EditOperation.Assign(Shift("break"))]);
        roster.Check(days).Broken.Should().ContainSingle(v => v.Rule == "maximumExposure").Which.Amount.Should().Be(30, "7.5 hours are worked");

        (days, _) = roster.Propose([new EditOperation.Assign(Shift("break")),
            new EditOperation.Segment("A0", RosterProblems.Monday, new ShiftActivity("training", null, At(15), At(15.5)))]);
        roster.Check(days).Broken.Should().BeEmpty("training shows nothing");
    }

    [TestCase("coffee", 8)]
    [TestCase("unpaid-talk", 7)]
    public void Propose_Segment_IsPaidAsItsCodeSays(string code, double hours)
    {
        var roster = new RosterDocument(Problem(RosterProblems.Policy()), [Shift("break")]);
        var (days, _) = roster.Propose([new EditOperation.Segment("A0", RosterProblems.Monday, new ShiftActivity(code, null, At(9), At(10)))]);
        days.Single().Shift!.Paid.Should().Be(Duration.FromHours(hours));
    }

    // A shift of 8 hours, unbroken but for half an hour of an activity at noon, under a rule that work of more than 6 hours has a break.
    private static string? Broken(string rule, string code)
    {
        var policy = RosterProblems.Policy(rule == "breakAfter"
            ? RosterProblems.Rule(rule, new() { ["minutes"] = 30, ["afterHours"] = 6 })
            : RosterProblems.Rule(rule, new() { ["minutes"] = 360 }));
        var roster = new RosterDocument(Problem(policy), []);
        var (days, refusals) = roster.Propose([new EditOperation.Assign(Shift(code))]);
        refusals.Should().BeEmpty();
        return roster.Check(days).Broken.SingleOrDefault()?.Rule;
    }

    private static RosterProblem Problem(LabourPolicy policy, double exposure = 0) => RosterProblems.Hub(
        [RosterProblems.Agent("A0")], [RosterProblems.Template("day", 8, 8, 8)],
        [new DemandLine("chat", [.. Enumerable.Repeat(1.0, 48)], 1, exposure)], days: 1, policy: policy) with
    {
        Activities = new ActivityCatalog(
            [new ActivityCode("coffee", ActivityKind.Break, true, false, true), new ActivityCode("unpaid-talk", ActivityKind.Meeting, false, false, false)]),
    };

    private static RosterShift Shift(string code) => new(
        "A0", RosterProblems.Monday, "day", At(8), At(16), Duration.FromHours(8),
        [new("work", "chat", At(8), At(12)), new(code, null, At(12), At(12.5)), new("work", "chat", At(12.5), At(16))]);

    private static Instant At(double hour) => RosterProblems.Monday.AtMidnight().InUtc().ToInstant() + Duration.FromHours(hour);
}
