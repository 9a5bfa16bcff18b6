using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A minimum of working time in the whole period.</summary>
internal sealed class MinimumPeriodHours(LabourRule rule, RuleContext context) : PeriodRule(rule, context)
{
    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "minimumPeriodHours", "Paid work of the whole period of a roster; what cannot be given is reported.",
        [RuleParameter.Number("hours", 0, 10_000, "Least hours.")],
        (rule, context) => new MinimumPeriodHours(rule, context))
    {
        IsHard = false,
    };

    private readonly long _minutes = rule.Parameters.Minutes("hours");

    /// <summary>Minutes that are due.</summary>
    public long Minutes => _minutes;

    /// <inheritdoc/>
    public override bool IsFloor => true;

    /// <inheritdoc/>
    public override int UnitsPerStep => 480;

    /// <inheritdoc/>
    public override void Count(ReadOnlySpan<DayCell> days, int first, int last, int sign, Span<int> sums) =>
        sums[0] += sign * PeriodHours.Sum(days, first, last + 1);

    /// <inheritdoc/>
    /// <returns>Minutes below the minimum.</returns>
    public override long Breach(ReadOnlySpan<int> sums) => Math.Max(0, _minutes - sums[0]);

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() => [new WorkLabel(LabelCount.AtLeast(_minutes), _ => 0)];

    /// <inheritdoc/>
    protected override void Tell(ReadOnlySpan<int> sums, ViolationSink sink) => Add(sink, Breach(sums),
        $"Working time of {Guard.Show(sums[0])} in the period; at least {Guard.Show(_minutes)} is due.");
}

/// <summary>Working time of some days.</summary>
internal static class PeriodHours
{
    public static int Sum(ReadOnlySpan<DayCell> days, int from, int to)
    {
        var sum = 0;
        foreach (ref readonly var day in days[from..to])
        {
            sum += day.Work;
        }

        return sum;
    }
}
