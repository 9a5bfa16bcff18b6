using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Solving;

/// <summary>A period searched together with days after it, so that the nights that begin on its last day are worth what they give to the morning
/// after.</summary>
internal static class LookAhead
{
    /// <summary>Refuses a longer problem that is not the period and days after it.</summary>
    /// <exception cref="SchedulingDataException">It begins on another day, is no longer, or has other people or shifts.</exception>
    public static void Check(RosterProblem period, RosterProblem ahead)
    {
        if (ahead.Start != period.Start || ahead.Days <= period.Days || ahead.Zone.Id != period.Zone.Id || ahead.Interval != period.Interval)
        {
            throw new SchedulingDataException(
                $"look ahead: it covers {ahead.Days} days from {ahead.Start} by {ahead.Interval}; it must begin with the period, {period.Days} days from "
                + $"{period.Start} by {period.Interval}, and be longer.");
        }

        if (!period.Agents.Select(a => a.Id).SequenceEqual(ahead.Agents.Select(a => a.Id))
            || !period.Templates.Select(t => t.Code).SequenceEqual(ahead.Templates.Select(t => t.Code)))
        {
            throw new SchedulingDataException("look ahead: its people and templates must be those of the period.");
        }
    }

    /// <summary>The days of the period out of a roster of the longer one.</summary>
    public static DayCell[] Cut(CompiledProblem ahead, DayCell[] cells, CompiledProblem period)
    {
        if (ReferenceEquals(ahead, period)) return cells;
        DayCell[] cut = [.. period.Start.Cells];
        int[] groups = [.. ahead.Problem.Demand.Select(d => period.Skills.Find(d.Group))];
        for (var agent = 0; agent < period.Agents; agent++)
        {
            for (var day = 0; day < period.Calendar.Days; day++)
            {
                var (at, row) = ((agent * period.Calendar.Rows) + period.Calendar.Offset + day, ahead.Calendar.Offset + day);
                ref readonly var cell = ref cells[(agent * ahead.Calendar.Rows) + row];
                if (period.Start.Pinned[at] || cell.Variant <= 0 || cell.Variant >= ahead.Shifts.FirstPinned) continue;
                ref readonly var shift = ref ahead.Shifts[cell.Variant];
                var variant = period.Shifts.At(shift.Template, shift.StartIndex, period.Calendar.Offset + day);
                var (group, other) = (groups[cell.Group], cell.Blocks == 0 ? 0 : groups[cell.Other]);
                if (group >= 0 && other >= 0) cut[at] = period.Start.Place(at, period.Cell(variant, group, other, cell.Blocks, cell.Pattern));
            }
        }

        return cut;
    }
}
