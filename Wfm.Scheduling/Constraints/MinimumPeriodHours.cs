using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A minimum of working time in the whole period.</summary>
internal sealed class MinimumPeriodHours(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    private readonly long _minutes = (long)rule.Parameters.Limit!.Value.TotalMinutes;

    /// <inheritdoc/>
    public override bool IsFloor => true;

    /// <inheritdoc/>
    public override int UnitsPerStep => 480;

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() => [new WorkLabel(LabelCount.AtLeast(_minutes), _ => 0)];

    /// <inheritdoc/>
    /// <returns>Minutes below the minimum.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        var missing = _minutes - PeriodHours.Sum(days, Calendar);
        if (missing <= 0) return 0;
        sink?.Add(this, Calendar.Offset, days.Length - 1, missing, "minutes",
            $"Working time of {Guard.Show(_minutes - missing)} in the period; at least {Guard.Show(_minutes)} is due.");
        return missing;
    }
}

/// <summary>Working time of a whole period.</summary>
internal static class PeriodHours
{
    public static long Sum(ReadOnlySpan<DayCell> days, RosterCalendar calendar) => Sum(days, calendar.Offset, days.Length);

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
