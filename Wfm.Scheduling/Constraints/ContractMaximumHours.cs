using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A contract's maximum of paid time per week: what is worked and what paid leave is credited with (<see cref="HoursDue"/>).</summary>
internal sealed class ContractMaximumHours : AgentRule
{
    private static readonly GivenRule OfContract =
        new("contractMaximumHours", "The contract's maximum of paid time in a week.") { Authority = RuleAuthority.Agreement };

    private readonly int[] _minutes;

    public ContractMaximumHours(ContractSpans contracts, RuleContext context)
        : base(OfContract, string.Join(", ", contracts.All.Select(s => $"contract {s.Contract.Code}").Distinct()), context)
    {
        _minutes = [.. Enumerable.Range(0, Calendar.Weeks).Select(contracts.MaximumMinutes)];
    }

    /// <inheritdoc/>
    public override int UnitsPerStep => 480;

    /// <inheritdoc/>
    public override bool Remember(PastNumbers past)
    {
        past.Add((days, row) => row < Calendar.Rows ? Sum(days, Calendar.WeekStart(Calendar.Week(row)), row) : 0);
        return true;
    }

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
            var (worked, credited) = Paid(days, start, end);
            var above = worked + credited - _minutes[week];
            if (above <= 0) continue;
            total += above;
            sink?.Add(
                this, start, end - 1, above,
                $"Working time of {Guard.Show(worked)}{(credited > 0 ? $" and leave of {Guard.Show(credited)}" : "")} in the week of "
                    + $"{Calendar.Date(start)}; at most {Guard.Show(_minutes[week])} is allowed.");
        }

        return total;
    }

    private static (int Worked, int Credited) Paid(ReadOnlySpan<DayCell> days, int from, int to)
    {
        var (worked, credited) = (0, 0);
        foreach (ref readonly var day in days[from..to])
        {
            worked += day.Work;
            credited += day.Leave.Credit;
        }

        return (worked, credited);
    }

    private static int Sum(ReadOnlySpan<DayCell> days, int from, int to)
    {
        var (worked, credited) = Paid(days, from, to);
        return worked + credited;
    }

    private sealed class PaidLabel(ContractMaximumHours rule) : RuleLabel
    {
        public override LabelCount Count { get; } = new(0, row => rule._minutes[rule.Calendar.Week(row)], IsWeekly: true);

        public override int Counted(ReadOnlySpan<DayCell> days) =>
            Sum(days, rule.Calendar.WeekStart(rule.Calendar.Week(rule.Calendar.Offset)), rule.Calendar.Offset);

        public override int CountedAfter(ReadOnlySpan<DayCell> days) => Sum(days, rule.Calendar.End, rule.Calendar.WeekEnd(rule.Calendar.LastWeek));

        public override int Action(int row, in DayCell cell) => cell.Work + cell.Leave.Credit;

        public override int Amount(int state, int row, int action) => action;
    }
}
