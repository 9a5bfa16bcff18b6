using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A minimum of working days in a row. Runs that touch the first or the last known day may go on beyond it and pass. The rule
/// in force on the first day of the run counts, and a run that the period's first or last day ends is one of the period.</summary>
internal sealed class MinimumConsecutiveDays(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    private readonly int _count = rule.Parameters.Count!.Value;

    /// <inheritdoc/>
    public override bool IsFloor => true;

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
            if (days[start].IsWorking && length < _count && Calendar.Known < start && end < days.Length && Calendar.Touches(start, end) && InForce(Calendar.Nearest(start)))
            {
                total += _count - length;
                sink?.Add(this, start, end - 1, _count - length, "days",
                    $"{length} working days in a row from {Calendar.Date(start)}; at least {_count} are due.");
            }

            start = end;
        }

        return total;
    }
}
