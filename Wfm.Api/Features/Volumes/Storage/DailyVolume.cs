using NodaTime;

namespace Wfm.Api.Features.Volumes.Storage;

/// <summary>What is kept of a local day whose intervals have been rolled up. The counts of the last day before the horizon may go on in the volumes after
/// it: months end at midnight of UTC, days at that of the hub.</summary>
public sealed class DailyVolume
{
    public int SeriesId { get; init; }

    /// <summary>Local midnight at the hub as it was when the day was rolled up.</summary>
    public Instant DayStart { get; init; }

    /// <summary>Intervals summed up.</summary>
    public int Intervals { get; init; }
    public double Offered { get; init; }
    public double? Handled { get; init; }

    /// <summary>Total, not average.</summary>
    public double? HandleTimeSeconds { get; init; }
    public double? Abandoned { get; init; }

    /// <summary>At the end of the last interval that says.</summary>
    public double? Backlog { get; init; }
}
