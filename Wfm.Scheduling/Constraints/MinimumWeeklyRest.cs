using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>One continuous elapsed rest in every ISO week, or in seven days from any local midnight, lying whole within them.</summary>
/// <remarks>Days outside what is known count as free: seven days cut by the end of the period break the rule when not even free days after it
/// could mend them, or the next roster would begin with a breach that nobody can undo. The rule in force on the first day of the seven counts.</remarks>
internal sealed class MinimumWeeklyRest(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    private readonly int _minutes = (int)rule.Parameters.Limit!.Value.TotalMinutes;
    private readonly int _step = rule.Parameters.Rolling ? 1 : 7;

    /// <inheritdoc/>
    public override int UnitsPerStep => 480;

    /// <inheritdoc/>
    /// <returns>Minutes missing to the longest rest, summed over the weeks.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        var from = Math.Max(_step == 1 ? Calendar.Known : 0, first - 6); // a night shift reaches into the next week
        var to = Math.Min(last + 1, days.Length - 1);
        for (var start = (from + _step - 1) / _step * _step - (_step == 7 && from % 7 != 0 ? 7 : 0); start <= to; start += _step)
        {
            total += Missing(days, start, sink);
        }

        return total;
    }

    private long Missing(ReadOnlySpan<DayCell> days, int start, ViolationSink? sink)
    {
        if (!InForce(start)) return 0;
        var end = start + 7;
        var free = Calendar.Midnight(start);
        if (start > 0 && days[start - 1].IsWorking) free = Math.Max(free, days[start - 1].End);
        var longest = 0;
        for (var row = start; row < Math.Min(end, days.Length); row++)
        {
            if (!days[row].IsWorking) continue;
            longest = Math.Max(longest, days[row].Start - free);
            free = Math.Max(free, days[row].End);
        }

        longest = Math.Max(longest, Calendar.Midnight(end) - free);
        if (longest >= _minutes) return 0;
        sink?.Add(this, start, Math.Min(end, days.Length) - 1, _minutes - longest, "minutes",
            $"The longest rest in the seven days from {Calendar.Date(start)} is {Guard.Show(longest)}; at least {Guard.Show(_minutes)} is due.");
        return _minutes - longest;
    }
}
