using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of working time per ISO week; a shift counts in the week in which it starts.</summary>
internal sealed class MaximumWeeklyHours : AgentRule
{
    private readonly int _minutes;

    public MaximumWeeklyHours(LabourRule rule, RuleContext context)
        : base(rule, context)
    {
        _minutes = (int)rule.Parameters.Limit!.Value.TotalMinutes;
    }

    /// <inheritdoc/>
    public override int UnitsPerStep => 480;

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() => [new WorkLabel(LabelCount.AtMostWeekly(_minutes),
        days => PeriodHours.Sum(days, Calendar.WeekStart(Calendar.Week(Calendar.Offset)), Calendar.Offset),
        days => PeriodHours.Sum(days, Calendar.End, Calendar.WeekEnd(Calendar.LastWeek)))];

    /// <inheritdoc/>
    /// <returns>Minutes above the maximum, summed over the weeks.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        for (var week = Calendar.Week(first); week <= Calendar.Week(last); week++)
        {
            var (start, end) = (Calendar.WeekStart(week), Calendar.WeekEnd(week));
            var sum = 0;
            for (var row = start; row < end; row++)
            {
                sum += days[row].Work;
            }

            if (sum <= _minutes || !InForce(end - 1)) continue;
            total += sum - _minutes;
            sink?.Add(this, start, end - 1, sum - _minutes, "minutes",
                $"Working time of {Guard.Show(sum)} in the week of {Calendar.Date(start)}; at most {Guard.Show(_minutes)} is allowed.");
        }

        return total;
    }
}
