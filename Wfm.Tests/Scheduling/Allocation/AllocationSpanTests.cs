using NodaTime;
using Wfm.Scheduling.Allocation;

namespace Wfm.Tests.Scheduling.Allocation;

public sealed class AllocationSpanTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 0, 0);

    [TestCase(0, 0)]
    [TestCase(3.9, 0)]
    [TestCase(4, 1)]
    [TestCase(167.9, 41)]
    [TestCase(168, 0)] // the week repeats itself
    [TestCase(-0.1, 41)]
    [TestCase(-168, 0)]
    public void Place_Moment_IsThatOfTheWeekThatRepeatsItself(double hours, int place) =>
        new AllocationSpan(Start, Duration.FromHours(4), 42).Place(Start + Duration.FromHours(hours)).Should().Be(place);
}
