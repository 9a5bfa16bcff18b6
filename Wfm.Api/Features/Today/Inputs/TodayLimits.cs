using NodaTime;
using Wfm.Api.Features.Today.Feeds;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Today.Inputs;

/// <summary>From which age on an input is stale. Feeds come every 5 to 60 minutes; of an interval nothing is known until it has ended.</summary>
internal static class TodayLimits
{
    private static readonly Duration Slowest = Duration.FromMinutes(60);

    /// <summary>Snapshots are of a moment.</summary>
    public static Duration Backlog => Slowest;

    /// <summary>States are told as they change.</summary>
    public static Duration States { get; } = Duration.FromMinutes(15);

    /// <summary>Volumes are of an interval.</summary>
    public static Duration Volumes(IntervalGrid grid) => Slowest + grid.Interval;

    /// <summary>So is what was answered.</summary>
    public static Duration Served(IReadOnlyList<ServedInterval> served) =>
        Slowest + (served.Count == 0 ? Duration.Zero : served.Max(s => s.End - s.Start));
}
