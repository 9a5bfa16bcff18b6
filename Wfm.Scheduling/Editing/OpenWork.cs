using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Editing;

/// <summary>Work for which somebody is sought.</summary>
/// <param name="Group">The skill group.</param>
/// <param name="Start">First moment.</param>
/// <param name="End">First moment after it, within 24 hours.</param>
/// <exception cref="SchedulingDataException">The end is not after the start, or more than 24 hours later.</exception>
public sealed record OpenWork(string Group, Instant Start, Instant End)
{
    /// <summary>First moment after it.</summary>
    public Instant End { get; } = End > Start && End - Start <= Duration.FromHours(24) ? End
        : throw new SchedulingDataException($"open work on '{Group}': {Start} to {End} cannot be; it ends after it starts, within 24 hours.");
}

/// <summary>How somebody could take open work.</summary>
public enum FitKind
{
    /// <summary>By a shift on a day off.</summary>
    NewShift,

    /// <summary>By a shift that begins earlier or ends later.</summary>
    LongerShift,

    /// <summary>By other work in a shift that the person has.</summary>
    OtherWork,
}

/// <summary>Somebody who could take open work, or who cannot.</summary>
/// <param name="AgentId">The person.</param>
/// <param name="Kind">How.</param>
/// <param name="Day">The day as it would be.</param>
/// <param name="Before">The shift of that day now; <see langword="null"/> for a day off.</param>
/// <param name="CoveredMinutes">Minutes of the open work that the person would be at work on its group.</param>
/// <param name="Cost">Change of the soft cost of the whole roster: coverage and the person's own days. Below zero the roster gets better.</param>
/// <param name="PersonCost">The part of it that is the person's own days: contract hours, wishes, steady starts, fair shares.</param>
/// <param name="Now">What the person's days of the period add up to.</param>
/// <param name="Then">The same with the work taken.</param>
/// <param name="Stops">The rules that stop the person; empty for somebody who could. Where all of them can be waived they are all there are; else the first
/// is one that nobody can waive, and others may follow.</param>
public sealed record Fit(
    string AgentId, FitKind Kind, DayEdit Day, RosterShift? Before, double CoveredMinutes, double Cost, double PersonCost, PersonFigures Now,
    PersonFigures Then, IReadOnlyList<Violation> Stops)
{
    /// <summary>Whether only rules of the organisation stand in the way: a waiver of each would let the person.</summary>
    public bool IsByWaiver => Stops.Count > 0 && Stops.All(s => Waivable.WhyNot(s) is null);
}
