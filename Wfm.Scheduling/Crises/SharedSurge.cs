using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Crises;

/// <summary>Work beyond what hubs expect, which any hub that has the skill may do.</summary>
/// <param name="Group">The demand group; hubs whose problem has no line of it have no part in it.</param>
/// <param name="Start">Start of the first interval.</param>
/// <param name="Interval">Elapsed length of an interval: whole minutes, 5 minutes to 24 hours.</param>
/// <param name="Heads">Heads needed on top of every hub's own demand, per interval, after shrinkage.</param>
/// <exception cref="SchedulingDataException">A value outside its range, no interval, or a head count that is negative or not finite.</exception>
public sealed record SharedSurge(string Group, Instant Start, Duration Interval, double[] Heads)
{
    /// <summary>The demand group.</summary>
    public string Group { get; } = Guard.Text(Group, "surge", nameof(Group));

    /// <summary>Elapsed length of an interval.</summary>
    public Duration Interval { get; } = Guard.Minutes(Interval, Duration.FromMinutes(5), Duration.FromHours(24), $"surge of '{Group}'", nameof(Interval));

    /// <summary>Heads per interval.</summary>
    public double[] Heads { get; } = Checked(Heads, Group);

    /// <summary>What a missing head-hour of it costs, as a multiple of one of the hub's other demand on the group, 1 to 100: legal clocks and severe content go
    /// first.</summary>
    public double Urgency
    {
        get;
        init => field = value is >= 1 and <= 100 ? value
            : throw new SchedulingDataException($"surge of '{Group}': Urgency is {value}; it must lie between 1 and 100.");
    } = 2;

    /// <summary>The only hub that may do it; <see langword="null"/> for every hub that has the group.</summary>
    public string? Hub { get; init; }

    /// <summary>Head-hours in all.</summary>
    public double Hours => Heads.Sum() * Interval.TotalHours;

    private static double[] Checked(double[] heads, string group)
    {
        if (heads is not { Length: > 0 }) throw new SchedulingDataException($"surge of '{group}': Heads is empty.");
        var wrong = Array.FindIndex(heads, h => !(h >= 0 && double.IsFinite(h)));
        return wrong < 0 ? heads
            : throw new SchedulingDataException($"surge of '{group}': Heads[{wrong}] is {heads[wrong]}; it must be finite and not negative.");
    }
}
