using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Rosters.Edits;

/// <summary>What an edit came from.</summary>
public enum EditCause
{
    /// <summary>Somebody who may write rosters asked for it.</summary>
    Edit,

    /// <summary>It takes another edit back.</summary>
    Undo,

    /// <summary>Leave was granted.</summary>
    Leave,

    /// <summary>Two people swapped, one gave a shift away, or one picked an open shift up.</summary>
    Swap,

    /// <summary>Activities were placed or moved.</summary>
    Activity,

    /// <summary>An action of the day was applied.</summary>
    Action,
}

/// <summary>One edit of a roster, for good: the days before and after it, so that the history replays forwards and backwards.</summary>
public sealed class RosterEdit
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid RosterId { get; init; }

    /// <summary>Counts the edits of the roster from 1.</summary>
    public int Number { get; init; }

    /// <summary>Version of the roster that it made.</summary>
    public int RosterVersion { get; init; }
    public Instant At { get; init; }

    /// <summary>Name of the key.</summary>
    public required string By { get; init; }
    public required string Reason { get; init; }
    public EditCause Cause { get; init; }

    /// <summary>The edit that it takes back.</summary>
    public int? Undoes { get; init; }

    /// <summary>Whether it holds for a published roster, so that people are told.</summary>
    public bool InForce { get; init; }

    /// <summary>Soft cost of the roster before it.</summary>
    public double CostBefore { get; init; }

    /// <summary>Soft cost of the roster after it.</summary>
    public double CostAfter { get; init; }

    /// <summary>Hard rules it breaks all the same: waived ones, and those that a fact such as sickness leaves no choice about.</summary>
    public List<EditFinding> Broken { get; init; } = [];
    public List<RosterEditDay> Days { get; init; } = [];
}

/// <summary>A day of a person that an edit changed.</summary>
public sealed class RosterEditDay
{
    public Guid EditId { get; init; }
    public Guid AgentId { get; init; }

    /// <summary>Local day at the hub of the roster.</summary>
    public LocalDate Date { get; init; }

    /// <summary>The shift before; null for a day off.</summary>
    public EditedShift? Before { get; init; }

    /// <summary>The shift after; null for a day off.</summary>
    public EditedShift? After { get; init; }
}

/// <summary>A shift as the history of a roster keeps it.</summary>
/// <param name="Template">Shift template.</param>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="PaidMinutes">Paid minutes.</param>
/// <param name="Activities">What it consists of, in order.</param>
public sealed record EditedShift(string Template, Instant Start, Instant End, int PaidMinutes, IReadOnlyList<ShiftActivityData> Activities)
{
    internal static EditedShift? From(RosterShift? shift) => shift is null ? null : new EditedShift(
        shift.Template, shift.Start, shift.End, (int)shift.Paid.TotalMinutes,
        [.. shift.Activities.Select(a => new ShiftActivityData(a.Kind, a.Group, a.Start, a.End))]);

    internal RosterShift ToShift(string agent, LocalDate date) => new(
        agent, date, Template, Start, End, Duration.FromMinutes(PaidMinutes), [.. Activities.Select(a => new ShiftActivity(a.Kind, a.Group, a.Start, a.End))]);

    /// <summary>Whether two days are the same in every part.</summary>
    internal static bool IsSame(EditedShift? a, EditedShift? b) => (a, b) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        _ => (a.Template, a.Start, a.End, a.PaidMinutes) == (b.Template, b.Start, b.End, b.PaidMinutes) && a.Activities.SequenceEqual(b.Activities),
    };
}
