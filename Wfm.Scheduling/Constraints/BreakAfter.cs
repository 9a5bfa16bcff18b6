using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A shift with more working time than some length has breaks of at least so much together, none of them shorter than a part that counts, the
/// first begun within a time from the start of the shift.</summary>
/// <remarks>
/// Meals and rest breaks count, wellness time does not. Laws owe the break to those who work <i>more than</i> so many hours, and working time is what
/// unpaid breaks leave: six hours of work around an unpaid meal of half an hour are not more than six. Breaks of several rules are the same breaks: 15
/// minutes that are due earlier are part of the 30 that are due later.
/// </remarks>
internal sealed class BreakAfter(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } =
        new(
            "breakAfter", "Breaks in shifts with more working time than so long.",
            [
                RuleParameter.Number("afterHours", 0, 24, "Hours of work above which breaks are due."),
                RuleParameter.Number("minutes", 1, 480, "Minutes of break due, all breaks that count together."),
                RuleParameter.Number("withinHours", 0, 24, "Hours from the start of the shift within which the first of them begins; afterHours when absent.")
                    .Optional,
                RuleParameter.Number("minimumPartMinutes", 1, 480, "Shortest break that counts, minutes; minutes, one undivided break, when absent.").Optional,
            ],
            (rule, context) => new BreakAfter(rule, context));

    private readonly int _minutes = (int)Math.Ceiling(rule.Parameters["minutes"]);
    private readonly int _part = (int)Math.Ceiling(rule.Parameters.Find("minimumPartMinutes") ?? rule.Parameters["minutes"]);
    private readonly int _from = rule.Parameters.Minutes("afterHours");
    private readonly int _within = rule.Parameters.Minutes(rule.Parameters.Find("withinHours") is null ? "afterHours" : "withinHours");

    /// <inheritdoc/>
    public override bool IsPerShift => true;

    /// <inheritdoc/>
    public override bool ReadsBreaks => true;

    /// <inheritdoc/>
    /// <returns>Minutes of break missing.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        for (var row = first; row <= last; row++)
        {
            if (!days[row].IsWorking || days[row].Work <= _from || !InForce(row)) continue;
            var missing = _minutes - Breaks(days[row]);
            if (missing <= 0) continue;
            total += missing;
            sink?.Add(this, row, row, missing, $"The shift of {Calendar.Date(row)} has breaks of {_minutes - missing} min{Parts()}, "
                + $"the first due in its first {Guard.Show(_within)}; at least {_minutes} min is due.");
        }

        return total;
    }

    // The patterns of a shift lie in order of time: once one that counts has begun too late, all the others have.
    private int Breaks(in DayCell day)
    {
        var sum = 0;
        foreach (var pause in Context.Shifts.Breaks(day))
        {
            if (!pause.IsRest || pause.Length < _part) continue;
            if (sum == 0 && pause.From > _within) return 0;
            sum += pause.Length;
        }

        return sum;
    }

    private string Parts() => $" that are {(_part == _minutes ? "long enough by themselves" : $"of at least {_part} min each")}";
}
