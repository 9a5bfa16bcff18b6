using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Allocation;

/// <summary>Work that people of one skill group do, wherever they sit or at one hub only.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Group">Skill group that can do it.</param>
/// <param name="Hub">The only hub that may; <see langword="null"/> for every hub that has the skill.</param>
/// <param name="Heads">Scheduled heads that the work of each interval takes, fractions allowed, 0 or more.</param>
/// <param name="BreachPrice">Price of an hour of a head that is missing, more than 0.</param>
/// <exception cref="SchedulingDataException">A value outside its range; the message names line, index and value.</exception>
public sealed record AllocationLine(string Name, string Group, string? Hub, double[] Heads, double BreachPrice)
{
    /// <summary>Unique name.</summary>
    public string Name { get; } = Guard.Text(Name, "line of work", nameof(Name));

    /// <summary>Skill group that can do it.</summary>
    public string Group { get; } = Guard.Text(Group, $"line of work '{Name}'", nameof(Group));

    /// <summary>Scheduled heads that the work of each interval takes.</summary>
    public double[] Heads { get; } = Curve(Heads, Name, nameof(Heads))!;

    /// <summary>Price of an hour of a head that is missing.</summary>
    public double BreachPrice { get; } = BreachPrice > 0 && double.IsFinite(BreachPrice) ? BreachPrice
        : throw new SchedulingDataException($"line of work '{Name}': {nameof(BreachPrice)} is {BreachPrice}; it must be finite and above 0.");

    /// <summary>Work, in heads times intervals, that may still be open at the end of each interval because its deadline is later; <see langword="null"/>
    /// for work that is done when it comes.</summary>
    public double[]? MayWait { get; init => field = Curve(value, Name, nameof(MayWait)); }

    /// <summary>Heads of the group that must be there in each interval whatever there is to do, its other lines together with this one; <see
    /// langword="null"/> for none.</summary>
    public double[]? Presence { get; init => field = Curve(value, Name, nameof(Presence)); }

    /// <summary>The class of content, 0 to 4, that all of its work has at least; limits on exposure go by it.</summary>
    public int ExposureClass { get; init; }

    private static double[]? Curve(double[]? values, string name, string field)
    {
        if (values is null && field == nameof(Heads)) throw new SchedulingDataException($"line of work '{name}': {field} is missing.");
        for (var i = 0; i < (values?.Length ?? 0); i++)
        {
            if (values![i] is >= 0 and <= 1_000_000) continue;
            throw new SchedulingDataException($"line of work '{name}': {field}[{i}] is {values[i]}; it must lie between 0 and 1000000.");
        }

        return values;
    }
}
