using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Http;
using Wfm.Scheduling.Capacity;

namespace Wfm.Api.Features.Staffing.CapacityPlans;

/// <summary>From assumptions to the library's scenario; everything the library refuses is told at its place in the body.</summary>
internal static class CapacityScenarios
{
    private const string At = "/assumptions";
    private const int MostHeads = 20_000;
    private const long MostLifetimes = 20_000_000;

    /// <summary>The scenario of a stored plan.</summary>
    public static CapacityScenario Of(CapacityPlanRow plan)
    {
        var findings = new Findings();
        var requirement = Requirement(plan.RequirementLevels, ForecastCurves.Unflatten(plan.RequirementFte, plan.RequirementLevels.Length));
        var scenario = Build(plan.Name, requirement, plan.Assumptions, findings);
        findings.ThrowIfAny(); // what was stored has passed
        return scenario!;
    }

    /// <summary>FTE by quantile; a single quantile is a certain requirement.</summary>
    public static CapacityRequirement Requirement(double[] levels, double[][] fte) =>
        fte.Length == 1 ? CapacityRequirement.OfFte(fte) : CapacityRequirement.OfQuantiles(levels, fte);

    /// <summary>Checks assumptions before there is a requirement.</summary>
    /// <param name="weeks">Weeks of the plan.</param>
    public static void Check(CapacityAssumptions assumptions, int weeks, Findings findings)
    {
        Bound(assumptions, findings);
        if (!findings.Any)
        {
            Build("check", CapacityRequirement.OfFte([new double[weeks]]), assumptions, findings);
        }
    }

    /// <summary>The scenario; null when there are findings.</summary>
    public static CapacityScenario? Build(string name, CapacityRequirement requirement, CapacityAssumptions assumptions, Findings findings)
    {
        var cohorts = (assumptions.Cohorts ?? []).Select((c, i) => findings.Make($"{At}/cohorts/{i}", () => ToLibrary(c, i))).ToList();
        var attrition = Attrition(assumptions.Attrition, findings);
        var learning = Learning(assumptions.Ramp, findings);
        return findings.Any
            ? null
            : findings.Make(
                At,
                () =>
                    new CapacityScenario(
                        name, requirement,
                        cohorts.ConvertAll(c => c!),
                        attrition!, learning!, assumptions.TrainingWeeks ?? 0, Weekly(assumptions.LeaveShare, requirement.Weeks),
                        Weekly(assumptions.OvertimeShare, requirement.Weeks), assumptions.TransfersOut));
    }

    /// <summary>People times paths, which is what a plan costs.</summary>
    public static long LifetimesOf(CapacityAssumptions assumptions) =>
        (assumptions.Cohorts ?? []).Sum(c => (long?)c?.Heads ?? 0) * (assumptions.Paths ?? CapacityPlanner.DefaultPaths);

