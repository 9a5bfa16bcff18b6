using System.Text.Json.Serialization;
using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;

namespace Wfm.Scheduling.Repair;

/// <summary>A repaired roster and what it changes.</summary>
/// <param name="Problem">The problem after the change, with the days that were not to be touched pinned: what the roster has to answer to.</param>
/// <param name="Roster">The new roster with its cost, coverage, gaps and violations, judged after the change.</param>
/// <param name="Changes">Every day that differs from the published roster, ordered by agent as in the problem and by date.</param>
/// <param name="Before">Coverage of the published roster before the change.</param>
/// <param name="Unrepaired">Coverage after the change if nothing is done but taking away what cannot stay.</param>
/// <param name="After">Coverage of the new roster.</param>
/// <param name="ClosenessCost">Cost of the differences from the published roster, on top of the cost of the roster.</param>
public sealed record RepairResult(
    RosterProblem Problem, RosterResult Roster, IReadOnlyList<ShiftChange> Changes, CoverageFigures Before, CoverageFigures Unrepaired, CoverageFigures After,
    double ClosenessCost)
{
    /// <summary>People with at least one changed day.</summary>
    public int PeopleChanged => Changes.Select(c => c.AgentId).Distinct(StringComparer.Ordinal).Count();

    /// <summary>People with at least one changed day who are no part of the change itself.</summary>
    public int OthersChanged => Changes.Where(c => !c.IsInvolved).Select(c => c.AgentId).Distinct(StringComparer.Ordinal).Count();
}

/// <summary>A day of an agent that differs from the published roster.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Date">The local date.</param>
/// <param name="From">The published shift; <see langword="null"/> for a day off.</param>
/// <param name="To">The new shift; <see langword="null"/> for a day off.</param>
/// <param name="Kind">What the person has to get used to.</param>
/// <param name="Reason">Why, in short.</param>
/// <param name="Why">Why, in words.</param>
/// <param name="IsInvolved">The person is part of the change: absent, added, or with a shift that a rule now forbids.</param>
public sealed record ShiftChange(
    string AgentId, LocalDate Date, RosterShift? From, RosterShift? To, ShiftChangeKind Kind, ShiftChangeReason Reason, string Why, bool IsInvolved);

/// <summary>What kind of change a day is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ShiftChangeKind>))]
public enum ShiftChangeKind
{
    /// <summary>The times stay, work or breaks change.</summary>
    Activities,

    /// <summary>Other times on the same day.</summary>
    Moved,

    /// <summary>A working day becomes free.</summary>
    Freed,

    /// <summary>A day off becomes a working day.</summary>
    Added,
}

internal static class ShiftChangeKinds
{
    public static ShiftChangeKind Of(RosterShift? from, RosterShift? to) => (from, to) switch
    {
        (null, _) => ShiftChangeKind.Added,
        (_, null) => ShiftChangeKind.Freed,
        _ => from.Start == to.Start && from.End == to.End ? ShiftChangeKind.Activities : ShiftChangeKind.Moved,
    };
}

/// <summary>Why a day changes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ShiftChangeReason>))]
public enum ShiftChangeReason
{
    /// <summary>The person is absent then.</summary>
    Absence,

    /// <summary>The published shift is not open to the person any more: contract, availability or skill.</summary>
    NotAllowed,

    /// <summary>A rule forbids what was published.</summary>
    Rule,

    /// <summary>It covers heads that the change left missing.</summary>
    Covers,

    /// <summary>It gives hours or rest for another changed day of the same person.</summary>
    MakesRoom,

    /// <summary>It serves another goal: contract hours, coverage or wishes around the other changes.</summary>
    Balances,
}
