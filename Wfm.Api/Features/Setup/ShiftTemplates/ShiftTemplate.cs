using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.ShiftTemplates;

/// <summary>A shape of shift a hub allows: start window, length, meal and breaks.</summary>
public sealed class ShiftTemplate : VersionedEntity
{
    public Guid HubId { get; set; }
    public Hub? Hub { get; init; }
    public LocalTime EarliestStart { get; set; }
    public LocalTime LatestStart { get; set; }
    public int StartStepMinutes { get; set; } = 30;
    public int LengthMinutes { get; set; }

    /// <summary>Local end of a shift begun at the earliest start, where the end is kept on the wall clock rather than the length.</summary>
    public LocalTime? EndsAt { get; set; }
    public List<BreakWindow> Breaks { get; set; } = [];

    /// <summary>Days a shift may start; empty means every day.</summary>
    public List<IsoDayOfWeek> Days { get; set; } = [];
}

/// <summary>A break inside a shift; its window counts minutes from the shift's start.</summary>
/// <param name="Kind">meal, break, wellness, or gap: the free time between the two parts of a split shift, never paid.</param>
/// <param name="LengthMinutes">Length in minutes, a multiple of 5; a gap has 360 at most, anything else 240.</param>
/// <param name="EarliestAfterMinutes">First minute of the shift at which it may start, at least 0.</param>
/// <param name="LatestAfterMinutes">Last minute of the shift at which it may start; it must end within the shift.</param>
/// <param name="Paid">True when the time is paid.</param>
public sealed record BreakWindow(string Kind, int LengthMinutes, int EarliestAfterMinutes, int LatestAfterMinutes, bool Paid);
