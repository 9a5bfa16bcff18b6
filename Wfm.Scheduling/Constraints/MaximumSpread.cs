using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of elapsed time from the start to the end of the working day, breaks included.</summary>
internal sealed class MaximumSpread(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "maximumSpread", "From the start of a shift to its end, breaks included.",
        [RuleParameter.Number("hours", 0, 24, "Most hours.")],
        (rule, context) => new MaximumSpread(rule, context));

    private readonly int _minutes = rule.Parameters.Minutes("hours");

    /// <inheritdoc/>
    public override bool IsPerShift => true;

    /// <inheritdoc/>
    /// <returns>Minutes above the maximum.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        for (var row = first; row <= last; row++)
        {
            var spread = days[row].End - days[row].Start;
            if (!days[row].IsWorking || spread <= _minutes || !InForce(row)) continue;
            total += spread - _minutes;
            sink?.Add(this, row, row, spread - _minutes,
                $"The working day of {Calendar.Date(row)} spreads over {Guard.Show(spread)}; at most {Guard.Show(_minutes)} is allowed.");
        }

        return total;
    }
}
