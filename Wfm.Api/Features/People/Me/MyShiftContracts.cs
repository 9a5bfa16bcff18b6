using NodaTime;
using Wfm.Api.Features.Setup.Hubs;

namespace Wfm.Api.Features.People.Me;

/// <summary>A published shift of one's own. Times are told thrice: as an instant, on the hub's clock, and on the clock asked for.</summary>
/// <param name="Id">Identity of the shift in force; null for a shift as it was.</param>
/// <param name="Date">Local day at the hub on which it starts.</param>
/// <param name="Hub">Code of the hub where it is worked.</param>
/// <param name="Template">Shift template.</param>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="LocalStart">Start on the hub's clock, ISO 8601 with offset.</param>
/// <param name="LocalEnd">End on the hub's clock, ISO 8601 with offset.</param>
/// <param name="Zone">The zone asked for; that of the hub when none was.</param>
/// <param name="ZoneStart">Start on the clock of that zone, ISO 8601 with offset.</param>
/// <param name="ZoneEnd">End on the clock of that zone, ISO 8601 with offset.</param>
/// <param name="PaidMinutes">Paid minutes.</param>
/// <param name="Activities">Work, meal, breaks, in order, without gaps.</param>
public sealed record MyShiftResponse(
    Guid? Id, LocalDate Date, string Hub, string? Template, Instant Start, Instant End, string LocalStart, string LocalEnd, string Zone, string ZoneStart,
    string ZoneEnd, int PaidMinutes, IReadOnlyList<MyActivityResponse> Activities)
{
    internal static MyShiftResponse From(SeenShift shift, Guid? id, Hub hub, Clocks clocks) => new(
        id, shift.Date, hub.Code, shift.Template, shift.Start, shift.End, Clocks.Local(shift.Start, hub), Clocks.Local(shift.End, hub), clocks.ZoneAt(hub),
        clocks.Asked(shift.Start, hub), clocks.Asked(shift.End, hub), shift.PaidMinutes,
        [.. shift.Activities.Select(a => new MyActivityResponse(
            a.Kind, a.Group, a.Start, a.End, Clocks.Local(a.Start, hub), Clocks.Local(a.End, hub), clocks.Asked(a.Start, hub), clocks.Asked(a.End, hub)))]);
}

/// <summary>A part of a shift.</summary>
/// <param name="Kind">work, meal, break, wellness …</param>
/// <param name="Group">Skill group worked on; null for anything but work.</param>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="LocalStart">Start on the hub's clock, ISO 8601 with offset.</param>
/// <param name="LocalEnd">End on the hub's clock, ISO 8601 with offset.</param>
/// <param name="ZoneStart">Start on the clock asked for, ISO 8601 with offset.</param>
/// <param name="ZoneEnd">End on the clock asked for, ISO 8601 with offset.</param>
public sealed record MyActivityResponse(
    string Kind, string? Group, Instant Start, Instant End, string LocalStart, string LocalEnd, string ZoneStart, string ZoneEnd);

/// <summary>What became of one's published shifts, from today on, since the last look.</summary>
/// <param name="SeenAt">When that was; null for never: all shifts are new then.</param>
/// <param name="Items">Changes in order of time.</param>
/// <param name="Etag">ETag of this answer, quotes included; goes into If-Match of <c>POST /api/v1/me/changes:seen</c>, so that nothing is taken for seen that
/// was published meanwhile.</param>
public sealed record MyChangesResponse(Instant? SeenAt, IReadOnlyList<MyChangeResponse> Items, string Etag);

/// <summary>A change of one shift.</summary>
/// <param name="Kind">added, removed, moved (another time or hub) or changed (other work, breaks or pay at the same time).</param>
/// <param name="Date">Local day of the shift as it is, or was where it was removed.</param>
/// <param name="Before">As it was seen; null where it was added.</param>
/// <param name="After">As it is in force; null where it was removed.</param>
public sealed record MyChangeResponse(ShiftChangeKind Kind, LocalDate Date, MyShiftResponse? Before, MyShiftResponse? After);
