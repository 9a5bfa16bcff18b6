using NodaTime;
using Wfm.Scheduling.Editing;

namespace Wfm.Scheduling.Activities;

/// <summary>A session that found its place.</summary>
/// <param name="Activity">Id of the activity.</param>
/// <param name="Start">First moment.</param>
/// <param name="End">First moment after it.</param>
/// <param name="People">Those who take part, in the order of the activity.</param>
/// <param name="Coach">Who gives it; <see langword="null"/> for nobody.</param>
/// <param name="Cost">By how much it raises the cost of coverage beside all the others.</param>
public sealed record PlacedSession(string Activity, Instant Start, Instant End, IReadOnlyList<string> People, string? Coach, double Cost);

/// <summary>Somebody for whom an activity found no place, and why.</summary>
/// <param name="Activity">Id of the activity.</param>
/// <param name="Agent">The person.</param>
/// <param name="Code">What stands in the way, in short: <c>notRostered</c>, <c>noWindow</c>, <c>noShift</c>, <c>lockedDay</c>, <c>tooLong</c>, <c>busy</c>,
/// <c>rule</c>, <c>coachAway</c>, <c>quorum</c> or <c>awayThen</c>.</param>
/// <param name="Message">The same in words, with the numbers.</param>
/// <param name="Rule">The rule of the policy, when it is one.</param>
public sealed record UnplacedPerson(string Activity, string Agent, string Code, string Message, string? Rule = null);

/// <summary>Where activities go in a roster.</summary>
/// <param name="Sessions">The sessions, by activity as given and by start.</param>
/// <param name="Unplaced">Everybody of an activity who is in none of its sessions.</param>
/// <param name="Operations">The edit that puts the sessions into the roster.</param>
/// <param name="Days">The days that it changes.</param>
/// <param name="Effect">What it does to the roster. It breaks no hard rule.</param>
public sealed record ActivityPlacement(
    IReadOnlyList<PlacedSession> Sessions, IReadOnlyList<UnplacedPerson> Unplaced, IReadOnlyList<EditOperation> Operations, IReadOnlyList<DayEdit> Days,
    EditEffect Effect);
