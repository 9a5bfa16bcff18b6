using NodaTime;
using Wfm.Scheduling.Capacity;

namespace Wfm.Api.Features.Staffing.CapacityPlans;

/// <summary>The library's plan as rows by week.</summary>
internal static class CapacityRows
{
    private const double Rounding = 1e-9;

    /// <param name="withHires">The plan with the hire-by classes; null when they were not asked for.</param>
    public static List<CapacityWeekRow> Of(CapacityPlan plan, CapacityPlan? withHires, LocalDate start) =>
        [.. plan.Weeks.Select((week, w) => Row(plan, week, plan.Risk[w], withHires?.Risk[w].ProbabilityCovered, start.PlusWeeks(w)))];

    private static CapacityWeekRow Row(CapacityPlan plan, CapacityWeek week, CapacityRisk risk, double? coveredWithHires, LocalDate monday)
    {
        double[] required = [.. plan.Scenario.Requirement.FtePaths.Select(path => path[week.Week]).Order()];
        return new CapacityWeekRow
        {
            Week = monday,
            RequiredFte = week.RequiredFte,
            RequiredFteP10 = Quantile(required, 0.1),
            RequiredFteP50 = Quantile(required, 0.5),
            RequiredFteP90 = Quantile(required, 0.9),
            AvailableFte = week.AvailableFte,
            RegularFte = week.RegularFte,
            RegularFteP10 = risk.RegularFteP10,
            RegularFteP50 = risk.RegularFteP50,
            RegularFteP90 = risk.RegularFteP90,
            Gap = week.Gap,
            GapP90 = risk.GapP90,
            GapProbability = 1 - risk.ProbabilityCovered,
            GapProbabilityWithHires = 1 - coveredWithHires,
            Trained = week.Trained,
            Trainees = week.Trainees,
            Hired = week.Hired,
            Graduates = week.Graduates,
            Attrition = week.TraineeAttrition + week.TrainedAttrition,
            TransferredIn = week.TransferredIn,
            TransferredOut = week.TraineesTransferredOut + week.TrainedTransferredOut,
            RampLoss = week.RampLoss,
            Leave = week.Leave,
            OvertimeFte = week.OvertimeFte,
        };
    }

    /// <summary>The smallest value with at least the share of the sample at or below it, as the library takes its own quantiles.</summary>
    private static double Quantile(double[] ascending, double level) =>
        ascending[Math.Clamp((int)Math.Ceiling((ascending.Length * level) - Rounding) - 1, 0, ascending.Length - 1)];
}
