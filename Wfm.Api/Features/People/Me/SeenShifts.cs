using NodaTime;
using Wfm.Api.Features.Rosters.Stored;

namespace Wfm.Api.Features.People.Me;

/// <summary>What a person saw of the own published shifts at the last look, from that day on.</summary>
public sealed class SeenShifts
{
    public Guid AgentId { get; init; }
    public Instant SeenAt { get; set; }
    public List<SeenShift> Shifts { get; set; } = [];

    /// <summary>Of two looks at once one is told of the other.</summary>
    public int Version { get; set; } = 1;
}

/// <summary>A shift as a person saw it. It has no identity: an edit of the roster may put another row in its place.</summary>
/// <param name="Date">Local day at the hub on which it starts.</param>
/// <param name="HubId">Where.</param>
/// <param name="Template">Code of its template.</param>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="PaidMinutes">Paid minutes.</param>
/// <param name="Activities">What it consists of.</param>
public sealed record SeenShift(
    LocalDate Date, Guid HubId, string? Template, Instant Start, Instant End, int PaidMinutes, IReadOnlyList<ShiftActivityData> Activities)
{
    internal static SeenShift From(ShiftInForce shift) =>
        new(shift.Date, shift.HubId, shift.Template, shift.Start, shift.End, shift.PaidMinutes, shift.Activities);

    /// <summary>True for the same work at the same times; lists are compared by what they hold.</summary>
    public bool Is(SeenShift other) =>
        IsAt(other) && Template == other.Template && PaidMinutes == other.PaidMinutes && Activities.SequenceEqual(other.Activities);

    /// <summary>True for the same time and place.</summary>
    public bool IsAt(SeenShift other) => Date == other.Date && HubId == other.HubId && Start == other.Start && End == other.End;

    /// <summary>True where the two overlap in time.</summary>
    public bool Meets(SeenShift other) => Start < other.End && other.Start < End;
}
