using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of the average working time per ISO week over any run of so many weeks.</summary>
/// <remarks>
/// Weeks count from the first whose work is known. When fewer weeks are known than the average spans, the average is taken over those that
/// are, which is the careful reading; a week cut by the edge of what is known counts with its days ÷ 7. Weeks after the period count as far as known. The rule in force at the end of the weeks counts.
/// </remarks>
internal sealed class MaximumAverageWeeklyHours(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    private readonly int _minutes = (int)rule.Parameters.Limit!.Value.TotalMinutes;
    private readonly int _weeks = rule.Parameters.Weeks!.Value;

    /// <inheritdoc/>
    public override int UnitsPerStep => 480;

    /// <inheritdoc/>
    /// <returns>Nothing to carry when runs of weeks begin inside the period: they would need a count each.</returns>
    protected override IReadOnlyList<RuleLabel>? Compile()
    {
        var known = Calendar.Week(Calendar.Known);
        if (Calendar.Weeks - known > _weeks) return null;
        var allowed = (long)_minutes * (Calendar.Rows - Calendar.Known) / 7;
        return [new WorkLabel(new LabelCount(0, row => row == Calendar.End - 1 ? allowed : long.MaxValue, IsWeekly: false),
            days => PeriodHours.Sum(days, Calendar.Known, Calendar.Offset), days => PeriodHours.Sum(days, Calendar.End, days.Length))];
    }

    /// <inheritdoc/>
    /// <returns>Minutes above the allowed sum, over all runs of weeks.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        var known = Calendar.Week(Calendar.Known);
        var firstEnd = Math.Min(known + _weeks - 1, Calendar.Weeks - 1);
        for (var week = Math.Max(Calendar.Week(first), firstEnd); week <= Math.Min(Math.Max(Calendar.Week(last) + _weeks - 1, firstEnd), Calendar.Weeks - 1); week++)
        {
            var start = Math.Max(Calendar.Known, Calendar.WeekStart(Math.Max(known, week - _weeks + 1)));
            var end = Calendar.WeekEnd(week);
            if (end <= Calendar.Offset || start >= Calendar.End) continue;
            var allowed = (long)_minutes * (end - start) / 7;
            long sum = 0;
            for (var row = start; row < end; row++)
            {
                sum += days[row].Work;
            }

            if (sum <= allowed || !InForce(end - 1)) continue;
            total += sum - allowed;
            sink?.Add(this, start, end - 1, sum - allowed, "minutes",
                $"Working time of {Guard.Show(sum)} from {Calendar.Date(start)} to {Calendar.Date(end - 1)}; an average of {Guard.Show(_minutes)} a week allows {Guard.Show(allowed)}.");
        }

        return total;
    }
}
