using FsCheck;
using FsCheck.Fluent;
using Wfm.Scheduling.Simulation;

namespace Wfm.Tests.Scheduling.Simulation;

public sealed class OpenClockTests
{
    // Hours 0–1 open, 2–3 closed, 4 open; times in seconds.
    private static readonly OpenClock Clock = new([true, true, false, false, true], 3600);

    [TestCase(0, 3600, 3600)]
    [TestCase(5400, 3600, 14_400 + 1800)] // half an hour before closing, half an hour after the opening
    [TestCase(5400, 1800, 7200)] // due at the very end of the open time, not at the opening
    [TestCase(9000, 600, 15_000)] // arrives closed: the clock starts at the opening
    [TestCase(-1800, 3600, 1800)] // before the horizon the clock runs
    [TestCase(-7200, 3600, -3600)]
    [TestCase(17_000, 3600, 20_600)] // and after it
    public void Due_ClockThatStops_CountsOpenTimeOnly(double arrival, double turnaround, double due) =>
        Clock.Due(arrival, turnaround).Should().BeApproximately(due, 1e-9);

    [TestCase(0)]
    [TestCase(9000)]
    [TestCase(-50)]
    public void Due_LegalClock_RunsThroughTheNight(double arrival) => new OpenClock(null, 3600).Due(arrival, 86_400).Should().Be(arrival + 86_400);

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public Property Due_AnyOpeningHours_IsTheFirstMinuteWithEnoughOpenMinutes() => Prop.ForAll(
        Gen.Choose(0, 1).ArrayOf(12).ToArbitrary(), Gen.Choose(0, 720).ToArbitrary(), Gen.Choose(1, 300).ToArbitrary(), (hours, arrival, turnaround) =>
        {
            bool[] open = [.. hours.Select(h => h == 1)];
            var (minute, left) = (arrival, turnaround);
            while (left > 0)
            {
                if (minute >= 720 || open[minute / 60]) left--;
                minute++;
            }
            return Math.Abs(new OpenClock(open, 3600).Due(arrival * 60.0, turnaround * 60.0) - minute * 60.0) < 1e-6;
        });
}
