using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Setup.Hubs;

/// <summary>What the soft goals of a hub's rosters weigh. The currency is the head-hour: a missing one costs 10 times the priority of its work, so a goal of 8
/// is worth most of an hour of somebody's work. 0 switches a goal off.</summary>
public sealed record RosterGoals
{
    /// <summary>Per day off that lies alone between two working days; leave is none.</summary>
    [Range(0.0, 1000.0)]
    public double LoneDayOff { get; init; } = RosterObjective.Default.LoneDayOffCost;

    /// <summary>Per weekend of which one day is worked and another is free for no leave.</summary>
    [Range(0.0, 1000.0)]
    public double SplitWeekend { get; init; } = RosterObjective.Default.SplitWeekendCost;

    /// <summary>Per person who has no weekend of a roster free, where it has two or more.</summary>
    [Range(0.0, 1000.0)]
    public double NoFreeWeekend { get; init; } = RosterObjective.Default.NoFreeWeekendCost;

    /// <summary>Per night shift without another on the day before or after.</summary>
    [Range(0.0, 1000.0)]
    public double LoneNight { get; init; } = RosterObjective.Default.LoneNightCost;

    /// <summary>Per hour beyond the tolerance by which a start moves on the clock from one day to the next.</summary>
    [Range(0.0, 1000.0)]
    public double StartChange { get; init; } = RosterObjective.Default.StartChangeCost;

    /// <summary>By how many minutes a start may move from one day to the next at no cost, 0 to 720.</summary>
    [Range(0, 720)]
    public int StartToleranceMinutes { get; init; } = (int)RosterObjective.Default.StartTolerance.TotalMinutes;

    /// <summary>Per shift whose start turns back on the clock by more than the tolerance, unless two days off lie between: rotation runs forward.</summary>
    [Range(0.0, 1000.0)]
    public double BackwardRotation { get; init; } = RosterObjective.Default.BackwardRotationCost;

    /// <summary>Times the square of each person's night shifts, those of the last 26 weeks included as far as most people do not have them.</summary>
    [Range(0.0, 1000.0)]
    public double NightFairness { get; init; } = RosterObjective.Default.NightFairnessCost;

    /// <summary>Times the square of each person's worked weekends, reckoned like nights.</summary>
    [Range(0.0, 1000.0)]
    public double WeekendFairness { get; init; } = RosterObjective.Default.WeekendFairnessCost;

    /// <summary>Times the square of each person's worked public holidays, reckoned like nights; holidays are the events whose kind begins with
    /// holiday.</summary>
    [Range(0.0, 1000.0)]
    public double HolidayFairness { get; init; } = RosterObjective.Default.HolidayFairnessCost;

    /// <summary>By what fraction the wishes of a person weigh more for each wish refused in the last 26 weeks beyond what most people have; 40 of them count at
    /// most.</summary>
    [Range(0.0, 10.0)]
    public double RefusedWishFairness { get; init; } = RosterObjective.Default.RefusedWishFairness;

    /// <summary>Multiplies the weight of every preference and wish.</summary>
    [Range(0.0, 1000.0)]
    public double Preferences { get; init; } = RosterObjective.Default.PreferenceCost;

    internal RosterObjective ToObjective() => new()
    {
        LoneDayOffCost = LoneDayOff,
        SplitWeekendCost = SplitWeekend,
        NoFreeWeekendCost = NoFreeWeekend,
        LoneNightCost = LoneNight,
        StartChangeCost = StartChange,
        StartTolerance = Duration.FromMinutes(StartToleranceMinutes),
        BackwardRotationCost = BackwardRotation,
        NightFairnessCost = NightFairness,
        WeekendFairnessCost = WeekendFairness,
        HolidayFairnessCost = HolidayFairness,
        RefusedWishFairness = RefusedWishFairness,
        PreferenceCost = Preferences,
    };
}
