using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>Everything the solver needs for one hub and period; checked once here, so that an instance is a proof.</summary>
/// <param name="Zone">Time zone of the hub.</param>
/// <param name="Start">First local date.</param>
/// <param name="Days">Local dates in the period, 1 to 371.</param>
/// <param name="Interval">Elapsed length of a demand interval: whole minutes, 5 minutes to 24 hours.</param>
/// <param name="Agents">The people, ids unique; may be empty.</param>
/// <param name="Templates">The kinds of shift, codes unique.</param>
/// <param name="Demand">The demand, one line per group; every curve has <see cref="IntervalCount"/> values.</param>
/// <param name="Policy">The labour policy, in force on <paramref name="Start"/>.</param>
/// <param name="Objective">The soft goals.</param>
/// <param name="Surroundings">Shifts in force before and after the period, as far as they are known; they stay as they are.</param>
/// <param name="Pinned">Days the solver leaves as they are, one per agent and date.</param>
/// <exception cref="SchedulingDataException">A value outside its range, an unknown or double code, or parts that contradict one another.</exception>
public sealed record RosterProblem(
    DateTimeZone Zone,
    LocalDate Start,
    int Days,
    Duration Interval,
    IReadOnlyList<RosterAgent> Agents,
    IReadOnlyList<ShiftTemplate> Templates,
    IReadOnlyList<DemandLine> Demand,
    LabourPolicy Policy,
    RosterObjective Objective,
    IReadOnlyList<OutsideShift> Surroundings,
    IReadOnlyList<PinnedShift> Pinned)
{
    /// <summary>Most local dates of a period.</summary>
    public const int MostDays = 371;

    /// <summary>Time zone of the hub.</summary>
    public DateTimeZone Zone { get; } = Zone ?? throw new SchedulingDataException("roster problem: Zone is missing.");

    /// <summary>Local dates in the period.</summary>
    public int Days { get; } = Days is >= 1 and <= MostDays ? Days
        : throw new SchedulingDataException($"roster problem: Days is {Days}; it must lie between 1 and {MostDays}.");

    /// <summary>Elapsed length of a demand interval.</summary>
    public Duration Interval { get; } = Guard.Minutes(Interval, Duration.FromMinutes(5), Duration.FromHours(24), "roster problem", nameof(Interval));

    /// <summary>The people.</summary>
    public IReadOnlyList<RosterAgent> Agents { get; } = Guard.Unique(Agents, a => a.Id, "roster problem", nameof(Agents));

    /// <summary>The kinds of shift.</summary>
    public IReadOnlyList<ShiftTemplate> Templates { get; } = Guard.Unique(Templates, t => t.Code, "roster problem", nameof(Templates));

    /// <summary>The demand.</summary>
    public IReadOnlyList<DemandLine> Demand { get; internal init; } = ProblemValidation.Demand(
        Guard.Unique(Demand, d => d.Group, "roster problem", nameof(Demand)), CountIntervals(Zone, Start, Days, Interval));

    /// <summary>The labour policy.</summary>
    public LabourPolicy Policy { get; init => field = InForce(value, Start); } = InForce(Policy, Start);

    /// <summary>The soft goals.</summary>
    public RosterObjective Objective { get; init => field = Given(value); } = Given(Objective);

    /// <summary>Shifts in force before and after the period.</summary>
    public IReadOnlyList<OutsideShift> Surroundings { get; } =
        ProblemValidation.Surroundings(Guard.List(Surroundings, "roster problem", nameof(Surroundings)), Agents, Zone, Start, Days);

    /// <summary>Days the solver leaves as they are.</summary>
    public IReadOnlyList<PinnedShift> Pinned { get; } =
        ProblemValidation.Pinned(Guard.List(Pinned, "roster problem", nameof(Pinned)), Agents, Demand, Zone, Start, Days, Templates);

    /// <summary>Most people at work at once, over all groups: the seats there are. Nobody is placed above it where that can be kept; where pinned shifts
    /// break it, the violations say so. <see langword="null"/> for no limit.</summary>
    public int? Seats
    {
        get;
        init => field = value is null or >= 1 ? value : throw new SchedulingDataException($"roster problem: Seats is {value}; it must be at least 1.");
    }

    /// <summary>Public holidays of the hub: whoever works on one carries it in the fairness of holidays. Days outside the period are of no effect.</summary>
    public IReadOnlyList<LocalDate> Holidays { get; init => field = Guard.List(value, "roster problem", nameof(Holidays)); } = [];
    /// <summary>What the activities of its shifts mean; the standard ones where nothing else is said.</summary>
    public ActivityCatalog Activities { get; init => field = value ?? throw new SchedulingDataException("roster problem: Activities is missing."); } =
        ActivityCatalog.Standard;

    /// <summary>The same period and days after it, with their demand: a search fills these too, so that the night after the last day is as good as any other,
    /// and then drops them. <see langword="null"/> where nothing comes after; rosters by day make no use of it.</summary>
    /// <exception cref="SchedulingDataException">It begins on another day, is no longer, or has other people or shifts.</exception>
    public RosterProblem? Ahead { get; init => field = ProblemValidation.Ahead(this, value); }

    /// <summary>Elapsed intervals from the local start of the first day to the local start of the day after the last; a cut one counts.</summary>
    public int IntervalCount => CountIntervals(Zone, Start, Days, Interval);

    /// <summary>The moment the period starts: local start of the first day.</summary>
    public Instant Origin => Zone.AtStartOfDay(Start).ToInstant();

    /// <summary>The moment the period ends: local start of the day after the last.</summary>
    public Instant EndOfPeriod => Zone.AtStartOfDay(Start.PlusDays(Days)).ToInstant();

    /// <summary>Number of demand intervals of a period, which clock changes can make differ from days × intervals per day.</summary>
    /// <param name="zone">Time zone of the hub.</param>
    /// <param name="start">First local date.</param>
    /// <param name="days">Local dates.</param>
    /// <param name="interval">Elapsed length of an interval.</param>
    /// <returns>At least 1.</returns>
    public static int CountIntervals(DateTimeZone zone, LocalDate start, int days, Duration interval)
    {
        var length = zone.AtStartOfDay(start.PlusDays(days)).ToInstant() - zone.AtStartOfDay(start).ToInstant();
        return (int)Math.Ceiling(length / interval);
    }

    private static LabourPolicy InForce(LabourPolicy policy, LocalDate start) =>
        policy is not null && policy.ValidFrom <= start ? policy : throw new SchedulingDataException(
            $"roster problem: Policy '{policy?.Code}' is valid from {policy?.ValidFrom}, the period starts on {start}; give the policy in force then.");

    private static RosterObjective Given(RosterObjective objective) =>
        objective ?? throw new SchedulingDataException("roster problem: Objective is missing.");
}
