using NodaTime;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;
using Wfm.Scheduling.Staffing.Pooling;

namespace Wfm.Tests.Scheduling.Staffing.Pooling;

/// <summary>The requirement of a clock against the simulator; the whole grid is printed by <c>staffing --study clocks</c>.</summary>
public sealed class ClockGridTests
{
    private static readonly Duration HalfHour = Duration.FromMinutes(30);

    [Test]
    public void Require_ClockByLoadByHandleTime_IsWhatTheSimulatorDelivers(
        [Values(10, 30, 60, 120, 480)] int minutes, [Values(1.5, 6.3)] double load, [Values(150, 600)] double aht, [Values(0, 0.6)] double swing)
    {
        const int Intervals = 48 * 10;
        double[] Each(Func<int, double> value) => [.. Enumerable.Range(0, Intervals).Select(value)];
        var volume = Each(i => load * (1 + (swing * Math.Sin(2 * Math.PI * i / 48))) * 1800 / aht);
        var goal = new DeferrableGoal(Duration.FromMinutes(minutes), 0.9);
        var work = new DeferrableWork([volume], Each(_ => aht), HalfHour, goal, Each(_ => 0), [.. Enumerable.Repeat(true, Intervals)]);
        var agents = GroupStaffing.Require([new("q", work)], 0.5)[0].Waterfall.Agents();
        int[] heads = [.. agents.Select(a => (int)Math.Ceiling(a - 1e-9))];
        var staffed = ShortClock.StaffedShare(0.9, aht, 60 * minutes);

        var service = Simulated(heads);
        service.Mean.Should().BeGreaterThan(staffed - 0.01 - service.HalfWidth!.Value, "what is staffed is what the simulator delivers");
        if (heads.Max() == 1) return;
        var fewer = Simulated([.. heads.Select(h => Math.Max(0, h - 2))]);
        fewer.Mean.Should().BeLessThan(staffed, "at most one head more than the simulator accepts");

        Estimate Simulated(int[] people) =>
            ServiceSimulator.Simulate(
                new ServiceScenario(
                    [new SimulatedQueue("q", [volume], Each(_ => aht), goal)], Rosters.Team(people, HalfHour, 1), HalfHour,
                    handover: Handover.ReturnDeferrable),
                new SimulationOptions(2026, 6, warmUp: Duration.FromDays(1))).Queues[0].Attainment!.Value;
    }
}
