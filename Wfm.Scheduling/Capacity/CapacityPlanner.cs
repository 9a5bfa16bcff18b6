using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Capacity;

/// <summary>Required against available FTE for up to 104 weeks: in expectation, and with its probability.</summary>
public static class CapacityPlanner
{
    /// <summary>Paths unless stated otherwise: the standard error of a probability is at most 0.016.</summary>
    public const int DefaultPaths = 1_000;

    /// <summary>Computes a plan.</summary>
    /// <param name="scenario">Requirement, people and assumptions.</param>
    /// <param name="seed">Same seed, same plan, bit for bit.</param>
    /// <param name="paths">Paths of attrition, 1 to 100,000; path p meets requirement path p modulo their number.</param>
    /// <param name="cancellationToken">Looked at every few milliseconds.</param>
    /// <returns>The expectation as a weekly waterfall, and P(gap ≤ 0) per week.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of paths is outside its range.</exception>
    /// <remarks>
    /// O(paths × (heads + cohorts × weeks)). The expectation is that of the paths, except that a transfer out takes at most whom the expectation
    /// has left, and that its overtime answers the mean gap.
    /// </remarks>
    public static CapacityPlan Plan(
        CapacityScenario scenario, int seed, int paths = DefaultPaths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        CapacityGuard.Within(paths, 1, 100_000, nameof(paths));
        return new CapacityPlan(
            scenario, CapacityExpectation.Weeks(scenario),
            CapacitySimulation.Risk(scenario, CapacitySimulation.RegularFte(scenario, paths, seed, cancellationToken), cancellationToken));
    }

    /// <summary>Plans side by side, all on the same luck.</summary>
    /// <param name="scenarios">The scenario to compare with first, then its what-ifs; at least one, all over the same number of weeks.</param>
    /// <param name="seed">Same seed, same plans.</param>
    /// <param name="paths">Paths of attrition, 1 to 100,000.</param>
    /// <returns>The plans and what each differs in from the first.</returns>
    /// <exception cref="ArgumentException">No scenario, or one of another number of weeks; the parameter's name carries the index.</exception>
    public static CapacityComparison Compare(IReadOnlyList<CapacityScenario> scenarios, int seed, int paths = DefaultPaths)
    {
        ArgumentNullException.ThrowIfNull(scenarios);
        if (scenarios.Count == 0) throw new ArgumentException("There must be at least one scenario.", nameof(scenarios));
        for (var s = 0; s < scenarios.Count; s++)
        {
            ArgumentNullException.ThrowIfNull(scenarios[s], $"{nameof(scenarios)}[{s}]");
            if (scenarios[s].Weeks == scenarios[0].Weeks) continue;
            throw Guard.OutOfRange($"{nameof(scenarios)}[{s}]", scenarios[s].Weeks, $"it must have as many weeks as the first scenario, {scenarios[0].Weeks}");
        }
        var plans = scenarios.Select(scenario => Plan(scenario, seed, paths)).ToArray();
        return new CapacityComparison(plans, [.. plans.Select(plan => CapacityDifference.Between(plans[0], plan))]);
    }
}
