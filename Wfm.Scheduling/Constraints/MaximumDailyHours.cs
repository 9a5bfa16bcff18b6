using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of working time (unpaid breaks left out) in the shift that starts on a local day.</summary>
internal sealed class MaximumDailyHours(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    private readonly int _minutes = (int)rule.Parameters.Limit!.Value.TotalMinutes;

    /// <inheritdoc/>
    public override bool IsPerShift => true;

    /// <inheritdoc/>
    /// <returns>Minutes above the maximum.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        for (var row = first; row <= last; row++)
        {
            if (!days[row].IsWorking || days[row].Work <= _minutes || !InForce(row)) continue;
            total += days[row].Work - _minutes;
            sink?.Add(this, row, row, days[row].Work - _minutes, "minutes",
                $"Working time of {Guard.Show(days[row].Work)} on {Calendar.Date(row)}; at most {Guard.Show(_minutes)} is allowed.");
        }

        return total;
    }
}
