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
        DaysAround = p => (int)(p.Find("days") ?? 1),
        LimitsExposure = true,
    };

    private readonly int _hundredths = 100 * rule.Parameters.Whole("minutes");
    private readonly int _days = (int)(rule.Parameters.Find("days") ?? 1);
    private readonly int[] _weights = [.. context.Problem.Demand.Select(d => (int)Math.Round(d.ExposureWeight * 100))];
    private readonly double? _severity = rule.Parameters.Find(Exposure.MinimumClass.Name);
    private readonly double[] _factors =
        [.. context.Problem.Demand.Select(d => Factor(d, rule.Parameters.Find(Exposure.MinimumClass.Name), context.Problem.Policy.ExposureBasis))];

    /// <inheritdoc/>
    public override bool IsPerShift => _days == 1;

    /// <inheritdoc/>
    /// <remarks>Which block serves which group says how much counts, so that where breaks lie matters.</remarks>
    public override bool ReadsBreaks => IsPerShift;

    /// <inheritdoc/>
    public override double Sees(int group) => _weights[group] * _factors[group];

    /// <inheritdoc/>
    public override int UnitsPerStep => 48_000;

    /// <inheritdoc/>
    public override bool Remember(PastNumbers past)
    {
        past.AddDays(_days - 1, (days, row, key) => key.Add((int)Of(days[row])));
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

    // Minutes × 100 of a day that count: of an unknown group those with their weight, or none above a class.
    private long Of(in DayCell cell)
    {
        if (cell.Exposure == 0) return 0;
        if (Context.Shifts.Work(cell) is not { } work) return cell.Blocks == 0 ? Of(cell.Group, cell.Exposure) : OfBlocks(cell);
        long sum = 0;
        foreach (var (group, exposure) in work.Exposures)
        {
            sum += Of(group, exposure);
        }

        return sum;
    }

    private long OfBlocks(in DayCell cell)
    {
        var other = _weights[cell.Other] * Context.Shifts.OtherMinutes(cell);
        return Of(cell.Group, cell.Exposure - other) + Of(cell.Other, other);
    }

    private long Of(int group, int exposure) =>
        group < 0
            ? _severity is null
                ? exposure
                : 0
            : _factors[group] is var factor && factor == 1
                ? exposure
                : (long)Math.Round(exposure * factor);

    // What a unit of exposure (minutes × the highest class × 100) of a group counts.
    private static double Factor(DemandLine line, double? severity, ExposureBasis basis)
    {
        if (line.ExposureWeight == 0) return 0;
        if (basis == ExposureBasis.Expected && line.ExposureShares is { } shares)
        {
            return shares.Select((share, level) => severity is null ? share * level : level >= severity ? share : 0).Sum() / line.ExposureWeight;
        }

        return severity is null ? 1 : line.ExposureWeight >= severity ? 1 / line.ExposureWeight : 0;
    }
}
