using NodaTime;
using Wfm.Scheduling.Groups;
using static Wfm.Tests.Scheduling.Groups.QueueRequirements;

namespace Wfm.Tests.Scheduling.Groups;

/// <summary>Eight hourly intervals of a requirement, of which a roster of four is cut out.</summary>
public sealed class GroupBandTests
{
    [Test]
    public void Of_PeriodInTheMiddle_TakesOverWhatThePlanHasDone()
    {
        var band = GroupBand.Of([Deferrable("slow", 1440)], Hours())!;

        // The plan works 0.8 an hour: 1.6 hours by 10:00, 4.8 by 14:00.
        band.Classes.Single().ArrivedHours.Should().Equal(new[] { 1.4, 2.4, 3.4, 4.4 }, (a, e) => Math.Abs(a - e) < 1e-9);
        band.Classes.Single().DueHours.Should().Equal(new[] { 0, 0.4, 1.4, 3.2 }, (a, e) => Math.Abs(a - e) < 1e-9);
        band.Productive.Should().OnlyContain(p => Math.Abs(p - 0.8) < 1e-9);
    }

    [Test]
    public void Of_FinerRoster_SpreadsArrivalsAndCountsDeadlinesAtTheEndOfTheHour()
    {
        var band = GroupBand.Of([Deferrable("slow", 1440)], Hours(minutes: 30))!;

        band.Classes.Single().ArrivedHours.Should().Equal(new[] { 0.9, 1.4, 1.9, 2.4 }, (a, e) => Math.Abs(a - e) < 1e-9);
        band.Classes.Single().DueHours.Should().Equal(new[] { 0, 0, 0, 1.6 }, (a, e) => Math.Abs(a - e) < 1e-9); // 3.2 planned by 12:00
    }

    [Test]
    public void Of_TwoQueues_TheShorterTurnaroundComesFirstAndPressesMore()
    {
        var band = GroupBand.Of([Deferrable("slow", 4320), Deferrable("urgent", 60)], Hours())!;

        band.Classes.Select(c => c.Name).Should().Equal("urgent", "slow");
        band.Classes.Select(c => c.GiveUpAfter).Should().Equal(Duration.FromHours(1), Duration.FromHours(24));
        band.Classes[0].LateCost.Should().Be(24 * band.Classes[1].LateCost!.Value);
    }

    [Test]
    public void Of_DueAboveArrivedByARounding_IsNoError()
    {
        double[] arrived = [1, 2, 3, 4, 5, 6, 7, 8];

        GroupBand.Of([Deferrable("slow", 60, [.. arrived.Select(a => a + 1e-12)], arrived)], Hours())!.Classes.Single().DueHours[^1].Should()
            .BeApproximately(4, 1e-9);
    }

    [Test]
    public void Of_ImmediateQueues_IsNoBand() => GroupBand.Of([Immediate("chat")], Hours()).Should().BeNull();

    [Test]
    public void Of_HubClosed_NobodyWorks() =>
        GroupBand.Of([Deferrable("slow", 1440)], Hours(open: i => i < 2))!.Productive.Select(p => Math.Round(p, 9)).Should().Equal(0.8, 0.8, 0, 0);
}
