using NodaTime;
using Wfm.Scheduling.Proof;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Proof;

public sealed class ReachTests
{
    private const int Days = 14;
    private static readonly Duration HalfHour = Duration.FromMinutes(30);

    [Test] // 22 % of exponential handle times of 40 minutes are longer than an hour
    public void Of_HandlingLongerThanTheClock_IsOutOfReach()
    {
        var orders = Orders(0.02, 2400, 60);

        var reach = Reach.Of(orders, HalfHour);

        reach.Handling.Should().BeApproximately(1 - Math.Exp(-1.5), 1e-9);
        reach.Open.Should().Be(reach.Handling);
        reach.Probability.Should().BeLessThan(0.1);
        reach.Explain(orders).Reason.Should().Be(BindingReason.HandleTime);
        reach.Explain(orders).Message.Should().Contain("40 minutes").And.Contain("77.7 %");
    }

    [Test]
    public void Of_DeedAfterAQuarter_IsWithinReach() =>
        Reach.Of(Orders(0.02, 2400, 60, action: 0.25), HalfHour).Probability.Should().BeGreaterThan(0.8);

    [Test] // three hours run out in a night of eight
    public void Of_ClosedForLongerThanTheClock_IsOutOfReach()
    {
        var orders = Orders(0.02, 600, 180, open: i => i % 48 is >= 14 and < 46);

        var reach = Reach.Of(orders, HalfHour);

        reach.Open.Should().BeLessThan(0.8).And.BeLessThan(reach.Handling);
        reach.Explain(orders).Reason.Should().Be(BindingReason.Closed);
        reach.Explain(orders).WhatHelps.Should().Contain("opening hours");
    }

    [Test]
    public void Of_ClockThatStopsWhenClosed_IsWithinReach() =>
        Reach.Of(Orders(0.02, 600, 180, open: i => i % 48 is >= 14 and < 46, stops: true), HalfHour).Probability.Should().BeGreaterThan(0.99);

    [Test]
    public void Of_LiveWork_IsAlwaysWithinReach() => Reach.Of(ProofCases.Calls, HalfHour).Probability.Should().Be(1);

    [TestCase(0.999, false)] // 6 of a million handle times of 15 minutes are longer than three hours
    [TestCase(1.0, true)] // but not one may be
    public void Of_ManyContacts_GoesByTheShareThatIsJudged(double judged, bool outOfReach) =>
        (Reach.Of(Orders(500, 900, 180, judged: judged), HalfHour).Probability < 0.8).Should().Be(outOfReach);

    private static SimulatedQueue Orders(
        double perInterval, double aht, double minutes, Func<int, bool>? open = null, bool stops = false, double action = 1, double? judged = null) =>
        new(
            "orders", [[.. Enumerable.Repeat(perInterval, 48 * Days)]], [.. Enumerable.Repeat(aht, 48 * Days)],
            new DeferrableGoal(Duration.FromMinutes(minutes), 1, null, stops, judged, action))
        {
            Open = open is null ? null : [.. Enumerable.Range(0, 48 * Days).Select(open)],
        };
}
