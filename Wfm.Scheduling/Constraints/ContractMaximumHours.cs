using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A contract's maximum of paid time per week: what is worked and what paid leave is credited with (<see cref="HoursDue"/>).</summary>
internal sealed class ContractMaximumHours : AgentRule
{
    private readonly int[] _minutes;

    public ContractMaximumHours(ContractSpans contracts, RuleContext context)
        : base("contract-maximum-hours", string.Join(", ", contracts.All.Select(s => $"contract {s.Contract.Code}").Distinct()), context)
    {
        _minutes = [.. Enumerable.Range(0, Calendar.Weeks).Select(contracts.MaximumMinutes)];
    }

    /// <inheritdoc/>
    public override int UnitsPerStep => 480;

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() => [new PaidLabel(this)];

    /// <inheritdoc/>
    /// <returns>Minutes above the maximum, summed over the weeks.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        for (var week = Calendar.Week(first); week <= Calendar.Week(last); week++)
        {
            var (start, end) = (Calendar.WeekStart(week), Calendar.WeekEnd(week));
            var (worked, credited) = (0, 0);
            for (var row = start; row < end; row++)
            {
                worked += days[row].Work;
                credited += days[row].Leave.Credit;
            }

            var above = worked + credited - _minutes[week];
            if (above <= 0) continue;
            total += above;
            sink?.Add(this, start, end - 1, above, "minutes",
                $"Working time of {Guard.Show(worked)}{(credited > 0 ? $" and leave of {Guard.Show(credited)}" : "")} in the week of {Calendar.Date(start)}; at most {Guard.Show(_minutes[week])} is allowed.");
        }

        return total;
    }

    private sealed class PaidLabel(ContractMaximumHours rule) : RuleLabel
    {
        public override LabelCount Count { get; } = new(0, row => rule._minutes[rule.Calendar.Week(row)], IsWeekly: true);

        public override int Counted(ReadOnlySpan<DayCell> days)
        {
            var sum = 0;
            for (var row = rule.Calendar.WeekStart(rule.Calendar.Week(rule.Calendar.Offset)); row < rule.Calendar.Offset; row++)
            {
                sum += days[row].Work + days[row].Leave.Credit;
            }

            return sum;
        }

        public override int Action(int row, in DayCell cell) => cell.Work + cell.Leave.Credit;

        public override int Amount(int state, int row, int action) => action;
    }
}
