using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>A week of an agent as the relaxation sees it: the days of the period, and what pins and the days around the period leave of its limits.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Index">The week of the calendar.</param>
/// <param name="From">First row.</param>
/// <param name="To">Row after the last.</param>
/// <param name="Minutes">Minutes of the week that are fixed.</param>
/// <param name="MostMinutes">Minutes that may come.</param>
/// <param name="MostDays">Working days that may come.</param>
/// <param name="Weekend">The first row of its weekend; <paramref name="To"/> when it has none, or a pinned shift works on it anyway.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OpenWeek(int Agent, int Index, int From, int To, int Minutes, int MostMinutes, int MostDays, int Weekend)
{
    /// <summary>The weeks of all agents.</summary>
    public static OpenWeek[] Of(CompiledProblem compiled)
    {
        var limits = compiled.RuleSets.Select(set => new WeekLimits(compiled, set)).ToArray();
        var first = compiled.Calendar.Week(compiled.Calendar.Offset);
        return
        [
            .. Enumerable.Range(0, compiled.Agents).SelectMany(a =>
                    Enumerable.Range(first, compiled.Calendar.LastWeek + 1 - first).Select(w => Of(compiled, limits[compiled.RuleSetOf[a]], a, w))),
        ];
    }

    private static OpenWeek Of(CompiledProblem compiled, WeekLimits limits, int agent, int week)
    {
        var calendar = compiled.Calendar;
        var (from, to) = calendar.OpenDays(week);
        var weekend = Enumerable.Range(from, to - from).Where(calendar.IsWeekend).Append(to).First();
        var days = compiled.Start.Cells.AsSpan(agent * calendar.Rows, calendar.Rows);
        var minutes = 0;
        for (var row = calendar.WeekStart(week); row < calendar.WeekEnd(week); row++)
        {
            minutes += days[row].Work;
            if (days[row].IsWorking && row >= weekend && row < to) weekend = to;
        }

        return new OpenWeek(agent, week, from, to, minutes, limits.Minutes(week, days), limits.Days(week, days, IsOpen), weekend);

        bool IsOpen(int row) => row >= from && row < to && compiled.Eligibility.On(agent, row).Length > 0;
    }
}
