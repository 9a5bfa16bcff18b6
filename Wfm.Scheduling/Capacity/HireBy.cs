using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Capacity;

/// <summary>What hiring shall achieve and what limits it.</summary>
/// <param name="Level">P(gap ≤ 0) wanted in every week, more than 0 and less than 1.</param>
/// <param name="ClassSize">Most people who can start training in one week, 1 to 10,000.</param>
/// <param name="LeadWeeks">Weeks from the decision (the plan's start) to the first possible class, 0 to 104.</param>
/// <param name="ExposureFactor">Factor on the hazard of leaving of those hired, finite, 0 or more.</param>
public sealed record HireByGoal(double Level, int ClassSize, int LeadWeeks, double ExposureFactor = 1);

/// <summary>Classes that keep the promise.</summary>
/// <param name="Classes">Classes to hire by start week, smallest and latest.</param>
/// <param name="DecideByWeek">For each class the week in which it must be decided: its start less the lead time.</param>
/// <param name="UncoveredWeeks">Weeks no hiring within the limits brings to the level: too early, or more people than classes hold.</param>
/// <param name="Plan">The plan with the classes.</param>
public sealed record HireByPlan(IReadOnlyList<Cohort> Classes, int[] DecideByWeek, int[] UncoveredWeeks, CapacityPlan Plan);

/// <summary>The smallest classes and the latest start weeks that keep P(gap ≤ 0) at a level.</summary>
public static class HireBy
{
    /// <summary>Finds the classes to hire beside the cohorts of a scenario.</summary>
    /// <param name="scenario">Requirement, people and assumptions; hires already in it stay.</param>
    /// <param name="goal">Level and limits.</param>
    /// <param name="seed">Same seed, same plan.</param>
    /// <param name="paths">Paths of attrition, 1 to 100,000.</param>
    /// <param name="cancellationToken">Looked at every few milliseconds.</param>
    /// <returns>Classes from which nobody can be dropped and of which nobody can start a week later without a covered week falling below the level.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A limit or the number of paths is outside its range.</exception>
    /// <remarks>
    /// Weeks in order; a week below its level gets people one by one, in the latest class with room. Where output does not rise after training this
    /// takes the fewest people: whoever starts later has left no sooner. With a ramp, fewer people who start earlier may do as much, so the search is
    /// repeated with every head start up to the end of the ramp, and the fewest people win, then the latest starts. That is a heuristic, not a proof.
    /// O(people × paths × weeks) per head start.
    /// </remarks>
    public static HireByPlan Find(
        CapacityScenario scenario, HireByGoal goal, int seed, int paths = CapacityPlanner.DefaultPaths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(goal);
        Guard.InsideUnit(goal.Level, nameof(HireByGoal.Level));
        CapacityGuard.Within(goal.ClassSize, 1, 10_000, nameof(HireByGoal.ClassSize));
        CapacityGuard.Within(goal.LeadWeeks, 0, CapacityGuard.LongestHorizon, nameof(HireByGoal.LeadWeeks));
        Guard.NonNegative(goal.ExposureFactor, nameof(HireByGoal.ExposureFactor));
        CapacityGuard.Within(paths, 1, 100_000, nameof(paths));
        var regular = CapacitySimulation.RegularFte(scenario, paths, seed, cancellationToken);
        var lifetimes = new HireLifetimes(scenario, goal, seed, paths);
        var best = Enumerable.Range(0, LongestHeadStart(scenario) + 1)
            .Select(headStart => new HireSearch(scenario, goal, regular, lifetimes).Run(headStart, cancellationToken))
            .OrderBy(search => search.Uncovered.Length).ThenBy(search => search.People).ThenByDescending(search => search.StartWeeks).First();
        var classes = best.Classes();
        return new HireByPlan(
            classes, [.. classes.Select(c => c.StartWeek - goal.LeadWeeks)], best.Uncovered,
            CapacityPlanner.Plan(scenario.With(scenario.Name, cohorts: [.. scenario.Cohorts, .. classes]), seed, paths, cancellationToken));
    }

    /// <summary>Weeks until the output no longer rises.</summary>
    private static int LongestHeadStart(CapacityScenario scenario)
    {
        var last = 0;
        for (var k = 1; k < scenario.Weeks; k++)
        {
            if (scenario.Learning.Output(k) > scenario.Learning.Output(k - 1)) last = k;
        }
        return last;
    }
}
