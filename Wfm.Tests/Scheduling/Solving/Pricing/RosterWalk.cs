using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Solving;

namespace Wfm.Tests.Scheduling.Solving.Pricing;

/// <summary>Walks labels along a given roster, without network or packing: the plain reading of a label.</summary>
internal static class RosterWalk
{
    public static bool IsLegal(CompiledProblem compiled, IReadOnlyList<RuleLabel> labels, DayCell[] days) => labels.All(l => IsLegal(compiled, l, days));

    public static string Show(CompiledProblem compiled, DayCell[] days) =>
        string.Concat(
            days.Select(
                (d, row) =>
                    (row == compiled.Calendar.Offset || row == compiled.Calendar.End ? "|" : "")
                    + (d.IsWorking ? (char)('a' + Math.Max(0, (int)d.Template)) : '.')));

    private static bool IsLegal(CompiledProblem compiled, RuleLabel label, DayCell[] days)
    {
        var (state, count) = (label.Start(days), (long)label.Counted(days));
        for (var row = compiled.Calendar.Offset; row < compiled.Calendar.End; row++)
        {
            var action = label.Action(row, days[row]);
            count += label.Amount(state, row, action);
            state = label.Next(state, row, action);
            if (state == RuleLabel.Broken || count + Following(row) > (label.Count?.Maximum(row) ?? long.MaxValue)) return false;
            if (label.Count is { IsWeekly: true } && RosterCalendar.EndsWeek(row)) count = 0;
        }

        return label.Ends(state, days) && count >= (label.Count?.Minimum ?? 0);

        int Following(int row) => row == compiled.Calendar.End - 1 ? label.CountedAfter(days) : 0;
    }
}
