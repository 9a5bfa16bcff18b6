using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of working time in the whole period.</summary>
internal sealed class MaximumPeriodHours(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    private readonly long _minutes = (long)rule.Parameters.Limit!.Value.TotalMinutes;

    /// <inheritdoc/>
    public override int UnitsPerStep => 480;

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() => [new WorkLabel(LabelCount.AtMost(_minutes), _ => 0)];

    /// <inheritdoc/>
    /// <returns>Minutes above the maximum.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        var over = PeriodHours.Sum(days, Calendar) - _minutes;
        if (over <= 0) return 0;
        sink?.Add(this, Calendar.Offset, days.Length - 1, over, "minutes",
            $"Working time of {Guard.Show(over + _minutes)} in the period; at most {Guard.Show(_minutes)} is allowed.");
        return over;
    }
}
