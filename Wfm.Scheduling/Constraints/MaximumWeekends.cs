using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of weekends in the period with a shift that starts on Saturday or Sunday.</summary>
internal sealed class MaximumWeekends(LabourRule rule, RuleContext context) : PeriodRule(rule, context)
{
    private readonly int _count = rule.Parameters.Count!.Value;

    /// <inheritdoc/>
    public override void Count(ReadOnlySpan<DayCell> days, int first, int last, int sign, Span<int> sums)
    {
        for (var saturday = (first / 7 * 7) + 5; saturday <= last; saturday += 7)
        {
            var (a, b) = (saturday >= Calendar.Offset && days[saturday].IsWorking,
                saturday + 1 < Calendar.End && saturday + 1 >= Calendar.Offset && days[saturday + 1].IsWorking);
            if ((a || b) && InForce(saturday)) sums[0] += sign;
        }
    }

    /// <inheritdoc/>
    /// <returns>Weekends above the maximum.</returns>
    public override long Breach(ReadOnlySpan<int> sums) => Math.Max(0, sums[0] - _count);

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() => [new WeekendLabel(_count, Calendar.Offset)];

    /// <inheritdoc/>
    protected override void Tell(ReadOnlySpan<int> sums, ViolationSink sink) => Add(sink, Breach(sums), "weekends",
        $"{sums[0]} weekends worked in the period; at most {_count} are allowed.");

    // The state tells on Sunday whether the Saturday was worked, so that a weekend counts once.
    private sealed class WeekendLabel(int most, int offset) : RuleLabel
    {
        public override LabelCount Count { get; } = LabelCount.AtMost(most);

        public override int Action(int row, in DayCell cell) => cell.IsWorking ? 1 : 0;

        public override int Next(int state, int row, int action) => RosterCalendar.Weekday(row) == 5 && row >= offset ? action : 0;

        public override int Amount(int state, int row, int action) => RosterCalendar.Weekday(row) switch
        {
            5 => action,
            6 => action * (1 - state),
            _ => 0,
        };

        public override int RowKind(int row) => RosterCalendar.Weekday(row) < 5 ? 0 : RosterCalendar.Weekday(row);
    }
}
