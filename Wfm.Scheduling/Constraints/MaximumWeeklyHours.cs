using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of working time per week; a shift counts in the week in which it starts.</summary>
internal sealed class MaximumWeeklyHours : AgentRule
{
    private readonly int _minutes;

    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "maximumWeeklyHours", "Paid work of a local week; a shift counts in the week in which it starts.",
        [RuleParameter.Number("hours", 0, 168, "Most hours.")],
        (rule, context) => new MaximumWeeklyHours(rule, context))
    {
        DaysAround = _ => 7,
    };

    public MaximumWeeklyHours(LabourRule rule, RuleContext context)
        : base(rule, context)
    {
        _minutes = rule.Parameters.Minutes("hours");
    }

    /// <inheritdoc/>
    public override int UnitsPerStep => 480;

    /// <inheritdoc/>
    protected override bool LabelsKnowDates => true;

    /// <inheritdoc/>
    public override bool Remember(PastNumbers past)
    {
        past.Add((days, row) => row < Calendar.Rows ? PeriodHours.Sum(days, Calendar.WeekStart(Calendar.Week(row)), row) : 0);
        return true;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() => [new WorkLabel(LabelCount.AtMostWeekly(_minutes, BindsInWeekOf),
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

            if (sum <= _minutes || !InForce(start, end)) continue;
            total += sum - _minutes;
            sink?.Add(this, start, end - 1, sum - _minutes,
                $"Working time of {Guard.Show(sum)} in the week of {Calendar.Date(start)}; at most {Guard.Show(_minutes)} is allowed.");
        }

        return total;
    }
}
