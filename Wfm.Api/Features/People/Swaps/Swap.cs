using NodaTime;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Requests;

namespace Wfm.Api.Features.People.Swaps;

/// <summary>What passes between people.</summary>
public enum SwapKind
{
    /// <summary>Two people exchange shifts.</summary>
    Exchange,

    /// <summary>One gives a shift, or a part of one, to another or to whoever takes it.</summary>
    GiveAway,

    /// <summary>One takes an open shift.</summary>
    PickUp,
}

/// <summary>How far a request has come.</summary>
public enum SwapState
{
    /// <summary>Waits for the other; a pick-up waits for the manager.</summary>
    Asked,

    /// <summary>The other agrees; waits for the manager.</summary>
    Accepted,

    /// <summary>Done: the roster is edited.</summary>
    Approved,

    /// <summary>Refused by the other or by a manager.</summary>
    Refused,

    /// <summary>Taken back by whoever asked.</summary>
    Withdrawn,

    /// <summary>Not decided in time.</summary>
    Expired,

    /// <summary>What was agreed cannot be any more: a shift has changed, or a rule stands against it.</summary>
    Failed,
}

/// <summary>A change of a request's state.</summary>
/// <param name="State">The new state.</param>
/// <param name="At">When.</param>
/// <param name="By">Code of the person, name of the key, or <c>policy</c>, <c>rules</c> or <c>clock</c> where nobody did it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Rule">The rule of the policy or of work that decided; null where a person did.</param>
public sealed record SwapStep(SwapState State, Instant At, string By, string? Reason, string? Rule);

/// <summary>A request of one person to another, or for an open shift.</summary>
public sealed class Swap
{
    public const string Policy = "policy";
    public const string Rules = "rules";
    public const string Clock = "clock";

    public Guid Id { get; init; } = SequentialId.Next();
    public Guid HubId { get; init; }
    public Hub? Hub { get; init; }
    public SwapKind Kind { get; init; }

    /// <summary>Who asks: gives a shift, or takes an open one.</summary>
    public Guid AgentId { get; init; }
    public Agent? Agent { get; init; }

    /// <summary>Local day of the shift that passes.</summary>
    public LocalDate Date { get; init; }

    /// <summary>Who is asked; null where everybody is and nobody has agreed.</summary>
    public Guid? OtherId { get; set; }
    public Agent? Other { get; init; }

    /// <summary>Local day of the shift that the other gives.</summary>
    public LocalDate? OtherDate { get; init; }

    /// <summary>Offered to whoever may take it.</summary>
    public bool ToEverybody { get; init; }

    /// <summary>First moment of the part that passes; null for the whole shift.</summary>
    public Instant? From { get; init; }

    /// <summary>First moment after the part.</summary>
    public Instant? To { get; init; }

    /// <summary>The shift that passes, as it was when it was asked for.</summary>
    public required EditedShift Shift { get; init; }

    /// <summary>The other's shift, as it was then.</summary>
    public EditedShift? OtherShift { get; init; }
    public Guid? OpenShiftId { get; init; }

    /// <summary>The day as it was offered; null where nothing was offered to the person alone.</summary>
    public EditedDayData? Day { get; init; }
    public SwapState State { get; set; }
    public Instant AskedAt { get; init; }
    public Instant ExpiresAt { get; init; }

    /// <summary>The rule that decided, or left it to the manager.</summary>
    public string? Rule { get; set; }

    /// <summary>The roster that was edited.</summary>
    public Guid? RosterId { get; set; }

    /// <summary>Number of the edit in the history of the roster.</summary>
    public int? Edit { get; set; }
    public List<SwapStep> Steps { get; set; } = [];
    public int Version { get; set; } = 1;
    public Instant UpdatedAt { get; set; }

    public bool IsOpen => State is SwapState.Asked or SwapState.Accepted;

    /// <summary>What passes, to a person.</summary>
    internal Handover Handover(string to) => new(Agent!.Code, Date, to, OtherDate, From, To);

    /// <summary>Goes on to another state.</summary>
    internal void Move(SwapStep step)
    {
        (State, UpdatedAt) = (step.State, step.At);
        Steps = [.. Steps, step];
        Rule = step.Rule ?? Rule;
        Version++;
    }

    /// <summary>Expires where it is due.</summary>
    /// <returns>True when it has changed.</returns>
    internal bool Expire(Instant now)
    {
        if (!IsOpen || now < ExpiresAt)
        {
            return false;
        }

        Move(new SwapStep(SwapState.Expired, now, Clock, $"It was not decided by {ExpiresAt}.", null));
        return true;
    }
}
