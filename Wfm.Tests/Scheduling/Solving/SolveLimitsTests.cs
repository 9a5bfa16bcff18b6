using System.Text.Json;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Solving;

public sealed class SolveLimitsTests
{
    [Test]
    public void Seconds_WithoutAClock_SaysThatOneIsNeeded() =>
        FluentActions.Invoking(() => Solve(new SolveLimits(1, 1_000) { Seconds = 5 })).Should().Throw<InvalidOperationException>()
            .WithMessage("*clock*Elapsed*");

    [TestCase(0.0)]
    [TestCase(-1.0)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Seconds_OutOfRange_AreRefused(double seconds) =>
        FluentActions.Invoking(() => new SolveLimits(1, 1) { Seconds = seconds }).Should().Throw<ArgumentOutOfRangeException>();

    [Test]
    public void Solve_TimeIsOverAtOnce_EndsByTimeAndNotByCancellation()
    {
        var result = Solve(new SolveLimits(1, long.MaxValue) { Seconds = 1, Elapsed = () => 2 });

        result.StopReason.Should().Be(StopReason.TimeLimit);
        result.Violations.Should().NotContain(v => v.IsHard);
    }

    [Test]
    public void Solve_TimeRunsOut_StopsTheSearchWithoutAToken()
    {
        var asked = 0;

        Solve(new SolveLimits(1, long.MaxValue) { Seconds = 1, Elapsed = () => Interlocked.Increment(ref asked) / 200.0 }).StopReason
            .Should().BeOneOf(StopReason.TimeLimit, StopReason.Proven);
    }

    [Test]
    public void Solve_TimeLimitFarAway_IsTheSameRosterAsWithout()
    {
        var limits = new SolveLimits(3, 20_000);

        Solve(limits with { Seconds = 1e6, Elapsed = () => 0.001 }).Shifts.Should().BeEquivalentTo(Solve(limits).Shifts);
    }

    [Test]
    public void Json_RoundTrip_KeepsWhatAJobNeeds()
    {
        var limits = new SolveLimits(7, 8_000_000, 2) { Seconds = 60 };

        JsonSerializer.Deserialize<SolveLimits>(JsonSerializer.Serialize(limits)).Should().Be(limits);
    }

    private static RosterResult Solve(SolveLimits limits) =>
        new RosterSolver().Solve(
            Hub(
                [Agent("A"), Agent("B"), Agent("C")], [Template("early", 6, 9, 8), Template("late", 12, 15, 8)],
                [Demand("chat", 14, i => 1 + (i % 3))],
                days: 14),
            limits);
}
