using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of local days in a row on which a shift starts. Days that are not known count as days off, and runs that lie outside the period as a whole
/// are no concern of its roster.</summary>
internal sealed class MaximumConsecutiveDays(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    private readonly int _count = rule.Parameters.Count!.Value;

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() => [new MaximumRunLabel(_count, Calendar, (_, day) => day.IsWorking)];

    /// <inheritdoc/>
    /// <returns>Days above the maximum.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        var run = 0;
        var row = first;
        while (row > 0 && days[row - 1].IsWorking)
        {
            row--;
        }

        for (; row <= days.Length; row++)
        {
            if (row < days.Length && days[row].IsWorking)
            {
                run++;
                continue;
            }

            if (run > _count && Calendar.Meets(row - run, row) && InForce(row - 1))
            {
                total += run - _count;
                sink?.Add(this, row - run, row - 1, run - _count, "days",
                    $"{run} working days in a row from {Calendar.Date(row - run)}; at most {_count} are allowed.");
            }

            run = 0;
            if (row > last) break;
        }

        return total;
    }
}
