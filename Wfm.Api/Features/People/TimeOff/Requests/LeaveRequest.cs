using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Leave;

namespace Wfm.Api.Features.People.TimeOff.Requests;

/// <summary>Where a request for leave stands.</summary>
public enum LeaveState
{
    /// <summary>All rules let it through, its hours and places are held, and a person decides.</summary>
    Pending,

    /// <summary>Granted.</summary>
    Approved,

    /// <summary>On the waiting list: it is granted when a place becomes free.</summary>
    Waiting,

    /// <summary>Refused by a rule or a person.</summary>
    Refused,

    /// <summary>Taken back by the person before it was decided.</summary>
    Withdrawn,

    /// <summary>Granted, and cancelled before it began.</summary>
    Cancelled,

    /// <summary>Not decided in time.</summary>
    Expired,
}

/// <summary>A person's request for leave.</summary>
public sealed class LeaveRequest
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid AgentId { get; init; }
    public Guid HubId { get; init; }

    /// <summary>Code of the type of leave.</summary>
    public required string Type { get; init; }

    public Instant Start { get; init; }

    /// <summary>End, exclusive; comes forward when the rest is cancelled.</summary>
    public Instant End { get; set; }

    /// <summary>True for a part of one day.</summary>
    public bool IsPart { get; init; }

    /// <summary>Its local dates and what each costs.</summary>
    public List<LeaveDayData> Days { get; set; } = [];

    public string? Note { get; init; }
    public LeaveState State { get; set; }

    /// <summary>What the rules said when it was asked for, or last decided.</summary>
    public List<LeaveFinding> Findings { get; set; } = [];

    public Instant AskedAt { get; init; }

    /// <summary>Until when it waits; its start when nothing else was said.</summary>
    public Instant ExpiresAt { get; init; }

    /// <summary>The time off that it became.</summary>
    public Guid? EntryId { get; set; }

    /// <summary>Who did what to it, oldest first.</summary>
    public List<LeaveStep> History { get; set; } = [];

    public int Version { get; set; } = 1;

    /// <summary>True while it may still be decided.</summary>
    public bool IsOpen => State is LeaveState.Pending or LeaveState.Waiting;

    /// <summary>Moves it, and says so in its history.</summary>
    internal void Become(LeaveState state, Instant at, string by, string? reason = null, bool isOverride = false)
    {
        State = state;
        History = [.. History, new LeaveStep(at, by, state, reason, isOverride)];
        Version++;
    }
}

/// <summary>A local date of a request.</summary>
/// <param name="Date">The local date.</param>
/// <param name="Minutes">What it costs.</param>
public sealed record LeaveDayData(LocalDate Date, int Minutes);

/// <summary>What was done to a request.</summary>
/// <param name="At">When.</param>
/// <param name="By">Name of the key that did it.</param>
/// <param name="State">What the request became.</param>
/// <param name="Reason">Why, where somebody said so.</param>
/// <param name="Override">Whether it was granted against a rule.</param>
public sealed record LeaveStep(Instant At, string By, LeaveState State, string? Reason, bool Override);
