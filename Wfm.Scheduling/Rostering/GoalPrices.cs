using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Rostering;

/// <summary>What each soft goal of a roster costs in coverage and hours: the roster solved with all of them, without each, and without any.</summary>
/// <remarks>Every search has the same seed and limits. Searches end near the best, not at it, so differences below their noise mean nothing.</remarks>
public static class GoalPrices
{
    private static readonly (string Goal, Func<RosterObjective, double> Weight, Func<RosterObjective, RosterObjective> Without)[] Goals =
    [
        ("loneDayOff", o => o.LoneDayOffCost, o => o with { LoneDayOffCost = 0 }),
        ("splitWeekend", o => o.SplitWeekendCost, o => o with { SplitWeekendCost = 0 }),
        ("noFreeWeekend", o => o.NoFreeWeekendCost, o => o with { NoFreeWeekendCost = 0 }),
        ("loneNight", o => o.LoneNightCost, o => o with { LoneNightCost = 0 }),
        ("startChange", o => o.StartChangeCost, o => o with { StartChangeCost = 0 }),
        ("backwardRotation", o => o.BackwardRotationCost, o => o with { BackwardRotationCost = 0 }),
        ("nightFairness", o => o.NightFairnessCost, o => o with { NightFairnessCost = 0 }),
        ("weekendFairness", o => o.WeekendFairnessCost, o => o with { WeekendFairnessCost = 0 }),
        ("holidayFairness", o => o.HolidayFairnessCost, o => o with { HolidayFairnessCost = 0 }),
        ("preferences", o => o.PreferenceCost, o => o with { PreferenceCost = 0 }),
    ];

    /// <summary>Solves the problem with all its goals, without each that weighs anything, and without any of them.</summary>
    /// <param name="problem">The problem, with the weights to price.</param>
    /// <param name="solve">One search.</param>
    /// <param name="progress">Told the number of searches done and how many there are.</param>
    public static GoalPriceList Of(RosterProblem problem, Func<RosterProblem, RosterResult> solve, Action<int, int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(solve);
        var goals = Goals.Where(g => g.Weight(problem.Objective) > 0).ToArray();
        var done = 0;
        var all = Solve(problem.Objective);
        GoalPrice[] each = [.. goals.Select(g => new GoalPrice(g.Goal, g.Weight(problem.Objective), Solve(g.Without(problem.Objective))))];
        return new GoalPriceList(all, each, Solve(goals.Aggregate(problem.Objective, (objective, goal) => goal.Without(objective))));

        Scorecard Solve(RosterObjective objective)
        {
            var asked = problem with { Objective = objective };
            var card = Scorecard.Of(asked, solve(asked));
            progress?.Invoke(++done, goals.Length + 2);
            return card;
        }
    }
}

/// <summary>A roster with and without its goals.</summary>
/// <param name="All">With all of them.</param>
/// <param name="Goals">Goal by goal.</param>
/// <param name="None">Without any.</param>
public sealed record GoalPriceList(Scorecard All, IReadOnlyList<GoalPrice> Goals, Scorecard None);

/// <summary>A goal and the roster without it.</summary>
/// <param name="Goal">Its name: loneDayOff, splitWeekend, noFreeWeekend, loneNight, startChange, backwardRotation, nightFairness,
/// weekendFairness, holidayFairness or preferences.</param>
/// <param name="Weight">Its weight in the currency of the objective, above 0.</param>
/// <param name="Without">The roster that every other goal is kept in.</param>
public sealed record GoalPrice(string Goal, double Weight, Scorecard Without);
