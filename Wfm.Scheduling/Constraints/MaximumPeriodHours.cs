using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of working time in the whole period.</summary>
internal sealed class MaximumPeriodHours(LabourRule rule, RuleContext context) : PeriodRule(rule, context)
{
    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "maximumPeriodHours", "Paid work of the whole period of a roster.",
        [RuleParameter.Number("hours", 0, 10_000, "Most hours.")],
        (rule, context) => new MaximumPeriodHours(rule, context));

    private readonly long _minutes = rule.Parameters.Minutes("hours");

    /// <inheritdoc/>
    public override int UnitsPerStep => 480;

    /// <inheritdoc/>
    public override void Count(ReadOnlySpan<DayCell> days, int first, int last, int sign, Span<int> sums) =>
        sums[0] += sign * PeriodHours.Sum(days, first, last + 1);

    /// <inheritdoc/>
    /// <returns>Minutes above the maximum.</returns>
    public override long Breach(ReadOnlySpan<int> sums) => Math.Max(0, sums[0] - _minutes);

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() => [new WorkLabel(LabelCount.AtMost(_minutes), _ => 0)];

    /// <inheritdoc/>
    protected override void Tell(ReadOnlySpan<int> sums, ViolationSink sink) => Add(sink, Breach(sums),
        $"Working time of {Guard.Show(sums[0])} in the period; at most {Guard.Show(_minutes)} is allowed.");
}
