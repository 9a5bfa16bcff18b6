using NodaTime;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Editing;

public sealed class ShiftPayTests
{
    private static readonly ShiftPay Pay = new([EditBench.Full], new Dictionary<string, bool> { ["meeting"] = false, [ActivityKinds.Leave] = true });

    [TestCase("day", ActivityKinds.Work, true)]
    [TestCase("day", ActivityKinds.Break, true)] // the template says so
    [TestCase("day", ActivityKinds.Meal, false)]
    [TestCase("other", ActivityKinds.Meal, false)] // of an unknown template a meal is unpaid
    [TestCase("other", ActivityKinds.Break, true)]
    [TestCase("other", ActivityKinds.Gap, false)]
    [TestCase("day", "meeting", false)] // the house says so
    [TestCase("day", "training", true)]
    [TestCase("day", ActivityKinds.Leave, true)]
    public void IsPaid_Kind_IsAsTemplateThenHouseThenCustomSay(string template, string kind, bool expected) =>
        Pay.IsPaid(template, kind).Should().Be(expected);

    [Test]
    public void Of_Activities_SumsThePaidOnes() =>
        Pay.Of("day", EditBench.Day.Activities).Should().Be(Duration.FromMinutes(450));

    [Test]
    public void IsPaid_BreaksOfOneKindPaidAndNot_AreUnpaid() =>
        new ShiftPay(
            [
                Template(
                    "two", 8, 8, 8, Pause(15, 2),
                    new BreakRule(ActivityKinds.Break, Duration.FromMinutes(30), Duration.FromHours(4), Duration.FromHours(4), Paid: false)),
            ]).IsPaid("two", ActivityKinds.Break).Should().BeFalse();
}
