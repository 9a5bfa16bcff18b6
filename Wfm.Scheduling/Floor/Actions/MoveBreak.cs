using NodaTime;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Floor.Actions;

/// <summary>Breaks and meals that fall into a shortage move to another time of the shift that its template allows.</summary>
public sealed class MoveBreak : IFloorAction
{
    private static readonly Duration Grid = Duration.FromMinutes(15);

    /// <inheritdoc/>
    public FloorActionKind Kind => FloorActionKind.MoveBreak;

    /// <inheritdoc/>
    public IEnumerable<FloorStep> Steps(FloorSituation floor, FloorGap gap)
    {
        ArgumentNullException.ThrowIfNull(floor);
        ArgumentNullException.ThrowIfNull(gap);
        var ledger = new HeadLedger(floor);
        foreach (var shift in floor.Shifts().Where(s => gap.Touches(s.Start, s.End) && floor.Proficiency(s.AgentId, gap.Group) > 0))
        {
            var best = shift.Activities.Where(a => IsBreak(a) && gap.Touches(a.Start, a.End)).SelectMany(a => Moved(floor, shift, a))
                .Select(step => (Step: step, Change: ledger.Change(step.Day))).OrderBy(s => s.Change).ThenBy(s => s.Step.Start).FirstOrDefault();
            if (best.Change < 0) yield return best.Step;
        }
    }

    private static bool IsBreak(ShiftActivity activity) => activity.Kind is ActivityKinds.Break or ActivityKinds.Meal;

    private static IEnumerable<FloorStep> Moved(FloorSituation floor, RosterShift shift, ShiftActivity pause)
    {
        if (ReturnedWork.Of(shift, pause) is not { } filled) yield break;
        var length = pause.End - pause.Start;
        foreach (var window in Windows(floor, shift, pause, length))
        {
            for (var at = shift.Start + window.EarliestAfterStart; at <= shift.Start + window.LatestAfterStart && at + length <= shift.End; at += Grid)
            {
                if (at == pause.Start || !IsWork(shift, pause, at, at + length)) continue;
                var (days, refusals) = floor.Roster.Propose(
                [
                    new EditOperation.Segment(shift.AgentId, shift.Date, filled),
                    new EditOperation.Segment(shift.AgentId, shift.Date, new ShiftActivity(pause.Kind, null, at, at + length)),
                ]);
                if (refusals.Count == 0 && floor.Step(shift, days, floor.Terms.ChangeNotice, 0) is { } step) yield return step;
            }
        }
    }

    private static IEnumerable<BreakRule> Windows(FloorSituation floor, RosterShift shift, ShiftActivity pause, Duration length) =>
        floor.Roster.Problem.Templates.FirstOrDefault(t => t.Code == shift.Template)?.Breaks
            .Where(b => b.Kind == pause.Kind && b.Length == length && b.EarliestAfterStart <= pause.Start - shift.Start
                && pause.Start - shift.Start <= b.LatestAfterStart).Take(1) ?? [];

    // Only over work, or over where the break is now.
    private static bool IsWork(RosterShift shift, ShiftActivity pause, Instant start, Instant end) =>
        shift.Activities.Where(a => a.Start < end && start < a.End).All(a => a.Kind == ActivityKinds.Work || ReferenceEquals(a, pause));
}
