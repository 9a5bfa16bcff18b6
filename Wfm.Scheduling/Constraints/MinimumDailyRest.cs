using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A minimum elapsed rest between the end of a shift and the start of the next, whatever the clocks do meanwhile.</summary>
/// <remarks>The rule in force on the later shift's date counts. Overlapping shifts are a rest below zero.</remarks>
internal sealed class MinimumDailyRest : AgentRule
{
    private readonly int _minutes;
    private readonly int _reach;

    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "minimumDailyRest", "Elapsed rest between two shifts.",
        [RuleParameter.Number("hours", 0.25, 48, "Least rest, hours.")],
        (rule, context) => new MinimumDailyRest(rule, context))
    {
        DaysAround = p => 2 + (p.Minutes("hours") / 1440),
    };

    private static readonly GivenRule OneShift = new("oneShiftAtATime", "A person is at work once at a time.");

    public MinimumDailyRest(LabourRule rule, RuleContext context)
        : base(rule, context)
    {
        _minutes = rule.Parameters.Minutes("hours");
        _reach = 2 + (_minutes / 1440);
    }

    /// <summary>The rule that is always there: one shift at a time.</summary>
    public MinimumDailyRest(RuleContext context)
        : base(OneShift, "a person cannot be twice at work", context)
    {
        _reach = 2;
    }

    /// <inheritdoc/>
    public override int UnitsPerStep => 120;

    /// <inheritdoc/>
    protected override bool LabelsKnowDates => true;

    /// <inheritdoc/>
    public override bool Remember(PastNumbers past)
    {
        past.Add((days, row) => Math.Max(0, PastNumbers.LastEnd(days, row) + _minutes - Calendar.Midnight(row)));
        return true;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() => [new RestLabel(this)];

    /// <inheritdoc/>
    /// <returns>Minutes of missing rest.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        var previous = -1;
        for (var row = Math.Max(0, first - _reach); row < Math.Min(days.Length, last + _reach + 1); row++)
        {
            if (!days[row].IsWorking) continue;
            if (previous >= 0 && row >= first && previous <= last)
            {
                total += Missing(days, previous, row, sink);
            }

            previous = row;
        }

        return total;
    }

    private long Missing(ReadOnlySpan<DayCell> days, int earlier, int later, ViolationSink? sink)
    {
        var rest = days[later].Start - days[earlier].End;
        if (rest >= _minutes || !InForce(later)) return 0;
        sink?.Add(this, earlier, later, _minutes - rest, rest < 0
            ? $"The shifts of {Calendar.Date(earlier)} and {Calendar.Date(later)} overlap by {Guard.Show(-rest)}."
            : $"Rest of {Guard.Show(rest)} between the shifts of {Calendar.Date(earlier)} and {Calendar.Date(later)}; at least {Guard.Show(_minutes)} is due.");
        return _minutes - rest;
    }

    // The state is how long after the midnight of the day the rest still lasts.
    private sealed class RestLabel(MinimumDailyRest rule) : RuleLabel
    {
        private readonly RosterCalendar _calendar = rule.Calendar;

        public override int Start(ReadOnlySpan<DayCell> days)
        {
            var row = _calendar.Offset - 1;
            while (row >= 0 && !days[row].IsWorking)
            {
                row--;
            }

            return row < 0 ? 0 : Math.Max(0, days[row].End + rule._minutes - _calendar.Midnight(_calendar.Offset));
        }

        public override int Action(int row, in DayCell cell) => DayTimes.Of(_calendar, row, cell);

        public override int Next(int state, int row, int action)
        {
            var length = _calendar.Midnight(row + 1) - _calendar.Midnight(row);
            if (action == 0) return Math.Max(0, state - length);
            return DayTimes.Start(action) < state && rule.InForce(row) ? Broken : Math.Max(0, DayTimes.End(action) + rule._minutes - length);
        }

        // Up to the first shift after the period; the rest after that one is its own.
        public override bool Ends(int state, ReadOnlySpan<DayCell> days)
        {
            for (var row = _calendar.End; row < days.Length && state > 0; row++)
            {
                var action = Action(row, days[row]);
                if (action != 0) return DayTimes.Start(action) >= state || !rule.InForce(row);
                state = Next(state, row, action);
            }

            return true;
        }

        public override int RowKind(int row) => ((_calendar.Midnight(row + 1) - _calendar.Midnight(row)) * 2) + (rule.InForce(row) ? 1 : 0);
    }
}
