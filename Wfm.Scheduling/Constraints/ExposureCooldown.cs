using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>After so much unbroken work on severe content, a time without any: a break, wellness time, other work or the end of the shift.</summary>
internal sealed class ExposureCooldown(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "exposureCooldown", "A time without harmful content after a block of it.",
        [
            RuleParameter.Whole("afterMinutes", 1, 1440, "Minutes of unbroken work on it from which the time is due."),
            RuleParameter.Whole("minutes", 1, 480, "Least minutes until the next."),
            Exposure.MinimumClass,
        ],
        (rule, context) => new ExposureCooldown(rule, context));

    private readonly double _severity = rule.Parameters[Exposure.MinimumClass.Name];
    private readonly int _after = rule.Parameters.Whole("afterMinutes");
    private readonly int _minutes = rule.Parameters.Whole("minutes");

    /// <inheritdoc/>
    public override bool IsPerShift => true;

    /// <inheritdoc/>
    public override bool ReadsBreaks => true;

    /// <inheritdoc/>
    public override double Sees(int group) => Context.Shifts.IsSevere(group, _severity) ? 1 : 0;

    /// <inheritdoc/>
    /// <returns>Minutes by which the times between blocks are too short.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        for (var row = first; row <= last; row++)
        {
            if (!days[row].IsWorking || !InForce(row)) continue;
            var missing = Missing(days[row]);
            if (missing == 0) continue;
            total += missing;
            sink?.Add(this, row, row, missing,
                $"In the shift of {Calendar.Date(row)} {missing} min are missing to {_minutes} min without severe work after each {_after} min of it.");
        }

        return total;
    }

    private int Missing(in DayCell day)
    {
        var (missing, from, to) = (0, 0, int.MinValue / 2);
        foreach (var part in Context.Shifts.Parts(day))
        {
            if (!Context.Shifts.IsSevere(part.Group, _severity)) continue;
            if (part.From > to)
            {
                if (to - from >= _after) missing += Math.Max(0, _minutes - (part.From - to));
                from = part.From;
            }

            to = part.To;
        }

        return missing;
    }
}
