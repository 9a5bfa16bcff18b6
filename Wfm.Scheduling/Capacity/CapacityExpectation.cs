namespace Wfm.Scheduling.Capacity;

/// <summary>The plan in expectation: cohorts by survival, then the weekly waterfall.</summary>
/// <remarks>
/// At the start of a week first the leavers of the week before are gone, then training ends, then people go to other teams, then new people come.
/// A cohort is trained from the week in which its tenure reaches the training weeks.
/// </remarks>
internal static class CapacityExpectation
{
    public static CapacityWeek[] Weeks(CapacityScenario scenario)
    {
        var required = scenario.Requirement.Expected();
        var cohorts = scenario.Cohorts.Select((_, c) => new CohortExpectation(scenario, c)).ToArray();
        var weeks = new CapacityWeek[scenario.Weeks];
        for (var w = 0; w < weeks.Length; w++) weeks[w] = Week(scenario, cohorts, w, w == 0 ? null : weeks[w - 1], required[w]);
        return weeks;
    }

    /// <summary>Weeks since training in a week of the plan; negative in training.</summary>
    public static int WeeksAfterTraining(CapacityScenario scenario, Cohort cohort, int week) =>
        cohort.TenureWeeks + week - cohort.StartWeek - scenario.TrainingWeeks;

    private static CapacityWeek Week(CapacityScenario scenario, CohortExpectation[] cohorts, int w, CapacityWeek? before, double required)
    {
        double startTrainees = before?.Trainees ?? 0, startTrained = before?.Trained ?? 0;
        double hired = 0, traineeAttrition = 0, traineesOut = 0, graduates = 0, attrition = 0, arrived = 0, trainedOut = 0, rampLoss = 0;
        for (var c = 0; c < cohorts.Length; c++)
        {
            var (cohort, path) = (scenario.Cohorts[c], cohorts[c]);
            if (w < cohort.StartWeek) continue;
            var after = WeeksAfterTraining(scenario, cohort, w);
            if (after >= 0) rampLoss += path.Heads[w] * (1 - scenario.Learning.Output(after));
            if (w > cohort.StartWeek)
            {
                if (after > 0) attrition += path.Left[w];
                else traineeAttrition += path.Left[w];
                if (after >= 0) trainedOut += path.Moved[w];
                else traineesOut += path.Moved[w];
                if (after == 0) graduates += path.Heads[w] + path.Moved[w];
            }
            else if (cohort.Kind == CohortKind.Starting)
            {
                if (after >= 0) startTrained += cohort.Heads;
                else startTrainees += cohort.Heads;
            }
            else if (after >= 0 && cohort.Kind == CohortKind.TransferredIn)
            {
                arrived += cohort.Heads;
            }
            else
            {
                hired += cohort.Heads;
                if (after >= 0) graduates += cohort.Heads; // hired where there is no training
            }
        }
        var trainees = startTrainees + hired - traineeAttrition - traineesOut - graduates;
        var trained = startTrained - attrition + graduates + arrived - trainedOut;
        var leave = (trained - rampLoss) * scenario.LeaveShare[w];
        var regular = trained - rampLoss - leave;
        var overtime = Math.Clamp(required - regular, 0, Math.Max(0, regular * scenario.OvertimeShare[w]));
        return new CapacityWeek(
            w, startTrainees, hired, traineeAttrition, traineesOut, graduates, trainees, startTrained, attrition, arrived, trainedOut, trained, rampLoss, leave,
            regular, overtime, regular + overtime, required, required - regular - overtime);
    }
}
