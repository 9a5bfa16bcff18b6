namespace Wfm.Scheduling.Capacity;

/// <summary>Plans side by side.</summary>
/// <param name="Plans">The plan to compare with first.</param>
/// <param name="Differences">For each plan, what it differs in from the first; zeros for the first itself.</param>
public sealed record CapacityComparison(IReadOnlyList<CapacityPlan> Plans, IReadOnlyList<CapacityDifference> Differences);

/// <summary>A plan less the plan it is compared with.</summary>
/// <param name="Name">Name of the scenario.</param>
/// <param name="RequiredFte">Per week.</param>
/// <param name="AvailableFte">Per week.</param>
/// <param name="Gap">Per week.</param>
/// <param name="ProbabilityCovered">P(gap ≤ 0), per week.</param>
/// <param name="HiredHeads">All hires.</param>
/// <param name="ShortageFteWeeks">Sum of the gaps above 0, in expectation.</param>
/// <param name="OvertimeFteWeeks">Sum of the overtime, in expectation.</param>
public sealed record CapacityDifference(
    string Name, double[] RequiredFte, double[] AvailableFte, double[] Gap, double[] ProbabilityCovered, double HiredHeads, double ShortageFteWeeks,
    double OvertimeFteWeeks)
{
    internal static CapacityDifference Between(CapacityPlan from, CapacityPlan to)
    {
        return new CapacityDifference(
            to.Scenario.Name, Each(week => week.RequiredFte), Each(week => week.AvailableFte), Each(week => week.Gap),
            [.. to.Risk.Zip(from.Risk, (a, b) => a.ProbabilityCovered - b.ProbabilityCovered)],
            Hires(to) - Hires(from), Shortage(to) - Shortage(from), Overtime(to) - Overtime(from));

        double[] Each(Func<CapacityWeek, double> figure) => [.. to.Weeks.Zip(from.Weeks, (a, b) => figure(a) - figure(b))];
    }

    private static double Shortage(CapacityPlan plan) => plan.Weeks.Sum(week => Math.Max(0, week.Gap));

    private static double Overtime(CapacityPlan plan) => plan.Weeks.Sum(week => week.OvertimeFte);

    private static int Hires(CapacityPlan plan) => plan.Scenario.Cohorts.Where(c => c.Kind == CohortKind.Hired).Sum(c => c.Heads);
}
