using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of working time in a night shift, without averaging.</summary>
internal sealed class MaximumNightHours(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "maximumNightHours", "Paid work of a night shift.",
        [RuleParameter.Number("hours", 0, 24, "Most hours."), .. NightWindow.Parameters],
        (rule, context) => new MaximumNightHours(rule, context))
    {
        Check = NightWindow.Check,
    };

    private readonly int _minutes = rule.Parameters.Minutes("hours");
    private readonly NightWindow _night = NightWindow.Of(rule.Parameters, context.Calendar);

    /// <inheritdoc/>
    public override bool IsPerShift => true;

    /// <inheritdoc/>
    /// <returns>Minutes above the maximum.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        for (var row = first; row <= last; row++)
        {
            if (days[row].Work <= _minutes || !InForce(row) || !_night.IsNight(row, days[row])) continue;
            total += days[row].Work - _minutes;
            sink?.Add(this, row, row, days[row].Work - _minutes,
                $"Working time of {Guard.Show(days[row].Work)} in the night shift of {Calendar.Date(row)}; at most {Guard.Show(_minutes)} is allowed.");
        }

        return total;
    }
}
