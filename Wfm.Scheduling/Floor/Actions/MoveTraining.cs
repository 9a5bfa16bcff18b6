using NodaTime;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Floor.Actions;

/// <summary>Trainings, meetings and coaching that fall into a shortage move to another time of the day, as long as before and with everybody who is in
/// them.</summary>
/// <remarks>Who is in the same thing at the same time is in it together. It moves only where everybody would be at work at the new time; nothing is
/// dropped.</remarks>
public sealed class MoveTraining : IFloorAction
{
    private static readonly Duration Grid = Duration.FromMinutes(15);

    /// <inheritdoc/>
    public FloorActionKind Kind => FloorActionKind.MoveTraining;

    /// <inheritdoc/>
    public IEnumerable<FloorStep> Steps(FloorSituation floor, FloorGap gap)
    {
        ArgumentNullException.ThrowIfNull(floor);
        ArgumentNullException.ThrowIfNull(gap);
        var movable = floor.Roster.Problem.Activities.Codes.Where(c => c.Kind is ActivityKind.Training or ActivityKind.Meeting or ActivityKind.Coaching)
            .Select(c => c.Code).ToHashSet(StringComparer.Ordinal);
        var ledger = new HeadLedger(floor);
        var sessions = floor.Roster.Shifts
            .SelectMany(s => s.Activities.Where(a => IsMovable(a) && gap.Touches(a.Start, a.End)).Select(a => (Shift: s, Activity: a)))
            .GroupBy(s => (s.Activity.Kind, s.Activity.Start, s.Activity.End)).OrderBy(g => g.Key.Start).ThenBy(g => g.Key.Kind, StringComparer.Ordinal);
        foreach (var session in sessions.Where(g => g.Any(s => floor.Proficiency(s.Shift.AgentId, gap.Group) > 0)))
        {
            var best = Moved(floor, [.. session.OrderBy(s => s.Shift.AgentId, StringComparer.Ordinal)])
                .Select(step => (Step: step, Change: ledger.Change(step.Days)))
                .OrderBy(s => s.Change).ThenBy(s => s.Step.Start).FirstOrDefault();
            if (best.Change < 0) yield return best.Step;
        }

        bool IsMovable(ShiftActivity activity) => movable.Contains(activity.Kind) && activity.Start >= floor.Now + floor.Terms.ChangeNotice;
    }

    private static IEnumerable<FloorStep> Moved(FloorSituation floor, IReadOnlyList<(RosterShift Shift, ShiftActivity Activity)> session)
    {
        if (session.Any(s => floor.IsAway(s.Shift.AgentId) || floor.Roster.IsLocked(s.Shift.AgentId, s.Shift.Date))) yield break;
        var (start, length) = (session[0].Activity.Start, session[0].Activity.End - session[0].Activity.Start);
        var (from, to) = (Instant.Max(floor.Now + floor.Terms.ChangeNotice, session.Max(s => s.Shift.Start)), session.Min(s => s.Shift.End) - length);
        for (var at = start + (Grid * Math.Ceiling((from - start) / Grid)); at <= to && at < floor.End; at += Grid)
        {
            if (at == start || !session.All(s => IsWork(s.Shift, s.Activity, at, at + length))) continue;
            if (Together(floor, session, at, length) is { } step) yield return step;
        }
    }

    private static FloorStep? Together(
        FloorSituation floor, IReadOnlyList<(RosterShift Shift, ShiftActivity Activity)> session, Instant at, Duration length)
    {
        var steps = new List<FloorStep>();
        foreach (var (shift, activity) in session)
        {
            if (ReturnedWork.Of(shift, activity) is not { } filled) return null;
            var (days, refusals) = floor.Roster.Propose(
            [
                new EditOperation.Segment(shift.AgentId, shift.Date, filled),
                new EditOperation.Segment(shift.AgentId, shift.Date, new ShiftActivity(activity.Kind, null, at, at + length)),
            ]);
            if (refusals.Count > 0 || floor.Step(shift, days, floor.Terms.ChangeNotice, 0) is not { } step) return null;
            steps.Add(step);
        }

        return new FloorStep(steps[0].Day, steps.Min(s => s.Start), steps.Sum(s => s.PaidHours), steps.Sum(s => s.Cost))
        {
            Together = [.. steps.Skip(1).Select(s => s.Day)],
        };
    }

    // Only over work, or over where it is now.
    private static bool IsWork(RosterShift shift, ShiftActivity activity, Instant start, Instant end) =>
        shift.Activities.Where(a => a.Start < end && start < a.End).All(a => a.Kind == ActivityKinds.Work || ReferenceEquals(a, activity));
}
