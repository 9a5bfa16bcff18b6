using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>
/// A maximum of working minutes × exposure weight of the group, per shift (one day) or over rolling local days; with a minimum severity, a maximum of
/// plain working minutes on groups that severe.
/// </summary>
internal sealed class MaximumExposure(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "maximumExposure", "Work on harmful content per shift, or over running local days.",
        [
            RuleParameter.Whole("minutes", 0, 100_000, "Most minutes."),
            RuleParameter.Whole("days", 1, 371, "Local days of the window; 1, each shift by itself, when absent.").Optional,
            Exposure.MinimumClass.Optional with { Text = $"{Exposure.MinimumClass.Text} When absent all work counts, each minute as many times as its class." },
        ],
        (rule, context) => new MaximumExposure(rule, context))
    {
        DaysAround = p => (int)(p.Find("days") ?? 1),
    };

    private readonly int _hundredths = 100 * rule.Parameters.Whole("minutes");
    private readonly int _days = (int)(rule.Parameters.Find("days") ?? 1);
    private readonly double? _severity = rule.Parameters.Find(Exposure.MinimumClass.Name);

    /// <inheritdoc/>
    public override bool IsPerShift => _days == 1;

    /// <inheritdoc/>
    public override int UnitsPerStep => 48_000;

    /// <inheritdoc/>
    public override bool Remember(PastNumbers past)
    {
        past.AddDays(_days - 1, (days, row, key) => key.AddRange([days[row].Exposure, days[row].Group]));
        return true;
    }

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
