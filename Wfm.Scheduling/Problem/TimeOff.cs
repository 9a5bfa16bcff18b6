using System.Text.Json.Serialization;
using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>An absence.</summary>
/// <param name="Start">First moment away.</param>
/// <param name="End">First moment back, after the start.</param>
/// <param name="Kind">What it is for.</param>
/// <exception cref="SchedulingDataException">The end is not after the start, or the kind is not defined.</exception>
public sealed record TimeOff(Instant Start, Instant End, LeaveKind Kind = LeaveKind.Annual)
{
    /// <summary>First moment back.</summary>
    public Instant End { get; } = End > Start ? End : throw new SchedulingDataException($"time off: End {End} is not after Start {Start}.");

    /// <summary>The shifts that had been rostered in it when it was reported: of each local day it takes the paid hours of these, and nothing of a day that was
    /// off. <see langword="null"/> for leave that was known before the roster was made: it takes the usual hours of its days.</summary>
    public IReadOnlyList<RosterShift>? Rostered { get; init; }

    /// <summary>What it is for.</summary>
    public LeaveKind Kind { get; } = Enum.IsDefined(Kind) ? Kind : throw new SchedulingDataException($"time off from {Start}: Kind {(int)Kind} is not known.");
}

/// <summary>What an absence is for. Every kind frees the agent from the hours of the days away; what else it counts as is said here.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LeaveKind>))]
public enum LeaveKind
{
    /// <summary>Annual leave: paid; neutral in averages of working time.</summary>
    Annual,

    /// <summary>Sickness: paid; neutral in averages of working time.</summary>
    Sick,

    /// <summary>Maternity, paternity and parental leave: paid; neutral in averages of working time.</summary>
    Parental,

    /// <summary>Training or other work outside the roster: paid, and no leave in averages.</summary>
    Training,

    /// <summary>Unpaid leave: not paid, and no leave in averages.</summary>
    Unpaid,

    /// <summary>Any other paid absence, such as a court summons; no leave in averages.</summary>
    Other,
}

/// <summary>Questions to a <see cref="LeaveKind"/>.</summary>
public static class LeaveKindExtensions
{
    /// <summary>Whether the hours one would have worked are paid, and count towards the contract's maximum as if they had been worked.</summary>
    /// <param name="kind">The kind.</param>
    public static bool IsPaid(this LeaveKind kind) => kind != LeaveKind.Unpaid;

    /// <summary>Whether the days are left out of averages of working time.</summary>
    /// <param name="kind">The kind.</param>
    /// <remarks>Annual leave and sickness: Directive 2003/88/EC, article 16 (b); maternity and parental leave: the statutes that carry it out, such as
    /// the United Kingdom's Working Time Regulations 1998, regulation 4 (7).</remarks>
    public static bool IsNeutralInAverages(this LeaveKind kind) => kind is LeaveKind.Annual or LeaveKind.Sick or LeaveKind.Parental;
}
