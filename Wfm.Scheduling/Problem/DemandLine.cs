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

/// <summary>Heads needed per interval for one skill group.</summary>
/// <param name="Group">Unique name of the group.</param>
/// <param name="Heads">Heads needed, after shrinkage, fractions allowed, one value per elapsed interval from the local start of the first day.</param>
/// <param name="Priority">Multiplies the cost of missing heads; above 0, 1 is normal.</param>
/// <param name="ExposureWeight">Severity of the content: minutes of work count this many times in exposure limits; 0 for none.</param>
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

    /// <summary>What counts as a head.</summary>
    public DemandMeasure Measure { get; init; }

    /// <summary>Heads per interval below which safety ends (nobody alone on severe work); missing ones cost
    /// <see cref="RosterObjective.MinimumPresenceCost"/> on top. <see langword="null"/> for none.</summary>
    public double[]? MinimumPresence { get; init => field = Curve(value, Group, nameof(MinimumPresence)); }

    /// <summary>Cost of a missing head-hour per interval in place of <see cref="RosterObjective.UnderCost"/>; <see langword="null"/> for none.</summary>
    public double[]? UnderCosts { get; init => field = Curve(value, Group, nameof(UnderCosts)); }

    /// <summary>Cost of a superfluous head-hour per interval in place of <see cref="RosterObjective.OverCost"/>; <see langword="null"/> for none.</summary>
    public double[]? OverCosts { get; init => field = Curve(value, Group, nameof(OverCosts)); }

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
