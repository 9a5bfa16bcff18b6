using Wfm.Scheduling.Solving;

namespace Wfm.Tests.Scheduling.Solving;

public sealed class CoolingTests
{
    [Test]
    public void At_WorkLimit_CoolsGeometricallyToTheEnd()
    {
        var cooling = new Cooling(hot: 100, cold: 1, moves: 1_000, cells: 1_000, timeUsed: null);
        new[] { cooling.At(0), cooling.At(500), cooling.At(1_000) }.Should().BeEquivalentTo(new[] { 100.0, 10, 1 }, o => o.Using<double>(c => c.Subject.Should().BeApproximately(c.Expectation, 1e-9)).WhenTypeIs<double>());
    }

    [Test]
    public void At_Clock_FollowsIt()
    {
        var used = 0.0;
        var cooling = new Cooling(100, 1, long.MaxValue, 1_000, () => used);
        used = 0.5;
        cooling.At(3).Should().BeApproximately(10, 1e-9);
        used = 2;
        cooling.At(4).Should().BeApproximately(1, 1e-9);
    }

    [Test]
    public void At_LimitFarAwayWithoutClock_WarmsUpInDoublingRounds()
    {
        var cooling = new Cooling(100, 1, long.MaxValue, cells: 2, timeUsed: null);
        cooling.At(0).Should().Be(100);
        cooling.At(299).Should().BeLessThan(2);
        cooling.At(300).Should().Be(100);
        cooling.At(600).Should().BeApproximately(10, 1e-9);
        cooling.At(900).Should().Be(100);
    }
}
