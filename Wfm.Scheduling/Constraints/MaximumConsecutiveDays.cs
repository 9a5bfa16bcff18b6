using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of local days in a row on which a shift starts. Days that are not known count as days off, and runs that lie outside the period as a
/// whole
/// are no concern of its roster.</summary>
internal sealed class MaximumConsecutiveDays(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "maximumConsecutiveDays", "Days worked in a row.",
        [RuleParameter.Whole("days", 1, 371, "Most days.")],
        (rule, context) => new MaximumConsecutiveDays(rule, context))
    {
        Unit = "days",
        DaysAround = p => p.Whole("days") + 1,
    };

    private readonly int _count = rule.Parameters.Whole("days");

    /// <inheritdoc/>
    protected override bool LabelsKnowDates => true;

    /// <inheritdoc/>
    public override bool Remember(PastNumbers past)
    {
        past.Add((days, row) => PastNumbers.Run(days, row, (r, _) => days[r].IsWorking));
        return true;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() => [new MaximumRunLabel(_count, Calendar, InForce, (_, day) => day.IsWorking)];

    /// <inheritdoc/>
    /// <returns>Days above the maximum on which the rule is in force.</returns>
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

            var above = run > _count && Calendar.Meets(row - run, row) ? DaysInForce(row - run + _count, row) : 0;
            if (above > 0)
            {
                total += above;
                sink?.Add(this, row - run, row - 1, above,
                    $"{run} working days in a row from {Calendar.Date(row - run)}; at most {_count} are allowed.");
            }

            run = 0;
            if (row > last) break;
        }

        return total;
    }
}