    private static void Bound(CapacityAssumptions assumptions, Findings findings)
    {
        var cohorts = assumptions.Cohorts ?? [];
        findings.Require(cohorts.Count <= 500, $"{At}/cohorts", cohorts.Count, $"At most 500 cohorts can be planned, there are {cohorts.Count}.");
        foreach (var (i, cohort) in cohorts.Index())
        {
            if (cohort is null)
            {
                findings.Add($"{At}/cohorts/{i}", null, "null is no cohort.");
                continue;
            }

            findings.Require(
                cohort.Kind != CohortKind.Starting || cohort.StartWeek == 0, $"{At}/cohorts/{i}/startWeek", cohort.StartWeek,
                $"A starting cohort is there in week 0, not from week {cohort.StartWeek} on; use hired or transferredIn.");
            findings.Require(
                cohort.Kind != CohortKind.Hired || cohort.TenureWeeks == 0, $"{At}/cohorts/{i}/tenureWeeks", cohort.TenureWeeks,
                $"People hired start without tenure, not with {cohort.TenureWeeks} weeks; use transferredIn.");
        }

        var heads = cohorts.Sum(c => (long?)c?.Heads ?? 0);
        findings.Require(heads <= MostHeads, $"{At}/cohorts", heads, $"At most {MostHeads:N0} people can be planned, the cohorts have {heads:N0}.");
        findings.Require(
            assumptions.WeeklyHours is null or (> 0 and <= 80), $"{At}/weeklyHours", assumptions.WeeklyHours,
            $"Hours above 0 and at most 80 are needed, {assumptions.WeeklyHours} is not.");
        findings.Require(
            assumptions.Level is null or (> 0 and < 1), $"{At}/level", assumptions.Level,
            $"A probability above 0 and below 1 is needed, {assumptions.Level} is not.");
        findings.Require(
            assumptions.Paths is null or (>= 20 and <= 5000), $"{At}/paths", assumptions.Paths, $"20 to 5000 paths are drawn, not {assumptions.Paths}.");
        var lifetimes = LifetimesOf(assumptions);
        findings.Require(
            heads > MostHeads || lifetimes <= MostLifetimes, $"{At}/paths", assumptions.Paths,
            $"{heads:N0} people on {assumptions.Paths:N0} paths are more than {MostLifetimes:N0}; draw fewer paths.");
        if (assumptions.Hiring is { } hiring)
        {
            findings.Require(
                hiring.ClassSize is >= 0 and <= 200, $"{At}/hiring/classSize", hiring.ClassSize, $"A class has 0 to 200 people, not {hiring.ClassSize}.");
            findings.Require(
                hiring.LeadWeeks is >= 0 and <= 104, $"{At}/hiring/leadWeeks", hiring.LeadWeeks, $"The lead is 0 to 104 weeks, not {hiring.LeadWeeks}.");
            findings.Require(
                double.IsFinite(hiring.ExposureFactor) && hiring.ExposureFactor >= 0, $"{At}/hiring/exposureFactor", hiring.ExposureFactor,
                $"A finite factor of at least 0 is needed, {hiring.ExposureFactor} is not.");
        }
    }

    private static Cohort ToLibrary(CapacityCohort cohort, int index)
    {
        var name = cohort.Name.Length > 0 ? cohort.Name : $"cohort {index}";
        return cohort.Kind switch
        {
            CohortKind.Starting => Cohort.Starting(name, cohort.Heads, cohort.TenureWeeks, cohort.ExposureFactor),
            CohortKind.Hired => Cohort.Hired(name, cohort.Heads, cohort.StartWeek, cohort.ExposureFactor),
            _ => Cohort.TransferredIn(name, cohort.Heads, cohort.StartWeek, cohort.TenureWeeks, cohort.ExposureFactor),
        };
    }

    private static AttritionCurve? Attrition(CapacityAttrition? attrition, Findings findings)
    {
        const string Place = At + "/attrition";
        switch (attrition)
        {
            case null:
                return AttritionCurve.None;
            case { YearlyRate: { } rate, WeeklyHazard: null }:
                return findings.Make(Place, () => AttritionCurve.Yearly(rate));
            case { YearlyRate: null, WeeklyHazard: { } hazard }:
                return findings.Make(Place, () => new AttritionCurve(hazard));
            default:
                findings.Add(Place, null, "Give yearlyRate or weeklyHazard, one of the two.");
                return null;
        }
    }

    private static LearningCurve? Learning(CapacityRamp? ramp, Findings findings)
    {
        const string Place = At + "/ramp";
        switch (ramp)
        {
            case null:
                return LearningCurve.None;
            case { Start: { } start, Weeks: { } weeks, Productivity: null, Quality: null }:
                return findings.Make(Place, () => LearningCurve.Linear(start, weeks));
            case { Start: null, Weeks: null, Productivity: { } productivity }:
                return findings.Make(Place, () => new LearningCurve(productivity, ramp.Quality));
            default:
                findings.Add(Place, null, "Give start and weeks, or productivity (and quality), one of the two.");
                return null;
        }
    }

    private static double[]? Weekly(double[]? values, int weeks) => values is [var same] ? [.. Enumerable.Repeat(same, weeks)] : values;
}
