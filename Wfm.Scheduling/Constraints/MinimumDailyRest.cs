using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A minimum elapsed rest between the end of a shift and the start of the next, whatever the clocks do meanwhile.</summary>
/// <remarks>The rule in force on the later shift's date counts. Overlapping shifts are a rest below zero.</remarks>
internal sealed class MinimumDailyRest : AgentRule
{
    private readonly int _minutes;
    private readonly int _reach;

    public MinimumDailyRest(LabourRule rule, RuleContext context)
        : base(rule, context)
    {
        _minutes = (int)rule.Parameters.Limit!.Value.TotalMinutes;
        _reach = 2 + (_minutes / 1440);
    }

    /// <summary>The rule that is always there: one shift at a time.</summary>
    public MinimumDailyRest(RuleContext context)
        : base("one-shift-at-a-time", "a person cannot be twice at work", context)
    {
        _reach = 2;
    }

    /// <inheritdoc/>
    public override int UnitsPerStep => 120;

    /// <inheritdoc/>
    /// <returns>Minutes of missing rest.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        var previous = -1;
        for (var row = Math.Max(0, first - _reach); row < Math.Min(days.Length, last + _reach + 1); row++)
        {
            if (!days[row].IsWorking) continue;
            if (previous >= 0 && row >= first && previous <= last)
            {
                total += Missing(days, previous, row, sink);
            }

            previous = row;
        }

        return total;
    }

    private long Missing(ReadOnlySpan<DayCell> days, int earlier, int later, ViolationSink? sink)
    {
        var rest = days[later].Start - days[earlier].End;
        if (rest >= _minutes || !InForce(later)) return 0;
        sink?.Add(this, earlier, later, _minutes - rest, "minutes", rest < 0
            ? $"The shifts of {Calendar.Date(earlier)} and {Calendar.Date(later)} overlap by {Guard.Show(-rest)}."
            : $"Rest of {Guard.Show(rest)} between the shifts of {Calendar.Date(earlier)} and {Calendar.Date(later)}; at least {Guard.Show(_minutes)} is due.");
        return _minutes - rest;
    }
}
