using NodaTime;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Floor.Actions;

/// <summary>Longer shifts beside a gap, at one end of them.</summary>
internal static class Extension
{
    /// <summary>For everybody whose shift ends or begins within a gap, or beside it: the longest growth into it that no rule forbids, in steps of the
    /// interval.</summary>
    /// <param name="floor">The day.</param>
    /// <param name="gap">Missing people.</param>
    /// <param name="atEnd">Whether shifts end later, or begin earlier.</param>
    /// <param name="notice">How early people are asked.</param>
    public static IEnumerable<FloorStep> Steps(FloorSituation floor, FloorGap gap, bool atEnd, Duration notice)
    {
        foreach (var shift in floor.Shifts().Where(s => floor.Proficiency(s.AgentId, gap.Group) > 0 && (atEnd || s.Start > floor.Now)))
        {
            var side = atEnd ? shift.End : shift.Start;
            if (atEnd ? side < gap.Start || side >= gap.End : side <= gap.Start || side > gap.End) continue;
            var longest = Duration.Min(floor.Terms.LongestExtension, atEnd ? gap.End - side : side - gap.Start);
            for (var length = Rounded(longest, floor.Interval); length > Duration.Zero; length -= floor.Interval)
            {
                if (Longer(floor, gap.Group, shift, atEnd ? length : -length, notice) is not { } step) continue;
                yield return step;
                break;
            }
        }
    }

    private static Duration Rounded(Duration length, Duration interval) =>
        length < interval ? length : interval * Math.Floor(length / interval);

    // What is added is work on the group of the gap, whatever lies beside it.
    private static FloorStep? Longer(FloorSituation floor, string group, RosterShift shift, Duration by, Duration notice)
    {
        var atEnd = by > Duration.Zero;
        var (start, end) = atEnd ? (shift.Start, shift.End + by) : (shift.Start + by, shift.End);
        if (start.InZone(floor.Roster.Problem.Zone).Date != shift.Date) return null;
        var added = new ShiftActivity(ActivityKinds.Work, group, atEnd ? shift.End : start, atEnd ? end : shift.Start);
        var (days, refusals) = floor.Roster.Propose(
        [
            new EditOperation.Resize(shift.AgentId, shift.Date, atEnd ? null : start, atEnd ? end : null),
            new EditOperation.Segment(shift.AgentId, shift.Date, added),
        ]);
        return refusals.Count > 0 ? null : floor.Step(shift, days, notice, floor.Terms.OvertimePremium);
    }
}
