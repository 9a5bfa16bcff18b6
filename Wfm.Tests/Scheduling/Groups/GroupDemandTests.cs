using NodaTime;
using Wfm.Scheduling.Groups;
using static Wfm.Tests.Scheduling.Groups.QueueRequirements;

namespace Wfm.Tests.Scheduling.Groups;

public sealed class GroupDemandTests
{
    [Test]
    public void Lines_QueuesOfAGroup_AddUpAndTheMostUrgentCounts()
    {
        var line = GroupDemand.Lines([Immediate("chat", 2) with { Priority = 2, MinimumHeads = 2 }, Immediate("voice") with { Priority = 4 }], Hours())
            .Single();

        line.Heads.Should().Equal(3, 3, 3, 3);
        line.MinimumPresence.Should().Equal(2, 2, 2, 2);
        line.Priority.Should().Be(2.5);
        line.Band.Should().BeNull();
    }

    [Test]
    public void Lines_DeferrableQueue_AsksForItsBandAndNotForHeads()
    {
        var line = GroupDemand.Lines([Immediate("chat"), Deferrable("mail", 60)], Hours()).Single();

        line.Heads.Should().Equal(1, 1, 1, 1);
        line.BusyHeads.Should().OnlyContain(b => b == 1, "its workload keeps the head busy");
        line.Band!.Classes.Single().Name.Should().Be("mail");
    }

    [TestCase(1, 3)]
    [TestCase(3, 2)]
    [TestCase(5, 1)]
    [TestCase(9, 1)]
    public void Priority_OfAQueue_IsOneFromFiveOn(int priority, double expected) => GroupDemand.Priority([priority]).Should().Be(expected);

    [Test]
    public void Interval_FinestRequirement_AndHalfHoursWithout()
    {
        GroupDemand.Interval([]).Should().Be(Duration.FromMinutes(30));
        GroupDemand.Interval([Immediate("a") with { Interval = Duration.FromMinutes(15) }, Immediate("b")]).Should().Be(Duration.FromMinutes(15));
    }

    // Issue 13: a group with an E3 queue of under a fifth of its work counted as not severe at all.
    [Test]
    public void Lines_RareSevereQueue_MakesTheGroupSevereAndSaysItsShare()
    {
        var line = GroupDemand.Lines([Immediate("reports", 9) with { ExposureClass = 1 }, Immediate("images") with { ExposureClass = 3 }], Hours()).Single();

        line.ExposureWeight.Should().Be(3);
        line.ExposureShares.Should().Equal(0, 0.9, 0, 0.1);
    }

    [Test]
    public void Lines_NothingToDo_IsTakenForTheWorst() =>
        GroupDemand.Lines([Immediate("images", 0) with { ExposureClass = 2 }], Hours()).Single().ExposureShares.Should().Equal(0, 0, 1);
}
