using NodaTime;
using Wfm.Scheduling.Groups;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Groups;

/// <summary>Requirements of eight hours from 08:00: one scheduled head of which 0.8 work.</summary>
internal static class QueueRequirements
{
    public static readonly Instant Start = Instant.FromUtc(2026, 11, 2, 8, 0);

    public static QueueRequirement Immediate(string queue, double heads = 1) => new(queue, "group", Start, Duration.FromHours(1), Curve(heads, null, null));

    public static QueueRequirement Deferrable(string queue, double turnaroundMinutes, double[]? due = null, double[]? arrived = null) =>
        new(queue, "group", Start, Duration.FromHours(1), Curve(1, due ?? [0, 0, 1, 2, 3, 4, 5, 6], arrived ?? [1, 2, 3, 4, 5, 6, 7, 8]))
        {
            Turnaround = Duration.FromMinutes(turnaroundMinutes),
        };

    public static DemandIntervals Hours(int count = 4, int minutes = 60, Func<int, bool>? open = null) =>
        new(Start + Duration.FromHours(2), Duration.FromMinutes(minutes), [.. Enumerable.Range(0, count).Select(i => open?.Invoke(i) ?? true)]);

    private static RequirementCurve Curve(double heads, double[]? due, double[]? arrived)
    {
        double[] Each(double value) => [.. Enumerable.Repeat(value * heads, 8)];
        return new RequirementCurve(
            0.8, new Waterfall(Each(10), Each(1), Each(-0.2), Each(0), Each(0), Each(0), Each(0.2), Each(0)), Each(1), due, arrived, null);
    }
}
