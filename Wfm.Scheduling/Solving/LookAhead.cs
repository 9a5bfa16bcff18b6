using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Solving;

/// <summary>A period searched together with days after it, so that the nights that begin on its last day are worth what they give to the morning
/// after.</summary>
internal static class LookAhead
{
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
