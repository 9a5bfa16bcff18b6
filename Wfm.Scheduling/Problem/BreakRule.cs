using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>A break that every shift of a template has, and the window in which it may start.</summary>
/// <param name="Kind">What it is: <c>meal</c>, <c>break</c>, <c>wellness</c>, or <c>gap</c> between the two parts of a split shift.</param>
/// <param name="Length">Elapsed length, whole minutes, 1 minute to 4 hours, of a gap up to 6.</param>
/// <param name="EarliestAfterStart">Earliest start of the break after the start of the shift, elapsed.</param>
/// <param name="LatestAfterStart">Latest start of the break after the start of the shift, elapsed, not before the earliest.</param>
/// <param name="Paid">Paid breaks count as working time in every limit on hours; unpaid ones do not. A gap is unpaid.</param>
/// <exception cref="SchedulingDataException">An unknown kind, a paid gap, or a length or window outside its range.</exception>
public sealed record BreakRule(string Kind, Duration Length, Duration EarliestAfterStart, Duration LatestAfterStart, bool Paid)
{
    private static readonly string[] Kinds = [ActivityKinds.Meal, ActivityKinds.Break, ActivityKinds.Wellness, ActivityKinds.Gap];

    /// <summary>What it is: <c>meal</c>, <c>break</c>, <c>wellness</c> or <c>gap</c>.</summary>
    public string Kind { get; } = Array.IndexOf(Kinds, Kind) >= 0 ? Kind
        : throw new SchedulingDataException($"break rule: Kind is '{Kind}'; it must be one of {string.Join(", ", Kinds)}.");

    /// <summary>Elapsed length.</summary>
    public Duration Length { get; } =
        Guard.Minutes(Length, Duration.FromMinutes(1), Duration.FromHours(Kind == ActivityKinds.Gap ? 6 : 4), $"break rule '{Kind}'", nameof(Length));

    /// <summary>Earliest start after the start of the shift.</summary>
    public Duration EarliestAfterStart { get; } =
        Guard.Minutes(EarliestAfterStart, Duration.Zero, Duration.FromHours(24), $"break rule '{Kind}'", nameof(EarliestAfterStart));

    /// <summary>Latest start after the start of the shift.</summary>
    public Duration LatestAfterStart { get; } =
        Guard.Minutes(LatestAfterStart, EarliestAfterStart, Duration.FromHours(24), $"break rule '{Kind}'", nameof(LatestAfterStart));

    /// <summary>Whether it counts as working time.</summary>
    public bool Paid { get; } = Paid && Kind == ActivityKinds.Gap
        ? throw new SchedulingDataException("break rule 'gap': Paid is true; the time between the parts of a split shift is not working time.") : Paid;
}
