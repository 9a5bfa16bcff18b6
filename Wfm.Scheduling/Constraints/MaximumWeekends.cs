using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of weekends in the period with a shift that starts on Saturday or Sunday.</summary>
internal sealed class MaximumWeekends(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    private readonly int _count = rule.Parameters.Count!.Value;

    /// <inheritdoc/>
    /// <returns>Weekends above the maximum.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        var worked = 0;
        for (var saturday = 5; saturday < days.Length; saturday += 7)
        {
            var (a, b) = (saturday >= Calendar.Offset && days[saturday].IsWorking,
                saturday + 1 < days.Length && saturday + 1 >= Calendar.Offset && days[saturday + 1].IsWorking);
            if ((a || b) && InForce(saturday)) worked++;
        }

        if (worked <= _count) return 0;
        sink?.Add(this, Calendar.Offset, days.Length - 1, worked - _count, "weekends", $"{worked} weekends worked in the period; at most {_count} are allowed.");
        return worked - _count;
    }
}
