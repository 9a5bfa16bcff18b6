using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A minimum of local days per week on which no shift starts. Days that are not known count as days off.</summary>
internal sealed class MinimumDaysOff : AgentRule
{
    private readonly int _worked;

    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "minimumDaysOffPerWeek", "Local days of a week on which no shift starts.",
        [RuleParameter.Whole("days", 0, 7, "Least days.")],
        (rule, context) => new MinimumDaysOff(rule, context))
    {
        Unit = "days",
        DaysAround = _ => 7,
    };

    public MinimumDaysOff(LabourRule rule, RuleContext context)
        : base(rule, context)
    {
        _worked = 7 - rule.Parameters.Whole("days");
    }

    /// <inheritdoc/>
    protected override bool LabelsKnowDates => true;

    /// <inheritdoc/>
    public override bool Remember(PastNumbers past)
    {
        past.Add((days, row) => row < Calendar.Rows ? Worked(days, Calendar.WeekStart(Calendar.Week(row)), row) : 0);
        return true;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() => [new WorkedDaysLabel(this)];

    /// <inheritdoc/>
    /// <returns>Days off missing, summed over the weeks.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        for (var week = Calendar.Week(first); week <= Calendar.Week(last); week++)
        {
            var (start, end) = (Calendar.WeekStart(week), Calendar.WeekEnd(week));
            var worked = Worked(days, start, end);
            if (worked <= _worked || !InForce(start, end)) continue;
            total += worked - _worked;
            sink?.Add(this, start, end - 1, worked - _worked,
                $"{worked} working days in the week of {Calendar.Date(start)}; at most {_worked} are allowed.");
        }

        return total;
    }

    private static int Worked(ReadOnlySpan<DayCell> days, int from, int to)
    {
        var worked = 0;
        for (var row = from; row < to; row++)
        {
            if (days[row].IsWorking) worked++;
        }

        return worked;
    }

    private sealed class WorkedDaysLabel(MinimumDaysOff rule) : RuleLabel
    {
        public override LabelCount Count { get; } = LabelCount.AtMostWeekly(rule._worked, rule.BindsInWeekOf);

        public override int Counted(ReadOnlySpan<DayCell> days) =>
            Worked(days, rule.Calendar.WeekStart(rule.Calendar.Week(rule.Calendar.Offset)), rule.Calendar.Offset);

        public override int CountedAfter(ReadOnlySpan<DayCell> days) => Worked(days, rule.Calendar.End, rule.Calendar.WeekEnd(rule.Calendar.LastWeek));

        public override int Action(int row, in DayCell cell) => cell.IsWorking ? 1 : 0;

        public override int Amount(int state, int row, int action) => action;
    }
}
