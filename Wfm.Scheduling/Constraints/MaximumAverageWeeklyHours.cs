using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of the average working time per week over any run of so many weeks.</summary>
/// <remarks>
/// Weeks count from the first whose work is known. When fewer weeks are known than the average spans, the average is taken over those that
/// are, which is the careful reading; a week cut by the edge of what is known counts with its days ÷ 7. Weeks after the period count as far as known. A rule
/// binds in every run whose last week has a day on which it is in force.
/// <para>Annual, sick and parental leave is neutral (Directive 2003/88/EC, art. 16 (b)): a usual working day of it takes its part of a week out of the average,
/// a
/// fifth where five days are usual, so that a week of leave weighs nothing. That is the same as to count the day with its part of the most that is allowed.
/// Leave in weeks of which no work is known is looked at when they are rostered.</para>
/// </remarks>
internal sealed class MaximumAverageWeeklyHours : AgentRule
{
    private const int MinutesOfWeek = 7 * 1_440;

    private readonly int _minutes;
    private readonly int _weeks;
    private readonly bool _isNeutral;
    private readonly int _lastWeek; // in which the rule is in force

    public MaximumAverageWeeklyHours(LabourRule rule, RuleContext context)
        : base(rule, context)
    {
        (_minutes, _weeks) = (rule.Parameters.Minutes("hours"), rule.Parameters.Whole("weeks"));
        _isNeutral = rule.Parameters.Find("neutralLeave") != 0;
        _lastWeek = Enumerable.Range(0, Calendar.Weeks).LastOrDefault(w => InForce(Calendar.WeekStart(w), Calendar.WeekEnd(w)), -1);
    }

    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } =
        new(
            "maximumAverageWeeklyHours", "Paid work a week on average over a running window.",
            [
                RuleParameter.Number("hours", 0, 168, "Most hours a week."),
                RuleParameter.Whole("weeks", 1, 53, "Weeks of the window."),
                RuleParameter.Whole(
                        "neutralLeave", 0, 1,
                        "1, as when absent: days of annual, sick and parental leave are left out of the average; 0: they count as days without work.")
                    .Optional,
            ],
            (rule, context) => new MaximumAverageWeeklyHours(rule, context))
        {
            DaysAround = p => 7 * p.Whole("weeks"),
        };

    /// <inheritdoc/>
    public override int UnitsPerStep => 480;

    /// <inheritdoc/>
    public override bool Remember(PastNumbers past)
    {
        past.AddDays(7 * _weeks, (days, row, key) =>
        {
            // Work of a whole week, once, at its first day; of days to come only what is fixed is in it.
            if (row == Calendar.WeekStart(Calendar.Week(row))) key.Add(PeriodHours.Sum(days, row, Calendar.WeekEnd(Calendar.Week(row))));
        });
        return true;
    }

    /// <inheritdoc/>
    /// <returns>Nothing to carry when runs of weeks begin inside the period: they would need a count each.</returns>
    protected override IReadOnlyList<RuleLabel>? Compile()
    {
        var known = Calendar.Week(Calendar.Known);
        return Calendar.Weeks - known > _weeks ? null : [new AverageLabel(this, (long)_minutes * (Calendar.Rows - Calendar.Known) / 7)];
    }

    /// <inheritdoc/>
    /// <returns>Minutes above the allowed sum, over all runs of weeks.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        var known = Calendar.Week(Calendar.Known);
        var firstEnd = Math.Min(known + _weeks - 1, _lastWeek);
        for (var week = Math.Max(Calendar.Week(first), firstEnd); week <= Math.Min(Math.Max(Calendar.Week(last) + _weeks - 1, firstEnd), _lastWeek); week++)
        {
            var start = Math.Max(Calendar.Known, Calendar.WeekStart(Math.Max(known, week - _weeks + 1)));
            var end = Calendar.WeekEnd(week);
            if (end <= Calendar.Offset || start >= Calendar.End) continue;
            var allowed = (long)_minutes * (end - start) / 7;
            var (worked, leave) = (0, 0);
            for (var row = start; row < end; row++)
            {
                worked += days[row].Work;
                leave += days[row].Leave.Neutral;
            }

            var neutral = LeftOut(leave);
            if (worked + neutral <= allowed || !InForce(Calendar.WeekStart(week), end)) continue;
            var above = worked + neutral - allowed;
            total += above;
            sink?.Add(
                this, start, end - 1, above,
                $"Working time of {Guard.Show(worked)} from {Calendar.Date(start)} to {Calendar.Date(end - 1)}; an average of {Guard.Show(_minutes)} a "
                    + "week allows "
                    + $"{Guard.Show(Math.Max(0, allowed - neutral))}{(neutral > 0 ? ", leave left out" : "")}.");
        }

        return total;
    }

    // What neutral leave takes out of the allowed sum.
    private int LeftOut(int leave) => _isNeutral ? (int)((long)_minutes * leave / MinutesOfWeek) : 0;

    private sealed class AverageLabel(MaximumAverageWeeklyHours rule, long allowed) : RuleLabel
    {
        public override LabelCount Count { get; } = new(0, row => row == rule.Calendar.End - 1 ? allowed : long.MaxValue, IsWeekly: false);

        public override int Counted(ReadOnlySpan<DayCell> days) => Sum(days, rule.Calendar.Known, rule.Calendar.Offset);

        public override int CountedAfter(ReadOnlySpan<DayCell> days) => Sum(days, rule.Calendar.End, days.Length);

        public override int Action(int row, in DayCell cell) => cell.Work + rule.LeftOut(cell.Leave.Neutral);

        public override int Amount(int state, int row, int action) => action;

        private int Sum(ReadOnlySpan<DayCell> days, int from, int to)
        {
            var sum = 0;
            for (var row = from; row < to; row++)
            {
                sum += Action(row, days[row]);
            }

            return sum;
        }
    }
}
