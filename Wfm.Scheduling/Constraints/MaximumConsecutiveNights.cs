using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of local days in a row on which a night shift starts.</summary>
internal sealed class MaximumConsecutiveNights(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    private readonly int _count = rule.Parameters.Count!.Value;
    private readonly NightWindow _night = NightWindow.Of(rule.Parameters, context.Calendar);

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() => [new MaximumRunLabel(_count, Calendar, (row, day) => _night.IsNight(row, day))];

    /// <inheritdoc/>
    /// <returns>Nights above the maximum.</returns>
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

            if (run > _count && Calendar.Meets(row - run, row) && InForce(row - 1))
            {
                total += run - _count;
                sink?.Add(this, row - run, row - 1, run - _count, "shifts",
                    $"{run} night shifts in a row from {Calendar.Date(row - run)}; at most {_count} are allowed.");
            }

            run = 0;
            if (row > last) break;
        }

        return total;
    }
}
