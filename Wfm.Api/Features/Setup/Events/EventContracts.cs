using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Setup.Events;

/// <summary>An event as it is created or replaced; start and end as instants, or in the time of its hub, or of each hub where it touches all.</summary>
public sealed record EventRequest : ISetupRequest
{
    /// <summary>What files and other systems call it; never changes. Lower-case letters, digits, '.', '_', '-'.</summary>
    [Required, Code]
    public string Code { get; init; } = "";

    /// <summary>Occurrences of one kind share what they do to volume, e.g. holiday-thanksgiving or outage. A crisis or crisis-… that is not over at the
    /// cut-off of a forecast is followed down to the usual volume; give it an end well ahead while it runs.</summary>
    [Required, Code]
    public string Kind { get; init; } = "";

    /// <summary>What people call it.</summary>
    [Required, StringLength(200)]
    public string Name { get; init; } = "";

    /// <summary>Code of the hub it touches; absent for every hub.</summary>
    [Code]
    public string? Hub { get; init; }

    /// <summary>Code of the queue it touches; absent for every queue.</summary>
    [Code]
    public string? Queue { get; init; }

    /// <summary>Start, inclusive.</summary>
    public Instant? Start { get; init; }

    /// <summary>End, exclusive.</summary>
    public Instant? End { get; init; }

    /// <summary>Start in the hub's time, instead of <c>start</c>; without a hub in the time of each hub, so that a holiday begins at everyone's own
    /// midnight.</summary>
    public LocalDateTime? LocalStart { get; init; }

    /// <summary>End in the hub's time, instead of <c>end</c>; without a hub in the time of each hub.</summary>
    public LocalDateTime? LocalEnd { get; init; }

    /// <summary>True when the kind comes again and its effect is learned (holidays); false only masks history (outage, crisis).</summary>
    public bool Repeats { get; init; }
}

/// <summary>A holiday, campaign, outage or crisis that bends volume.</summary>
/// <param name="Code">What files and other systems call it.</param>
/// <param name="Kind">Occurrences of one kind share what they do to volume.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Hub">Code of the hub it touches; null for every hub.</param>
/// <param name="Queue">Code of the queue it touches; null for every queue.</param>
/// <param name="Start">Start, inclusive; null for an event in the time of each hub.</param>
/// <param name="End">End, exclusive; null for an event in the time of each hub.</param>
/// <param name="LocalStart">Start in the time of each hub; null otherwise.</param>
/// <param name="LocalEnd">End in the time of each hub; null otherwise.</param>
/// <param name="Repeats">True when its effect is learned, false when it only masks history.</param>
/// <param name="Etag">ETag of this version, quotes included; goes into If-Match of a change.</param>
/// <param name="Version">Grows by one with every change.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record EventResponse(
    string Code, string Kind, string Name, string? Hub, string? Queue,
    Instant? Start, Instant? End, LocalDateTime? LocalStart, LocalDateTime? LocalEnd, bool Repeats,
    string Etag, int Version, Instant UpdatedAt) : IVersionedResponse
{
    internal static EventResponse From(OperationEvent e) =>
        e.OnLocalClocks
            ? Of(e, null, null, e.Start.InUtc().LocalDateTime, e.End.InUtc().LocalDateTime)
            : Of(e, e.Start, e.End, null, null);

    private static EventResponse Of(OperationEvent e, Instant? start, Instant? end, LocalDateTime? localStart, LocalDateTime? localEnd) => new(
        e.Code, e.Kind, e.Name, e.Hub?.Code, e.Queue?.Code, start, end, localStart, localEnd, e.Repeats, ETags.Of(e), e.Version, e.UpdatedAt);
}
