using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Setup.Hubs;

/// <summary>A site: zone, country, labour policy, opening hours, seats.</summary>
public sealed class Hub : VersionedEntity
{
    public required string Name { get; set; }

    /// <summary>IANA zone id.</summary>
    public required string TimeZone { get; set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Country { get; set; }

    /// <summary>Code of the dated labour policy; null plans with no rule of law at all and is refused by the roster.</summary>
    public string? LabourPolicy { get; set; }

    /// <summary>Code of the organisation's wellbeing policy, added to the law; null for none.</summary>
    public string? WellbeingPolicy { get; set; }

    public int Seats { get; set; }

    /// <summary>Local opening hours; empty means always open.</summary>
    public List<OpeningWindow> OpeningHours { get; set; } = [];

    /// <summary>Paid time planned away from work (leave, training, meetings), fraction of paid time.</summary>
    public double PlannedShrinkage { get; set; } = 0.12;

    /// <summary>Paid time lost unplanned (sickness, lateness), fraction of the remaining time.</summary>
    public double UnplannedShrinkage { get; set; } = 0.08;

    /// <summary>Local time of the nightly chain.</summary>
    public LocalTime NightlyAt { get; set; } = new(2, 0);

    /// <summary>What the soft goals of its rosters weigh.</summary>
    public RosterGoals RosterGoals { get; set; } = new();

    public DateTimeZone Zone => DateTimeZoneProviders.Tzdb[TimeZone];

    /// <summary>Its local days.</summary>
    public IntervalGrid Days => IntervalGrid.Of(IntervalGrid.Day, Zone);
}

/// <summary>A local weekly window; a <c>to</c> at or before <c>from</c> ends on the next day, so 00:00 to 00:00 is the whole day.</summary>
/// <param name="Day">Day of the week it starts on.</param>
/// <param name="From">Local time it starts.</param>
/// <param name="To">Local time it ends, exclusive.</param>
public sealed record OpeningWindow(IsoDayOfWeek Day, LocalTime From, LocalTime To);
