using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Forecasting.Calendar;

namespace Wfm.Api.Features.Setup.Events;

/// <summary>A holiday, campaign, outage or crisis that bends volume.</summary>
public sealed class OperationEvent : VersionedEntity
{
    private const string CrisisKind = "crisis";

    /// <summary>Occurrences of one kind share what they do to volume.</summary>
    public required string Kind { get; set; }

    public required string Name { get; set; }

    /// <summary>Null touches every hub.</summary>
    public Guid? HubId { get; set; }
    public Hub? Hub { get; init; }

    /// <summary>Null touches every queue.</summary>
    public Guid? QueueId { get; set; }
    public WorkQueue? Queue { get; init; }

    /// <summary>Start; with <see cref="OnLocalClocks"/> the local time, written as if it were UTC.</summary>
    public Instant Start { get; set; }

    /// <summary>End, exclusive, in the same terms.</summary>
    public Instant End { get; set; }

    /// <summary>Whether it comes to each hub when its own clock says so: New Year's Day begins at every hub's own midnight.</summary>
    public bool OnLocalClocks { get; set; }

    /// <summary>True when the same kind comes again and its effect should be learned (holidays); false only masks history (outage, crisis).</summary>
    public bool Repeats { get; set; }

    /// <summary>Whether it touches a hub: its own events and those of every hub.</summary>
    public bool Touches(Hub hub) => HubId is null || HubId == hub.Id;

    /// <summary>Start and end at a hub.</summary>
    /// <param name="zone">Zone of the hub.</param>
    public (Instant Start, Instant End) During(DateTimeZone zone) => OnLocalClocks
        ? (TimeRanges.InstantOf(zone, Start.InUtc().LocalDateTime), TimeRanges.InstantOf(zone, End.InUtc().LocalDateTime))
        : (Start, End);

    /// <summary>The event as forecasting knows it at a hub; nothing where the clocks of the hub skip it whole.
    /// A crisis, by its kind, decays: while it runs its course so far says how volume comes down.</summary>
    /// <param name="zone">Zone of the hub.</param>
    internal CalendarEvent? ToCalendarEvent(DateTimeZone zone) => During(zone) is var (start, end) && start < end
        ? new CalendarEvent(Kind, start, end, Repeats)
        {
            Decays = !Repeats && (Kind == CrisisKind || Kind.StartsWith(CrisisKind + "-", StringComparison.Ordinal)),
        }
        : null;
}
