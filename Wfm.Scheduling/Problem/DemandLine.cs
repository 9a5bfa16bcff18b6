using System.Text.Json.Serialization;

namespace Wfm.Scheduling.Problem;

/// <summary>What counts as a head of a demand line.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DemandMeasure>))]
public enum DemandMeasure
{
    /// <summary>People at work in the interval, weighted by the part of it they work and by proficiency. Meals and breaks do not count.</summary>
    WorkingTime,

    /// <summary>Shifts of the group that start in the interval, whatever their length: cover per day and kind of shift.</summary>
    ShiftsStarting,
}

/// <summary>What one skill group has to do: heads per interval for immediate work, a band of cumulative work for deferrable work, or both.</summary>
/// <param name="Group">Unique name of the group.</param>
/// <param name="Heads">Heads needed for immediate work, after shrinkage, fractions allowed, one value per elapsed interval from the local start of the
/// first day; zeros for a group that has only a <see cref="Band"/>.</param>
/// <param name="Priority">Multiplies the cost of missing heads; above 0, 1 is normal.</param>
/// <param name="ExposureWeight">The highest class of content that work on the group may show (3 is E3), which is also how often a minute counts in limits
/// without a class of their own; 0 for none.</param>
/// <exception cref="SchedulingDataException">A value that is negative or not finite; the message names group, index and value.</exception>
public sealed record DemandLine(string Group, double[] Heads, double Priority = 1, double ExposureWeight = 0)
{
    /// <summary>Unique name of the group.</summary>
    public string Group { get; } = Guard.Text(Group, "demand line", nameof(Group));

    /// <summary>Heads needed per interval.</summary>
    public double[] Heads { get; init => field = Curve(value, Group, nameof(Heads))!; } = Curve(Heads, Group, nameof(Heads))!;

    /// <summary>Multiplies the cost of missing heads.</summary>
    public double Priority { get; } = Priority > 0 && double.IsFinite(Priority) ? Priority
        : throw new SchedulingDataException($"demand line '{Group}': Priority is {Priority}; it must be finite and above 0.");

    /// <summary>Severity of the content.</summary>
    public double ExposureWeight { get; } = Guard.NotNegative(ExposureWeight, $"demand line '{Group}'", nameof(ExposureWeight));

    /// <summary>Shares of the group's work in content of class 0, 1, 2, …, together 1; <see langword="null"/> when all of it is of the highest class.</summary>
    public IReadOnlyList<double>? ExposureShares
    {
        get;
        init =>
            field =
                value is null || (value.All(s => s is >= 0 and <= 1) && Math.Abs(value.Sum() - 1) < 1e-6)
                    ? value
                    : throw new SchedulingDataException(
                        $"demand line '{Group}': ExposureShares are {string.Join(", ", value)}; they must lie between 0 and 1 and add up to 1.");
    }

    /// <summary>What counts as a head.</summary>
    public DemandMeasure Measure { get; init; }

    /// <summary>Heads per interval below which safety ends (nobody alone on severe work); missing ones cost
    /// <see cref="RosterObjective.MinimumPresenceCost"/> on top. <see langword="null"/> for none.</summary>
    public double[]? MinimumPresence { get; init => field = Curve(value, Group, nameof(MinimumPresence)); }

    /// <summary>Cost of a missing head-hour per interval in place of <see cref="RosterObjective.UnderCost"/>; <see langword="null"/> for none.</summary>
    public double[]? UnderCosts { get; init => field = Curve(value, Group, nameof(UnderCosts)); }

    /// <summary>Cost of a superfluous head-hour per interval in place of <see cref="RosterObjective.OverCost"/>; <see langword="null"/> for none.</summary>
    public double[]? OverCosts { get; init => field = Curve(value, Group, nameof(OverCosts)); }

    /// <summary>Heads per interval that desks or licences allow; those above cost <see cref="RosterObjective.MaximumHeadsCost"/>.
    /// <see langword="null"/> for no limit.</summary>
    public double[]? MaximumHeads { get; init => field = Curve(value, Group, nameof(MaximumHeads)); }

    /// <summary>Heads per interval that immediate work keeps busy, at most <see cref="Heads"/>: what is scheduled above them waits for contacts and
    /// serves the band meanwhile (1 − occupancy of the heads). <see langword="null"/> when all of them are busy.</summary>
    public double[]? BusyHeads { get; init => field = Busy(Curve(value, Group, nameof(BusyHeads)), Heads, Group); }

    /// <summary>Deferrable work of the group; immediate work always goes first. <see langword="null"/> for none.</summary>
    public DeferrableDemand? Band { get; init; }

    private static double[]? Busy(double[]? busy, double[] heads, string group)
    {
        for (var i = 0; i < Math.Min(busy?.Length ?? 0, heads.Length); i++)
        {
            if (busy![i] > heads[i])
                throw new SchedulingDataException(
                    $"demand line '{group}': {nameof(BusyHeads)}[{i}] is {busy[i]}, above {nameof(Heads)}[{i}], which is {heads[i]}.");
        }

        return busy;
    }

    private static double[]? Curve(double[]? values, string group, string field)
    {
        if (values is null && field == nameof(Heads)) throw new SchedulingDataException($"demand line '{group}': {field} is missing.");
        for (var i = 0; i < (values?.Length ?? 0); i++)
        {
            if (!double.IsFinite(values![i]) || values[i] < 0 || values[i] > 100_000)
            {
                throw new SchedulingDataException($"demand line '{group}': {field}[{i}] is {values[i]}; it must lie between 0 and 100000.");
            }
        }

        return values;
    }
}
