using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of local days in a row on which a night shift starts.</summary>
internal sealed class MaximumConsecutiveNights(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "maximumConsecutiveNights", "Nights worked in a row.",
        [RuleParameter.Whole("nights", 0, 371, "Most nights."), .. NightWindow.Parameters],
        (rule, context) => new MaximumConsecutiveNights(rule, context))
    {
        Unit = "shifts",
        DaysAround = p => p.Whole("nights") + 1,
        Check = NightWindow.Check,
    };

    private readonly int _count = rule.Parameters.Whole("nights");
    private readonly NightWindow _night = NightWindow.Of(rule.Parameters, context.Calendar);

    /// <inheritdoc/>
    protected override bool LabelsKnowDates => true;

    /// <inheritdoc/>
    public override bool Remember(PastNumbers past)
    {
        past.Add((days, row) => PastNumbers.Run(days, row, (r, cell) => _night.IsNight(r, cell)));
        return true;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() => [new MaximumRunLabel(_count, Calendar, InForce, (row, day) => _night.IsNight(row, day))];

    /// <inheritdoc/>
    /// <returns>Nights above the maximum on which the rule is in force.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        var run = 0;
        var row = first;
        while (row > 0 && _night.IsNight(row - 1, days[row - 1]))
        {
            row--;
        }

        for (; row <= days.Length; row++)
        {
            if (row < days.Length && _night.IsNight(row, days[row]))
            {
                run++;
                continue;
            }

            var above = run > _count && Calendar.Meets(row - run, row) ? DaysInForce(row - run + _count, row) : 0;
            if (above > 0)
            {
                total += above;
                sink?.Add(this, row - run, row - 1, above,
                    $"{run} night shifts in a row from {Calendar.Date(row - run)}; at most {_count} are allowed.");
            }

            run = 0;
            if (row > last) break;
        }

        return total;
    }
}
