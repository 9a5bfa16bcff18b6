using Wfm.Scheduling.Constraints;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>What the rules of a contract leave of a week: most working minutes and most working days.</summary>
internal sealed class WeekLimits
{
    private readonly List<Func<int, long>> _minutes = [];
    private readonly List<Func<int, long>> _days = [];

    public WeekLimits(CompiledProblem compiled, RuleSet rules)
    {
        foreach (var label in rules.All.Where(r => !r.IsPerShift).SelectMany(r => r.Labels() ?? []))
        {
            if (label.Count is not { IsWeekly: true } count) continue;
            if (Amounts(compiled, label).All(a => a.Amount == a.Work)) _minutes.Add(count.Maximum);
            else if (Amounts(compiled, label).All(a => a.Amount == 1)) _days.Add(count.Maximum);
        }
    }

    public int Minutes(int row) => (int)_minutes.Aggregate(7 * 1440L, (least, limit) => Math.Min(least, limit(row)));

    public int Days(int row) => (int)_days.Aggregate(7L, (least, limit) => Math.Min(least, limit(row)));

    // What the label counts is told by what it adds for the shifts of the first day that has any.
    private static IEnumerable<(int Amount, int Work)> Amounts(CompiledProblem compiled, RuleLabel label)
    {
        var row = Array.FindIndex(compiled.Shifts.DayVariants, v => v is { Length: > 0 });
        return row < 0 ? [] : compiled.Shifts.DayVariants[row].Select(v => (label.Amount(0, row, label.Action(row, compiled.Plain(v))), (int)compiled.Shifts[v].Work));
    }
}
