using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>
/// A maximum of working minutes × exposure weight of the group, per shift (one day) or over rolling local days; with a minimum severity, a maximum of
/// plain working minutes on content that severe.
/// </summary>
/// <remarks>A group may hold queues of several classes; the policy says whether a minute on it counts with the highest of them or by their shares.</remarks>
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
        Unit = "weighted minutes",
        DaysAround = p => (int)(p.Find("days") ?? 1),
        LimitsExposure = true,
    };

    private readonly int _hundredths = 100 * rule.Parameters.Whole("minutes");
    private readonly int _days = (int)(rule.Parameters.Find("days") ?? 1);
    private readonly ExposureMeter _meter = new(context, rule.Parameters.Find(Exposure.MinimumClass.Name), context.Problem.Policy.ExposureBasis);

    /// <inheritdoc/>
    public override bool IsPerShift => _days == 1;

    /// <inheritdoc/>
    /// <remarks>Which block serves which group says how much counts, so that where breaks lie matters.</remarks>
    public override bool ReadsBreaks => IsPerShift;

    /// <inheritdoc/>
    public override double Sees(int group) => _meter.Sees(group);

    /// <inheritdoc/>
    public override int UnitsPerStep => 48_000;

    /// <inheritdoc/>
    public override bool Remember(PastNumbers past)
    {
        past.AddDays(_days - 1, (days, row, key) => key.Add((int)_meter.Hundredths(days[row])));
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
            sum += _meter.Hundredths(days[row]);
            if (row - _days >= Math.Max(0, first - _days + 1)) sum -= _meter.Hundredths(days[row - _days]);
            if (row < first || sum <= _hundredths || !InForce(row)) continue;
            total += sum - _hundredths;
            sink?.Add(this, Math.Max(0, row - _days + 1), row, (sum - _hundredths) / 100.0,
                $"{sum / 100.0:0} weighted minutes of exposure in the {_days} days to {Calendar.Date(row)}; at most {_hundredths / 100} are allowed.");
        }

        return total;
    }
}
