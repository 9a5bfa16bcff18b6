using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>The soft goals in one currency: the cost of one head-hour. All costs are finite, not negative, and counted to 1/1000.</summary>
/// <remarks>
/// Missing heads cost <see cref="UnderCost"/> × priority per head-hour, and <see cref="DeepUnderCost"/> × priority more for the part of the gap
/// that is deeper than <see cref="DeepUnderFraction"/> of the demand, so that a shortage is spread rather than dug in one place.
/// </remarks>
public sealed record RosterObjective
{
    /// <summary>The defaults; they are proposals, a hub sets its own.</summary>
    public static RosterObjective Default { get; } = new();

    /// <summary>Per missing head-hour.</summary>
    public double UnderCost { get; init => field = Cost(value, nameof(UnderCost)); } = 10;

    /// <summary>On top, per missing head-hour beyond the tolerated depth.</summary>
    public double DeepUnderCost { get; init => field = Cost(value, nameof(DeepUnderCost)); } = 10;

    /// <summary>Depth of a gap, as a fraction of the demand of the interval, from which it costs more; 0 to 1.</summary>
    public double DeepUnderFraction
    {
        get;
        init => field = value is >= 0 and <= 1 ? value
            : throw new SchedulingDataException($"objective: {nameof(DeepUnderFraction)} is {value}; it must lie between 0 and 1.");
    } = 0.2;

    /// <summary>On top, per head-hour missing below the minimum presence of a line, times its priority. It is what missed presence is told as; the search lets
    /// it outweigh a shift of the dearest work, so that coverage never buys presence off. 0 switches it off.</summary>
    public double MinimumPresenceCost { get; init => field = Cost(value, nameof(MinimumPresenceCost)); } = 30;

    /// <summary>Per head-hour above the maximum heads of a line.</summary>
    public double MaximumHeadsCost { get; init => field = Cost(value, nameof(MaximumHeadsCost)); } = 30;

    /// <summary>Per head-hour above the seats of the problem: a quarter of an hour of it costs more than the longest shift can be worth.</summary>
    public double SeatsCost { get; init => field = Cost(value, nameof(SeatsCost)); } = 10_000;

    /// <summary>Per hour of deferrable work and hour that it is late, times the priority of its class; a class may have its own.</summary>
    public double LateCost { get; init => field = Cost(value, nameof(LateCost)); } = 0.5;

    /// <summary>Per hour of deferrable work that is given up or still overdue at the end, times the priority of its class; a class may have its own.</summary>
    public double UndoneCost { get; init => field = Cost(value, nameof(UndoneCost)); } = 10;

    /// <summary>Per superfluous head-hour: beyond the heads needed, and without deferrable work to do.</summary>
    public double OverCost { get; init => field = Cost(value, nameof(OverCost)); } = 1;

    /// <summary>Per paid hour above the contract minimum of the week.</summary>
    public double ExtraHourCost { get; init => field = Cost(value, nameof(ExtraHourCost)); } = 1;

    /// <summary>Per paid hour missing to the contract minimum of the week.</summary>
    public double MissingContractHourCost { get; init => field = Cost(value, nameof(MissingContractHourCost)); } = 40;

    /// <summary>Multiplies every weight of a preference or wish.</summary>
    public double PreferenceCost { get; init => field = Cost(value, nameof(PreferenceCost)); } = 1;

    /// <summary>Per day off that lies alone between two working days; leave is none.</summary>
    public double LoneDayOffCost { get; init => field = Cost(value, nameof(LoneDayOffCost)); } = 8;

    /// <summary>Per weekend of which one day is worked and another is free for no leave: weekends are worked whole or had whole.</summary>
    public double SplitWeekendCost { get; init => field = Cost(value, nameof(SplitWeekendCost)); } = 4;

    /// <summary>Per person who has no weekend of the period free, where it has two or more.</summary>
    public double NoFreeWeekendCost { get; init => field = Cost(value, nameof(NoFreeWeekendCost)); } = 160;

    /// <summary>Per night shift without another on the day before or after.</summary>
    public double LoneNightCost { get; init => field = Cost(value, nameof(LoneNightCost)); } = 8;

    /// <summary>Per hour beyond <see cref="StartTolerance"/> by which the start moves on the clock, the short way round, from one day to the next.</summary>
    public double StartChangeCost { get; init => field = Cost(value, nameof(StartChangeCost)); } = 1;

    /// <summary>Per shift whose start turns back on the clock by more than <see cref="StartTolerance"/> from that of the day before, or of the day before a
    /// single day off: rotation runs forward, mornings to evenings to nights; two days off together part what follows from what was.</summary>
    public double BackwardRotationCost { get; init => field = Cost(value, nameof(BackwardRotationCost)); } = 3;

    /// <summary>By how much the start may move from one day to the next at no cost: whole minutes, 0 to 12 hours.</summary>
    public Duration StartTolerance
    {
        get;
        init => field = Guard.Minutes(value, Duration.Zero, Duration.FromHours(12), "objective", nameof(StartTolerance));
    } = Duration.FromHours(2);

    /// <summary>Times the square of each agent's night shifts, ledger included: equal shares cost least. Of the ledgers what three quarters of the people
    /// carry at least counts for nobody, so that a night is not the dearer the longer fairness has been kept.</summary>
    public double NightFairnessCost { get; init => field = Cost(value, nameof(NightFairnessCost)); } = 0.1;

    /// <summary>Times the square of each agent's worked weekends, ledger included as for nights.</summary>
    public double WeekendFairnessCost { get; init => field = Cost(value, nameof(WeekendFairnessCost)); } = 3;

    /// <summary>Times the square of each agent's worked public holidays, ledger included as for nights.</summary>
    public double HolidayFairnessCost { get; init => field = Cost(value, nameof(HolidayFairnessCost)); } = 5;

    /// <summary>By how much a wish of an agent weighs more for each wish refused in the ledger beyond what three quarters of the people carry at least, as a
    /// fraction of its weight; at most <see cref="MostRefusedWishes"/> of them count.</summary>
    public double RefusedWishFairness { get; init => field = Cost(value, nameof(RefusedWishFairness)); } = 0.05;

    /// <summary>Refused wishes that raise the weight of those to come, at most.</summary>
    public static int MostRefusedWishes => 40;

    /// <summary>Local start of the night for the fairness of nights.</summary>
    public LocalTime NightFrom { get; init; } = new(23, 0);

    /// <summary>Local end of the night. A shift is a night shift when it has at least three hours in the night.</summary>
    public LocalTime NightTo { get; init; } = new(6, 0);

    private static double Cost(double value, string field) => Guard.NotNegative(value, "objective", field);
}
