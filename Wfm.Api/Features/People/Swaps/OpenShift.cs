using NodaTime;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Editing;

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

/// <summary>What is open.</summary>
public enum OpenShiftKind
{
    /// <summary>A shift that nobody works yet, for everybody who may.</summary>
    Shift,

    /// <summary>Longer shifts or more of them, offered to some people.</summary>
    Overtime,

    /// <summary>Shorter shifts or none, offered to some people.</summary>
    TimeOff,
}

/// <summary>A shift that nobody works yet, for so many people as there are places; or an offer to some people, each of another change of the own day.</summary>
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
    public OpenShiftKind Kind { get; init; }

    /// <summary>To whom it is offered, and what each would do; empty for a shift that everybody may take.</summary>
    public List<EditedDayData> Offered { get; init; } = [];
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

    /// <summary>What somebody would do: the day that is offered, or the shift; null where it is not offered to the person.</summary>
    internal EditedDayData? DayOf(string agent) => Offered.Count > 0 ? Offered.Find(d => d.Agent == agent) : new EditedDayData(agent, Date, null, Shift);

    /// <summary>A day as it is offered, as operations of an edit.</summary>
    internal static IReadOnlyList<EditOperation> Operations(EditedDayData day)
    {
        var operations = new List<EditOperation>();
        if (day.Before is not null) operations.Add(new EditOperation.Remove(day.Agent, day.Date));
        if (day.After is not null) operations.Add(new EditOperation.Assign(day.After.ToShift(day.Agent, day.Date)));
        return operations;
    }

    /// <summary>Why nobody can take it any more; null while there is a place.</summary>
    internal string? Closed => State switch
    {
        OpenShiftState.Open => null,
        OpenShiftState.Filled => Places == 1 ? $"{What} has one place, and somebody has it."
            : $"All {Places} places of {What[..1].ToLowerInvariant()}{What[1..]} are taken.",
        OpenShiftState.Withdrawn => $"{What} was withdrawn.",
        _ => $"{What} closed at {ExpiresAt}.",
    };

    private string What => Kind == OpenShiftKind.Shift ? "The open shift" : "The offer";
}
