using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of elapsed work without a break of any kind; with a minimum severity, only of work on groups that severe.</summary>
internal sealed class MaximumContinuousWork(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "maximumContinuousWork", "Work without any break.",
        [RuleParameter.Whole("minutes", 1, 1440, "Most minutes."), Exposure.MinimumClass.Optional],
        (rule, context) => new MaximumContinuousWork(rule, context));

    private readonly double? _severity = rule.Parameters.Find(Exposure.MinimumClass.Name);
    private readonly int _minutes = rule.Parameters.Whole("minutes");

    /// <inheritdoc/>
    public override bool IsPerShift => true;

    /// <inheritdoc/>
    public override bool ReadsBreaks => true;

    /// <inheritdoc/>
    /// <returns>Minutes by which the longest block is too long.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        for (var row = first; row <= last; row++)
        {
            if (!days[row].IsWorking || !InForce(row)) continue;
            var longest = Context.Shifts.Work(days[row]) is { } work ? Longest(work) : Longest(days[row]);
            if (longest <= _minutes) continue;
            total += longest - _minutes;
            sink?.Add(this, row, row, longest - _minutes, "minutes",
                $"The shift of {Calendar.Date(row)} has {Guard.Show(longest)} of work without a break; at most {Guard.Show(_minutes)} is allowed.");
        }

        return total;
    }

    private int Longest(in DayCell day)
    {
        if (!Context.Shifts.IsSevere(day.Group, _severity)) return 0;
        var (longest, at) = (0, 0);
        foreach (var pause in Context.Shifts.Breaks(day))
        {
            longest = Math.Max(longest, pause.From - at);
            at = pause.From + pause.Length;
        }

        return Math.Max(longest, day.End - day.Start - at);
    }

    // A shift that is fixed may serve several groups: other work breaks severe work up.
    private int Longest(FixedWork work)
    {
        var (longest, from, to) = (0, 0, int.MinValue);
        foreach (var part in work.Parts)
        {
            if (!Context.Shifts.IsSevere(part.Group, _severity)) continue;
            if (part.From > to) from = part.From;
            to = part.To;
            longest = Math.Max(longest, to - from);
        }

        return longest;
    }
}
