using NodaTime;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Swaps;

/// <summary>Whether an open shift can be taken.</summary>
public enum OpenShiftState
{
    /// <summary>There are places.</summary>
    Open,

    /// <summary>All places are taken.</summary>
    Filled,

    /// <summary>Taken back by a manager; what was taken stays.</summary>
    Withdrawn,

    /// <summary>Closed before it begins.</summary>
    Expired,
}

/// <summary>A shift that nobody works yet, for so many people as there are places.</summary>
public sealed class OpenShift
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid HubId { get; init; }
    public Hub? Hub { get; init; }

    /// <summary>Local day on which it starts.</summary>
    public LocalDate Date { get; init; }

    /// <summary>Skill group worked on.</summary>
    public required string Group { get; init; }
    public required EditedShift Shift { get; init; }
    public int Places { get; init; }
    public int Taken { get; set; }
    public OpenShiftState State { get; set; }
    public required string PostedBy { get; init; }
    public string? Reason { get; init; }
    public Instant PostedAt { get; init; }
    public Instant ExpiresAt { get; init; }
    public int Version { get; set; } = 1;
    public Instant UpdatedAt { get; set; }

    internal void Move(OpenShiftState state, Instant now)
    {
        (State, UpdatedAt) = (state, now);
        Version++;
    }

    /// <summary>Expires where it is due.</summary>
    /// <returns>True when it has changed.</returns>
    internal bool Expire(Instant now)
    {
        if (State != OpenShiftState.Open || now < ExpiresAt)
        {
            return false;
        }

        Move(OpenShiftState.Expired, now);
        return true;
    }

    /// <summary>Why nobody can take it any more; null while there is a place.</summary>
    internal string? Closed => State switch
    {
        OpenShiftState.Open => null,
        OpenShiftState.Filled => Places == 1 ? "The open shift has one place, and somebody has it." : $"All {Places} places of the open shift are taken.",
        OpenShiftState.Withdrawn => "The open shift was withdrawn.",
        _ => $"The open shift closed at {ExpiresAt}.",
    };
}
