using Wfm.Scheduling.Scoring;

namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>The penalty of a roster in parts, the cost of a head-hour being one unit; the parts sum to the penalty.</summary>
/// <param name="Late">Deferrable work that is late, until it is done or given up.</param>
/// <param name="Undone">Deferrable work given up or still overdue at the end.</param>
/// <param name="Under">Missing heads.</param>
/// <param name="MinimumPresence">Heads missing below the minimum presence.</param>
/// <param name="Over">Superfluous heads.</param>
/// <param name="MissingContractHours">Hours missing to contract minima.</param>
/// <param name="ExtraHours">Paid hours above contract minima.</param>
/// <param name="Preferences">Wishes refused.</param>
/// <param name="StartChanges">Starts that move by more than two hours from one day to the next.</param>
/// <param name="LoneDaysOff">Days off that lie alone between two working days.</param>
/// <param name="SplitWeekends">Weekends of which one day is worked and another free.</param>
/// <param name="NoFreeWeekends">People who have no weekend of the roster free.</param>
/// <param name="LoneNights">Night shifts that stand alone.</param>
/// <param name="BackwardRotations">Starts that turn back on the clock without two days off between.</param>
/// <param name="Fairness">Uneven nights and weekends.</param>
public sealed record RosterCosts(
    double Late,
    double Undone,
    double Under,
    double MinimumPresence,
    double Over,
    double MissingContractHours,
    double ExtraHours,
    double Preferences,
    double StartChanges,
    double LoneDaysOff,
    double SplitWeekends,
    double NoFreeWeekends,
    double LoneNights,
    double BackwardRotations,
    double Fairness)
{
    internal static RosterCosts From(RosterScore score) =>
        new(
            score.Late, score.Undone, score.Under, score.MinimumPresence, score.Over, score.MissingContractHours, score.ExtraHours, score.Preferences,
            score.StartChanges, score.LoneDaysOff, score.SplitWeekends, score.NoFreeWeekends, score.LoneNights, score.BackwardRotations,
            score.Fairness);
}
