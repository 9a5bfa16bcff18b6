using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Scheduling.Leave;

namespace Wfm.Api.Features.People.TimeOff.Requests;

/// <summary>A request for leave: whole local days, or a part of one, in the time of the person's hub.</summary>
public sealed record AskLeaveRequest
{
    /// <summary>Code of the type of leave.</summary>
    [Required, Code]
    public string Type { get; init; } = "";

    /// <summary>First local date.</summary>
    [Required]
    public LocalDate? From { get; init; }

    /// <summary>Last local date, inclusive; absent for one day.</summary>
    public LocalDate? To { get; init; }

    /// <summary>Local time at which a part of one day begins; goes with toTime, and with types that allow parts.</summary>
    public LocalTime? FromTime { get; init; }

    /// <summary>Local time at which a part of one day ends; 00:00 is the end of the day.</summary>
    public LocalTime? ToTime { get; init; }

    /// <summary>What the person adds; seen by the person and by who decides.</summary>
    [StringLength(500)]
    public string? Note { get; init; }

    /// <summary>Whether it goes on the waiting list when there is no place on one of its days; false to be refused instead.</summary>
    public bool Wait { get; init; } = true;

    /// <summary>Until when it waits, for a place or a decision; at its start at the latest, which is also the default.</summary>
    public Instant? ExpiresAt { get; init; }
}

/// <summary>A decision about a request.</summary>
public sealed record DecideLeaveRequest
{
    /// <summary>Why; needed to refuse, and to grant against a rule.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }

    /// <summary>True grants it although a rule refuses it, all but the balance; the request keeps who did so and why.</summary>
    public bool Override { get; init; }
}

/// <summary>Taking a request back.</summary>
public sealed record TakeBackLeaveRequest
{
    /// <summary>Why; may be left out.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }

    /// <summary>First local date that is given back, of granted leave; absent for all of it, or for all days to come when it has begun.</summary>
    public LocalDate? From { get; init; }
}

/// <summary>A local date of leave.</summary>
/// <param name="Date">The local date.</param>
/// <param name="Hours">What it costs: the paid time of the shift in force, or of a usual day where no roster is.</param>
public sealed record LeaveDayResponse(LocalDate Date, double Hours);

/// <summary>A request for leave, with what the rules found in the order in which they decide.</summary>
/// <param name="Id">Id of the request.</param>
/// <param name="Agent">Code of the person.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Type">Code of the type of leave; null where its reason is hidden from the caller.</param>
/// <param name="Start">Start, inclusive.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="LocalStart">Start in the time of the hub.</param>
/// <param name="LocalEnd">End in the time of the hub.</param>
/// <param name="Hours">What it costs.</param>
/// <param name="Days">What each of its dates costs.</param>
/// <param name="State">Where it stands.</param>
/// <param name="DecidedBy">The rule that refuses it or lets it wait; null when none does.</param>
/// <param name="Findings">What each rule found, up to the one that decided; empty where the reason is hidden from the caller.</param>
/// <param name="Position">Place on the waiting list among those that want some of the same time, 1 for the first; null when it does not wait.</param>
/// <param name="ExpiresAt">Until when it waits for a place or a decision; null when it is decided.</param>
/// <param name="Note">What the person added; null for nothing, and for others than the person and who decides.</param>
/// <param name="AskedAt">When it was asked for.</param>
/// <param name="History">Who did what to it, oldest first.</param>
/// <param name="TimeOff">The time off that it became; null before.</param>
/// <param name="Etag">ETag of this version, quotes included.</param>
/// <param name="Version">Grows by one with every change.</param>
public sealed record LeaveRequestResponse(
    Guid Id, string Agent, string Hub, string? Type, Instant Start, Instant End, LocalDateTime LocalStart, LocalDateTime LocalEnd, double Hours,
    IReadOnlyList<LeaveDayResponse> Days, LeaveState State, LeaveRule? DecidedBy, IReadOnlyList<LeaveFinding> Findings, int? Position, Instant? ExpiresAt,
    string? Note, Instant AskedAt, IReadOnlyList<LeaveStep> History, string? TimeOff, string Etag, int Version);
