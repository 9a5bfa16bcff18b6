using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
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

    public Instant Start { get; set; }
    public Instant End { get; set; }

    /// <summary>True when the same kind comes again and its effect should be learned (holidays); false only masks history (outage, crisis).</summary>
    public bool Repeats { get; set; }

    /// <summary>Whether it touches a hub: its own events and those of every hub.</summary>
    public bool Touches(Hub hub) => HubId is null || HubId == hub.Id;

    /// <summary>The event as forecasting knows it. A crisis, by its kind, decays: while it runs its course so far says how volume comes down.</summary>
    internal CalendarEvent ToCalendarEvent() => new(Kind, Start, End, Repeats)
    {
        Decays = !Repeats && (Kind == CrisisKind || Kind.StartsWith(CrisisKind + "-", StringComparison.Ordinal)),
    };
}
