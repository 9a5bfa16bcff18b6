using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of local days in a row with work on severe content. Days that are not known count as days without, and runs that lie outside the period
/// as a whole are no concern of its roster.</summary>
internal sealed class MaximumConsecutiveExposureDays(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "maximumConsecutiveExposureDays", "Days in a row with work on harmful content.",
        [
            RuleParameter.Whole("days", 1, 371, "Most days."),
            Exposure.MinimumClass,
            RuleParameter.Whole("minutes", 1, 1440, "Minutes of it from which a day counts; 1 when absent.").Optional,
        ],
        (rule, context) => new MaximumConsecutiveExposureDays(rule, context))
    {
        Unit = "days",
        DaysAround = p => p.Whole("days") + 1,
    };

    private readonly int _count = rule.Parameters.Whole("days");
    private readonly long _hundredths = 100 * (long)(rule.Parameters.Find("minutes") ?? 1);
    private readonly ExposureMeter _meter = new(context, rule.Parameters[Exposure.MinimumClass.Name], ExposureBasis.WorstCase);

    /// <inheritdoc/>
    public override bool Remember(PastNumbers past)
    {
        past.Add((days, row) => PastNumbers.Run(days, row, (r, _) => Counts(days[r])));
        return true;
    }

    /// <inheritdoc/>
    /// <returns>Days above the maximum on which the rule is in force.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        var run = 0;
        var row = first;
        while (row > 0 && Counts(days[row - 1]))
        {
            row--;
        }

        for (; row <= days.Length; row++)
        {
            if (row < days.Length && Counts(days[row]))
            {
                run++;
                continue;
            }

            var above = run > _count && Calendar.Meets(row - run, row) ? DaysInForce(row - run + _count, row) : 0;
            if (above > 0)
            {
                total += above;
                sink?.Add(this, row - run, row - 1, above,
                    $"{run} days in a row with severe work from {Calendar.Date(row - run)}; at most {_count} are allowed.");
            }

            run = 0;
            if (row > last) break;
        }

        return total;
    }

    private bool Counts(in DayCell day) => _meter.Hundredths(day) >= _hundredths;
}
