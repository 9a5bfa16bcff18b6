using NodaTime;
using Wfm.Api.Http;
using Wfm.Scheduling.Capacity;

namespace Wfm.Api.Features.Staffing.CapacityPlans;

/// <summary>What can be seen of a plan before anything is read or computed.</summary>
internal static class CapacityPlanRules
{
    private const string Requirement = "/requirement";
    private const int MostLevels = 99;

    public static void Check(
        LocalDate? start, int weeks, CapacityRequirementSpec? requirement, double factor, CapacityAssumptions assumptions, Findings findings)
    {
        findings.Require(
            start is null || start.Value.DayOfWeek == IsoDayOfWeek.Monday, "/start", start, $"Weeks start on Mondays, {start:uuuu-MM-dd} is not one.");
        findings.Require(
            double.IsFinite(factor) && factor > 0 && factor <= 1000, "/requirementFactor", factor,
            $"A factor above 0 and at most 1000 is needed, {factor} is not.");
        if (requirement is not null)
        {
            CheckRequirement(requirement, weeks, findings);
        }

        CapacityScenarios.Check(assumptions, weeks, findings);
        findings.ThrowIfAny();
    }

    private static void CheckRequirement(CapacityRequirementSpec spec, int weeks, Findings findings)
    {
        var given = new object?[] { spec.Fte, spec.Quantiles, spec.LongRange, spec.Stored }.Count(o => o is not null);
        findings.Require(given == 1, Requirement, given, $"Give one of fte, quantiles, longRange and stored; {given} are given.");
        if (spec.Fte is { } fte)
        {
            findings.Require(fte.Length == weeks, $"{Requirement}/fte", fte.Length, $"The plan has {weeks} weeks, fte has {fte.Length} values.");
            foreach (var (w, value) in fte.Index())
            {
                findings.Require(
                    double.IsFinite(value) && value >= 0, $"{Requirement}/fte/{w}", value, $"A finite number of at least 0 is needed, {value} is not.");
            }
        }

        if (spec.Quantiles is { } q)
        {
            findings.Require(q.Levels.Length <= MostLevels, $"{Requirement}/quantiles/levels", q.Levels.Length, $"At most {MostLevels} levels can be given.");
            if (findings.Make($"{Requirement}/quantiles", () => CapacityRequirement.OfQuantiles(q.Levels, q.FteQuantiles)) is { } made)
            {
                findings.Require(
                    made.Weeks == weeks, $"{Requirement}/quantiles/fteQuantiles", made.Weeks,
                    $"The plan has {weeks} weeks, fteQuantiles has {made.Weeks} values.");
            }
        }

        if (spec.LongRange is { } ahead)
        {
            findings.Require(
                ahead.Occupancy is > 0 and <= 1, $"{Requirement}/longRange/occupancy", ahead.Occupancy,
                $"A fraction above 0 and at most 1 is needed, {ahead.Occupancy} is not.");
            findings.Require(
                ahead.Shrinkage is null or (>= 0 and < 1), $"{Requirement}/longRange/shrinkage", ahead.Shrinkage,
                $"A fraction of at least 0 and below 1 is needed, {ahead.Shrinkage} is not.");
        }

        if (spec.Stored is { } stored)
        {
            findings.Require(
                stored.GrowthPerYear is > -1 and <= 10, $"{Requirement}/stored/growthPerYear", stored.GrowthPerYear,
                $"A growth above -1 and at most 10 is needed, {stored.GrowthPerYear} is not.");
        }
    }
}
