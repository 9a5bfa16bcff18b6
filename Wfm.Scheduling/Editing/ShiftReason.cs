using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Editing;

/// <summary>Why a shift is there.</summary>
/// <param name="Shift">The shift.</param>
/// <param name="Serves">What each part of its work is worth: how much dearer the roster would be without it, the dearest first.</param>
/// <param name="RemovalCost">How much dearer the roster would be without the shift; below zero it would be cheaper.</param>
/// <param name="PersonCost">The part of it that is the person's own days.</param>
/// <param name="Alternative">The next best that the person could do that day by every rule; <see langword="null"/> when there is nothing else, the day off
/// included.</param>
/// <param name="Breaks">What a day off instead would break.</param>
public sealed record ShiftReason(
    RosterShift Shift, IReadOnlyList<ServedWork> Serves, double RemovalCost, double PersonCost, DayAlternative? Alternative, IReadOnlyList<Violation> Breaks);

/// <summary>A part of the work of a shift.</summary>
/// <param name="Group">The group.</param>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="Value">How much dearer the roster would be if nobody did it.</param>
/// <param name="RequiredHeads">Heads required meanwhile, on average.</param>
/// <param name="ScheduledHeads">Heads scheduled meanwhile with this person, on average.</param>
public sealed record ServedWork(string Group, Instant Start, Instant End, double Value, double RequiredHeads, double ScheduledHeads);

/// <summary>Another day that a person could have.</summary>
/// <param name="Shift">The shift; <see langword="null"/> for a day off.</param>
/// <param name="Cost">How much dearer the roster would be than it is.</param>
public sealed record DayAlternative(RosterShift? Shift, double Cost);
