using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Rosters.Worked;

/// <summary>A shift that somebody worked, as another system tells it. An agent has one shift from a moment on: sent again, it replaces the one
/// before.</summary>
public sealed record WorkedShiftRequest
{
    /// <summary>Code of the agent.</summary>
    /// <example>dub-001</example>
    [Required, Code]
    public required string Agent { get; init; }

    /// <summary>Start, a whole minute: with Z or an offset an instant, without one the local time of the hub.</summary>
    /// <example>2026-10-05T08:00</example>
    [Required]
    public required string Start { get; init; }

    /// <summary>End, exclusive, at most 24 hours after the start; written as the start is.</summary>
    /// <example>2026-10-05T16:30</example>
    [Required]
    public required string End { get; init; }

    /// <summary>Paid minutes, at most the length of the shift; the whole shift when left out.</summary>
    /// <example>480</example>
    [Range(0, 1440)]
    public int? PaidMinutes { get; init; }

    /// <summary>Skill group worked; null when it is not known.</summary>
    [StringLength(100)]
    public string? Group { get; init; }

    /// <summary>Code of the hub where it was worked; that of the agent when left out.</summary>
    [Code]
    public string? Hub { get; init; }
}

/// <summary>A shift that somebody worked before rosters were published here.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Agent">Code of the agent.</param>
/// <param name="Hub">Code of the hub where it was worked.</param>
/// <param name="Date">Local day on which it starts.</param>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="PaidMinutes">Paid minutes.</param>
/// <param name="Group">Skill group worked; null when it is not known.</param>
public sealed record WorkedShiftResponse(Guid Id, string Agent, string Hub, LocalDate Date, Instant Start, Instant End, int PaidMinutes, string? Group)
{
    internal static WorkedShiftResponse From(WorkedShift shift, string hub) =>
        new(shift.Id, shift.Agent!.Code, hub, shift.Date, shift.Start, shift.End, shift.PaidMinutes, shift.Group);
}
