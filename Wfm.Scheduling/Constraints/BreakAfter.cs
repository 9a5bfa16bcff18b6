using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A shift with more working time than some length has one break of at least the limit, begun within a time from the start of the shift.</summary>
/// <remarks>
/// Meals and rest breaks count, wellness time does not. Laws owe the break to those who work <i>more than</i> so many hours, and working time is what
/// unpaid breaks leave: six hours of work around an unpaid meal of half an hour are not more than six.
/// </remarks>
internal sealed class BreakAfter(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    private readonly int _minutes = (int)rule.Parameters.Limit!.Value.TotalMinutes;
    private readonly int _from = (int)rule.Parameters.ShiftLength!.Value.TotalMinutes;
    private readonly int _within = (int)rule.Parameters.Within!.Value.TotalMinutes;

    /// <inheritdoc/>
    public override bool IsPerShift => true;

    /// <inheritdoc/>
    public override bool ReadsBreaks => true;

    /// <inheritdoc/>
    /// <returns>Minutes missing to the longest break begun in time.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        for (var row = first; row <= last; row++)
        {
            if (!days[row].IsWorking || days[row].Work <= _from || !InForce(row)) continue;
            var longest = 0;
            foreach (var pause in Context.Shifts.Breaks(days[row]))
            {
                if (pause.From <= _within && pause.IsRest) longest = Math.Max(longest, pause.Length);
            }

            if (longest >= _minutes) continue;
            total += _minutes - longest;
            sink?.Add(this, row, row, _minutes - longest, "minutes",
                $"The shift of {Calendar.Date(row)} has a break of {longest} min in its first {Guard.Show(_within)}; at least {_minutes} min is due.");
        }

        return total;
    }
}
