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
    public override double Sees(int group) => Context.Shifts.IsSevere(group, _severity) ? 1 : 0;

    /// <inheritdoc/>
    /// <returns>Minutes by which the longest block is too long.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        for (var row = first; row <= last; row++)
        {
            if (!days[row].IsWorking || !InForce(row)) continue;
            var longest = Longest(days[row]);
            if (longest <= _minutes) continue;
            total += longest - _minutes;
            sink?.Add(this, row, row, longest - _minutes,
                $"The shift of {Calendar.Date(row)} has {Guard.Show(longest)} of work without a break; at most {Guard.Show(_minutes)} is allowed.");
        }

        return total;
    }

    // Work on another group breaks severe work up, as a break does.
    private int Longest(in DayCell day)
    {
        var (longest, from, to) = (0, 0, int.MinValue);
        foreach (var part in Context.Shifts.Parts(day))
        {
            if (!Context.Shifts.IsSevere(part.Group, _severity)) continue;
            if (part.From > to) from = part.From;
            to = part.To;
            longest = Math.Max(longest, to - from);
        }

        return longest;
    }
}
