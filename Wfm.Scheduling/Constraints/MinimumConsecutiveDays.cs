using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A minimum of working days in a row. Runs that touch the first or the last known day may go on beyond it and pass. The rule
/// in force on the first day of the run counts, and a run that the period's first or last day ends is one of the period.</summary>
internal sealed class MinimumConsecutiveDays(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "minimumConsecutiveDays", "Days worked in a row, when any.",
        [RuleParameter.Whole("days", 1, 371, "Least days.")],
        (rule, context) => new MinimumConsecutiveDays(rule, context))
    {
        Unit = "days",
        DaysAround = p => p.Whole("days") + 1,
    };

    private readonly int _count = rule.Parameters.Whole("days");

    /// <inheritdoc/>
    public override bool IsFloor => true;

    /// <inheritdoc/>
    public override bool Remember(PastNumbers past)
    {
        past.Add((days, row) => PastNumbers.Run(days, row, (r, _) => days[r].IsWorking));
        return true;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() => [new MinimumRunLabel(working: true, _count, Calendar)];

    /// <inheritdoc/>
    /// <returns>Days missing.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        var right = Runs.Right(days, last);
        for (var start = Runs.Left(days, first); start <= right;)
        {
            var end = Runs.End(days, start);
            var length = end - start;
            if (days[start].IsWorking && length < _count && Calendar.Known < start && end < days.Length && Calendar.Touches(start, end) && InForce(start))
            {
                total += _count - length;
                sink?.Add(this, start, end - 1, _count - length,
                    $"{length} working days in a row from {Calendar.Date(start)}; at least {_count} are due.");
            }

            start = end;
        }

        return total;
    }
}
