using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>
/// A maximum of working minutes × exposure weight of the group, per shift (one day) or over rolling local days; with a minimum severity, a maximum of
/// plain working minutes on groups that severe.
/// </summary>
internal sealed class MaximumExposure(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    private readonly int _hundredths = (int)(100 * rule.Parameters.Limit!.Value.TotalMinutes);
    private readonly int _days = rule.Parameters.Days!.Value;
    private readonly double? _severity = rule.Parameters.MinimumSeverity;

    /// <inheritdoc/>
    public override bool IsPerShift => _days == 1;

    /// <inheritdoc/>
    public override int UnitsPerStep => 48_000;

    /// <inheritdoc/>
    /// <returns>Hundredths of weighted minutes above the maximum, summed over the runs of days.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        long sum = 0;
        for (var row = Math.Max(0, first - _days + 1); row < Math.Min(days.Length, last + _days); row++)
        {
            sum += Of(days[row]);
            if (row - _days >= Math.Max(0, first - _days + 1)) sum -= Of(days[row - _days]);
            if (row < first || sum <= _hundredths || !InForce(row)) continue;
            total += sum - _hundredths;
            sink?.Add(this, Math.Max(0, row - _days + 1), row, (sum - _hundredths) / 100.0, "weighted minutes",
                $"{sum / 100.0:0} weighted minutes of exposure in the {_days} days to {Calendar.Date(row)}; at most {_hundredths / 100} are allowed.");
        }

        return total;
    }

    private long Of(in DayCell cell) => _severity is null ? cell.Exposure
        : cell.Group >= 0 && Context.Shifts.IsSevere(cell.Group, _severity) ? (long)Math.Round(cell.Exposure / Context.Shifts.Severity(cell.Group)) : 0;
}
