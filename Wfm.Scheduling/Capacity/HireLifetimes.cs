namespace Wfm.Scheduling.Capacity;

/// <summary>Weeks each possible hire stays, by start week, person and path; drawn when first asked for, as the plan with that class would draw them.</summary>
internal sealed class HireLifetimes(CapacityScenario scenario, HireByGoal goal, int seed, int paths)
{
    private readonly int[]?[][] _weeks = [.. Enumerable.Range(0, scenario.Weeks).Select(_ => new int[]?[goal.ClassSize])];
    private readonly CapacityRandom[]?[] _random = new CapacityRandom[]?[scenario.Weeks];

    public int[] Of(int startWeek, int person)
    {
        for (var i = 0; i <= person; i++) _weeks[startWeek][i] ??= Draw(startWeek);
        return _weeks[startWeek][person] ?? [];
    }

    private int[] Draw(int startWeek)
    {
        var ordinal = scenario.Cohorts.Count(c => c.Kind == CohortKind.Hired && c.StartWeek == startWeek);
        var stream = CapacityRandom.Stream(CohortKind.Hired, startWeek, ordinal);
        var random = _random[startWeek] ??= [.. Enumerable.Range(0, paths).Select(p => new CapacityRandom(seed, p, stream))];
        var survival = scenario.Attrition.Survival(tenureWeeks: 0, goal.ExposureFactor, scenario.Weeks - startWeek);
        var weeks = new int[paths];
        for (var p = 0; p < paths; p++) weeks[p] = CapacitySimulation.Lifetime(survival, random[p].NextUniform());
        return weeks;
    }
}
