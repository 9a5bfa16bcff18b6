using NodaTime;
using Wfm.Api.Features.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.ShiftTemplates;

/// <summary>A shape of shift a hub allows: start window, length, meal and breaks.</summary>
public sealed class ShiftTemplate : VersionedEntity
{
    public Guid HubId { get; init; }
    public Hub? Hub { get; init; }
    public LocalTime EarliestStart { get; set; }
    public LocalTime LatestStart { get; set; }
    public int StartStepMinutes { get; set; } = 30;
    public int LengthMinutes { get; set; }
    public List<BreakWindow> Breaks { get; set; } = [];

    /// <summary>Days a shift may start; empty means every day.</summary>
    public List<IsoDayOfWeek> Days { get; set; } = [];
}

/// <summary>A break inside a shift; the window counts minutes from the shift's start.</summary>
/// <param name="Kind">meal, break or wellness.</param>
public sealed record BreakWindow(string Kind, int LengthMinutes, int EarliestAfterMinutes, int LatestAfterMinutes, bool Paid);
