using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>No work on severe groups in the last minutes of a shift; a break or wellness time has to fill them.</summary>
internal sealed class NoExposureAtEnd(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "noExposureAtEnd", "No harmful content in the last minutes of a shift.",
        [RuleParameter.Whole("minutes", 1, 480, "Minutes before the end."), Exposure.MinimumClass],
        (rule, context) => new NoExposureAtEnd(rule, context));

    private readonly double _severity = rule.Parameters[Exposure.MinimumClass.Name];
    private readonly int _minutes = rule.Parameters.Whole("minutes");

    /// <inheritdoc/>
    public override bool IsPerShift => true;

    /// <inheritdoc/>
    public override bool ReadsBreaks => true;

    /// <inheritdoc/>
    public override double Sees(int group) => Context.Shifts.IsSevere(group, _severity) ? 1 : 0;

    /// <inheritdoc/>
    /// <returns>Minutes of severe work in the last minutes.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        for (var row = first; row <= last; row++)
        {
            if (!days[row].IsWorking || !InForce(row)) continue;
            var worked = Severe(days[row], days[row].End - _minutes);
            if (worked <= 0) continue;
            total += worked;
            sink?.Add(this, row, row, worked, $"{worked} min of severe work in the last {_minutes} min of the shift of {Calendar.Date(row)}.");
        }

        return total;
    }

    private int Severe(in DayCell day, int from)
    {
        var worked = 0;
        foreach (var part in Context.Shifts.Parts(day))
        {
            if (Context.Shifts.IsSevere(part.Group, _severity)) worked += Math.Max(0, part.To - Math.Max(from, part.From));
        }

        return worked;
    }
}
