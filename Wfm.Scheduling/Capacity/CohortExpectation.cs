namespace Wfm.Scheduling.Capacity;

/// <summary>One cohort in expectation: heads, leavers and transfers out in each week of the plan.</summary>
internal sealed class CohortExpectation
{
    public CohortExpectation(CapacityScenario scenario, int index)
    {
        var cohort = scenario.Cohorts[index];
        (Heads, Left, Moved) = (new double[scenario.Weeks], new double[scenario.Weeks], new double[scenario.Weeks]);
        Heads[cohort.StartWeek] = cohort.Heads;
        for (var w = cohort.StartWeek + 1; w < scenario.Weeks; w++)
        {
            Left[w] = Heads[w - 1] * scenario.Attrition.Hazard(cohort.TenureWeeks + w - 1 - cohort.StartWeek, cohort.ExposureFactor);
            var stayed = Heads[w - 1] - Left[w];
            Moved[w] = Math.Min(stayed, scenario.TransfersOut.Where(t => t.Cohort == index && t.Week == w).Sum(t => t.Heads));
            Heads[w] = stayed - Moved[w];
        }
    }

    public double[] Heads { get; }

    public double[] Left { get; }

    public double[] Moved { get; }
}
