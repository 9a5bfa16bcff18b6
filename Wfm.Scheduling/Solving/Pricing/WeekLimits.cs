using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>What the rules of an agent, its fixed days and its leave leave of a week: most working minutes and most working days.</summary>
internal sealed class WeekLimits
{
    private readonly RosterCalendar _calendar;
    private readonly List<RuleLabel> _minutes = [];
    private readonly List<RuleLabel> _days = [];

    public WeekLimits(CompiledProblem compiled, RuleSet rules)
    {
        _calendar = compiled.Calendar;
        foreach (var label in rules.All.Where(r => !r.IsPerShift).SelectMany(r => r.Labels() ?? []))
        {
            if (label.Count is not { IsWeekly: true }) continue;
            if (Amounts(compiled, label).All(a => a.Amount == a.Work)) _minutes.Add(label);
            else if (Amounts(compiled, label).All(a => a.Amount == 1)) _days.Add(label);
        }
    }

    /// <summary>Minutes that may come in a week.</summary>
    /// <param name="week">The week.</param>
    /// <param name="days">The agent's fixed days and leave.</param>
    public int Minutes(int week, ReadOnlySpan<DayCell> days) => Left(_minutes, week, days, 7 * 1440, static _ => false);

    /// <summary>Working days that may come in a week.</summary>
    /// <param name="week">The week.</param>
    /// <param name="days">The agent's fixed days and leave.</param>
    /// <param name="isOpen">Whether a shift may still come on a day off: leave on it then takes nothing, since the day counts once.</param>
    public int Days(int week, ReadOnlySpan<DayCell> days, Func<int, bool> isOpen) => Left(_days, week, days, 7, isOpen);

    private int Left(List<RuleLabel> labels, int week, ReadOnlySpan<DayCell> days, long most, Func<int, bool> isOpen)
    {
        var left = most;
        foreach (var label in labels)
        {
            var limit = label.Count!.Maximum(_calendar.OpenDays(week).To - 1);
            for (var row = _calendar.WeekStart(week); row < _calendar.WeekEnd(week); row++)
            {
                if (days[row].IsWorking || !isOpen(row)) limit -= label.Amount(0, row, label.Action(row, days[row]));
            }

            left = Math.Min(left, limit);
        }

        return (int)left;
    }

    // What the label counts is told by what it adds for the shifts of the first day that has any.
    private static IEnumerable<(int Amount, int Work)> Amounts(CompiledProblem compiled, RuleLabel label)
    {
        var row = Array.FindIndex(compiled.Shifts.DayVariants, v => v is { Length: > 0 });
        return row < 0
            ? []
            : compiled.Shifts.DayVariants[row].Select(v => (label.Amount(0, row, label.Action(row, compiled.Plain(v))), (int)compiled.Shifts[v].Work));
    }
}
