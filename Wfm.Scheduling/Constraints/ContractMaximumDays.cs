using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A contract's maximum of days per week: those on which a shift starts, and those that paid leave takes (<see cref="HoursDue"/>).</summary>
internal sealed class ContractMaximumDays : AgentRule
{
    private static readonly GivenRule OfContract =
        new("contractMaximumDays", "The contract's maximum of days in a week.") { Authority = RuleAuthority.Agreement, Unit = "days" };

    private readonly int[] _days;

    public ContractMaximumDays(ContractSpans contracts, RuleContext context)
        : base(OfContract, string.Join(", ", contracts.All.Select(s => $"contract {s.Contract.Code}").Distinct()), context)
    {
        _days = [.. Enumerable.Range(0, Calendar.Weeks).Select(contracts.MaximumDays)];
    }

    /// <inheritdoc/>
    public override bool Remember(PastNumbers past)
    {
        past.Add((days, row) => row < Calendar.Rows ? Counted(days, Calendar.WeekStart(Calendar.Week(row)), row) is var (worked, away) ? worked + away : 0 : 0);
        return true;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() => [new DaysLabel(this)];

    /// <inheritdoc/>
    /// <returns>Days above the maximum, summed over the weeks.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        for (var week = Calendar.Week(first); week <= Calendar.Week(last); week++)
        {
            var (start, end) = (Calendar.WeekStart(week), Calendar.WeekEnd(week));
            var (worked, away) = Counted(days, start, end);
            var above = worked + away - _days[week];
            if (above <= 0) continue;
            total += above;
            sink?.Add(this, start, end - 1, above,
                $"{worked} working days{(away > 0 ? $" and {away} of leave" : "")} in the week of {Calendar.Date(start)}; at most {_days[week]} are allowed.");
        }

        return total;
    }

    private static (int Worked, int Away) Counted(ReadOnlySpan<DayCell> days, int from, int to)
    {
        var (worked, away) = (0, 0);
        foreach (ref readonly var day in days[from..to])
        {
            if (day.IsWorking) worked++;
            else if (day.Leave.IsAway) away++;
        }

        return (worked, away);
    }

    private sealed class DaysLabel(ContractMaximumDays rule) : RuleLabel
    {
        public override LabelCount Count { get; } = new(0, row => rule._days[rule.Calendar.Week(row)], IsWeekly: true);

        public override int Counted(ReadOnlySpan<DayCell> days) =>
            Sum(days, rule.Calendar.WeekStart(rule.Calendar.Week(rule.Calendar.Offset)), rule.Calendar.Offset);

        public override int CountedAfter(ReadOnlySpan<DayCell> days) => Sum(days, rule.Calendar.End, rule.Calendar.WeekEnd(rule.Calendar.LastWeek));

        public override int Action(int row, in DayCell cell) => cell.IsWorking || cell.Leave.IsAway ? 1 : 0;

        public override int Amount(int state, int row, int action) => action;

        private static int Sum(ReadOnlySpan<DayCell> days, int from, int to)
        {
            var (worked, away) = ContractMaximumDays.Counted(days, from, to);
            return worked + away;
        }
    }
}
