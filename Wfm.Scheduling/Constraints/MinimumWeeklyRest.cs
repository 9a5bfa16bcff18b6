using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>One continuous elapsed rest in every week, or in seven days from any local midnight, lying whole within them.</summary>
/// <remarks>Days outside what is known count as free: seven days cut by the end of what is known break the rule when not even free days after it
/// could mend them, or the next roster would begin with a breach that nobody can undo. A rule binds in all seven days of which
/// it is in force on one.</remarks>
internal sealed class MinimumWeeklyRest(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } =
        new(
            "minimumWeeklyRest", "One continuous rest in every local week, or in any seven days running.",
            [
                RuleParameter.Number("hours", 0.25, 240, "Least rest, hours."),
                RuleParameter.Whole("perDays", 7, 7, "7 for any seven days running; every week when absent.").Optional,
            ],
            (rule, context) => new MinimumWeeklyRest(rule, context))
        {
            DaysAround = _ => 8,
        };

    private readonly int _minutes = rule.Parameters.Minutes("hours");
    private readonly int _step = rule.Parameters.Find("perDays") is null ? 7 : 1;

    /// <inheritdoc/>
    public override int UnitsPerStep => 480;

    /// <inheritdoc/>
    public override bool Remember(PastNumbers past)
    {
        past.Add((days, row) => PastNumbers.LastEnd(days, row) - Calendar.Midnight(row));
        past.Add(RestedWeeks);
        return true;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel>? Compile() => _step == 7 ? [new WeeklyRestLabel(this)] : null;

    /// <inheritdoc/>
    /// <returns>Minutes missing to the longest rest, summed over the weeks.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        var from = _step == 7 ? Calendar.WeekStart(Calendar.Week(first)) : Math.Max(Calendar.Known, first - 6);
        var to = Math.Min(last + 1, days.Length - 1); // a night shift reaches into the next week
        for (var start = from; start <= to; start += _step)
        {
            total += Missing(days, start, sink);
        }

        return total;
    }

    private long Missing(ReadOnlySpan<DayCell> days, int start, ViolationSink? sink)
    {
        if (!InForce(start, Math.Min(start + 7, Calendar.Rows))) return 0;
        if (start >= Calendar.End && !(days[start - 1].IsWorking && days[start - 1].End > Calendar.Midnight(start)))
            return 0; // nothing of the period reaches into it
        var end = start + 7;
        var free = Calendar.Midnight(start);
        if (start > 0 && days[start - 1].IsWorking) free = Math.Max(free, days[start - 1].End);
        var longest = 0;
        for (var row = start; row < Math.Min(end, days.Length); row++)
        {
            if (!days[row].IsWorking) continue;
            longest = Math.Max(longest, days[row].Start - free);
            free = Math.Max(free, days[row].End);
        }

        longest = Math.Max(longest, Calendar.Midnight(end) - free);
        if (longest >= _minutes) return 0;
        sink?.Add(this, start, Math.Min(end, days.Length) - 1, _minutes - longest,
            $"The longest rest in the seven days from {Calendar.Date(start)} is {Guard.Show(longest)}; at least {Guard.Show(_minutes)} is due.");
        return _minutes - longest;
    }

    // One bit for each stretch of seven days that has begun and already holds its rest.
    private int RestedWeeks(DayCell[] days, int row)
    {
        var bits = 0;
        for (var start = Math.Max(0, row - 6); start < row; start++)
        {
            var free = Calendar.Midnight(start);
            if (start > 0 && days[start - 1].IsWorking) free = Math.Max(free, days[start - 1].End);
            for (var past = start; past < row; past++)
            {
                if (!days[past].IsWorking) continue;
                if (days[past].Start - free >= _minutes) bits |= 1 << (row - start);
                free = Math.Max(free, days[past].End);
            }
        }

        return bits;
    }

    // The state is twice the rest so far at the midnight of the day, moved to be above 0, and one more when the week has had its rest.
    private sealed class WeeklyRestLabel(MinimumWeeklyRest rule) : RuleLabel
    {
        private const int Shift = 3 * 1440; // the rest so far is below 0 while a shift lasts beyond midnight
        private readonly RosterCalendar _calendar = rule.Calendar;

        public override int Start(ReadOnlySpan<DayCell> days)
        {
            var monday = _calendar.WeekStart(_calendar.Week(_calendar.Offset));
            var state = State(monday > 0 && days[monday - 1].IsWorking ? Math.Min(0, _calendar.Midnight(monday) - days[monday - 1].End) : 0, hadRest: false);
            for (var row = monday; row < _calendar.Offset; row++)
            {
                state = Carry(state, row, Action(row, days[row]));
            }

            return state;
        }

        public override int Action(int row, in DayCell cell) => DayTimes.Of(_calendar, row, cell);

        public override int Next(int state, int row, int action)
        {
            state = Carry(state, row, action);
            if (!RosterCalendar.EndsWeek(row)) return state;
            return HadRest(state) || Rest(state) >= rule._minutes ? State(Math.Min(0, Rest(state)), hadRest: false) : Broken;
        }

        // Through the days that follow in the week that is open, or in the one into which the last night reaches; those not known are free.
        public override bool Ends(int state, ReadOnlySpan<DayCell> days)
        {
            var row = _calendar.End;
            if (RosterCalendar.EndsWeek(row - 1) && (Rest(state) >= 0 || row == days.Length)) return true;
            var end = row - RosterCalendar.DayOfWeek(row) + 7;
            for (; row < Math.Min(end, days.Length); row++)
            {
                state = Carry(state, row, Action(row, days[row]));
            }

            return HadRest(state) || _calendar.Midnight(end) - _calendar.Midnight(row) + Rest(state) >= rule._minutes;
        }

        public override int RowKind(int row) =>
            ((_calendar.Midnight(row + 1) - _calendar.Midnight(row)) * 2) + (RosterCalendar.EndsWeek(row) ? 1 : 0);

        private int Carry(int state, int row, int action)
        {
            var length = _calendar.Midnight(row + 1) - _calendar.Midnight(row);
            if (action == 0) return State(Rest(state) + length, HadRest(state));
            return State(length - DayTimes.End(action), HadRest(state) || DayTimes.Start(action) + Rest(state) >= rule._minutes);
        }

        // A rest that was long enough need not be measured further.
        private int State(int rest, bool hadRest) => hadRest || rest >= rule._minutes ? (2 * (Math.Min(rest, 0) + Shift)) + 1 : 2 * (rest + Shift);

        private static bool HadRest(int state) => state % 2 == 1;

        private static int Rest(int state) => (state / 2) - Shift;
    }
}
