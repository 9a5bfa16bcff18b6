using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of weekends in the period with a shift that starts on one of their days; which days are a weekend is the policy's to say.</summary>
/// <remarks>A weekend counts when a day of it in the period is worked on which the rule is in force.</remarks>
internal sealed class MaximumWeekends(LabourRule rule, RuleContext context) : PeriodRule(rule, context)
{
    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "maximumWeekends", "Weekends worked in the period of a roster.",
        [RuleParameter.Whole("weekends", 0, 60, "Most weekends.")],
        (rule, context) => new MaximumWeekends(rule, context))
    {
        Unit = "weekends",
    };

    private readonly int _count = rule.Parameters.Whole("weekends");

    /// <inheritdoc/>
    public override bool Remember(PastNumbers past)
    {
        past.Add((days, row) => row > Calendar.Offset && row < Calendar.End && Calendar.GoesOn(row) && IsWorked(days, Calendar.WeekendStart(row), row) ? 1 : 0);
        return base.Remember(past);
    }

    /// <inheritdoc/>
    public override void Count(ReadOnlySpan<DayCell> days, int first, int last, int sign, Span<int> sums)
    {
        for (var row = Math.Max(Calendar.Offset, Calendar.WeekendStart(first)); row <= last; row++)
        {
            if (!Calendar.IsWeekend(row)) continue;
            var end = row + 1;
            while (end < Calendar.End && Calendar.GoesOn(end))
            {
                end++;
            }

            if (IsWorked(days, row, end)) sums[0] += sign;
            row = end - 1;
        }
    }

    /// <inheritdoc/>
    /// <returns>Weekends above the maximum.</returns>
    public override long Breach(ReadOnlySpan<int> sums) => Math.Max(0, sums[0] - _count);

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() => [new WeekendLabel(_count, Calendar)];

    /// <inheritdoc/>
    protected override void Tell(ReadOnlySpan<int> sums, ViolationSink sink) => Add(sink, Breach(sums),
        $"{sums[0]} weekends worked in the period; at most {_count} are allowed.");

    private bool IsWorked(ReadOnlySpan<DayCell> days, int from, int to)
    {
        for (var row = Math.Max(from, Calendar.Offset); row < to; row++)
        {
            if (days[row].IsWorking && InForce(row)) return true;
        }

        return false;
    }

    // The state tells on the later days of a weekend whether an earlier one was worked, so that a weekend counts once.
    private sealed class WeekendLabel(int most, RosterCalendar calendar) : RuleLabel
    {
        public override LabelCount Count { get; } = LabelCount.AtMost(most);

        public override int Action(int row, in DayCell cell) => cell.IsWorking ? 1 : 0;

        public override int Next(int state, int row, int action) => calendar.GoesOn(row + 1) ? Math.Max(state, action) : 0;

        public override int Amount(int state, int row, int action) => calendar.IsWeekend(row) ? action * (1 - state) : 0;

        public override int RowKind(int row) => (calendar.IsWeekend(row) ? 1 : 0) + (calendar.GoesOn(row + 1) ? 2 : 0);
    }
}
