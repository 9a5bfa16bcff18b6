using System.ComponentModel.DataAnnotations;
using NodaTime;

namespace Wfm.Api.Features.Staffing.CapacityPlans;

/// <summary>A plan to make.</summary>
public sealed record CapacityPlanRequest
{
    /// <summary>What people call it.</summary>
    [Required, StringLength(200, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>Code of the hub.</summary>
    /// <example>dub</example>
    [Required]
    public required string Hub { get; init; }

    /// <summary>Skill group to plan for; the whole hub when left out.</summary>
    public string? Group { get; init; }

    /// <summary>Monday of the first week; left out for the first week the requirement knows (for an FTE curve: the next Monday).</summary>
    public LocalDate? Start { get; init; }

    /// <summary>Length in weeks, 1 to 104.</summary>
    /// <example>52</example>
    [Range(1, 104)]
    public int Weeks { get; init; } = 52;

    /// <summary>Where the required FTE come from.</summary>
    [Required]
    public required CapacityRequirementSpec Requirement { get; init; }

    /// <summary>Multiplies the required FTE, more than 0; 1 leaves them as they are.</summary>
    public double RequirementFactor { get; init; } = 1;

    /// <summary>People and how they come and go.</summary>
    public CapacityAssumptions Assumptions { get; init; } = new();
}

/// <summary>What is to be different in a copy of a plan; everything left out stays.</summary>
public sealed record CapacityPlanCopyRequest
{
    /// <summary>What people call the copy.</summary>
    [Required, StringLength(200, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>Another requirement over the same weeks; the plan's own, as it was when the plan was made, when left out.</summary>
    public CapacityRequirementSpec? Requirement { get; init; }

    /// <summary>Multiplies the required FTE, more than 0: 1.2 is a fifth more work.</summary>
    public double RequirementFactor { get; init; } = 1;

    /// <summary>Assumptions to change.</summary>
    public CapacityAssumptions Assumptions { get; init; } = new();
}

/// <summary>Where the required FTE of a plan come from: exactly one member.</summary>
public sealed record CapacityRequirementSpec
{
    /// <summary>FTE per week, one value a week, 0 or more: a certain requirement.</summary>
    public double[]? Fte { get; init; }

    /// <summary>FTE per week by quantile.</summary>
    public CapacityQuantiles? Quantiles { get; init; }

    /// <summary>From forecasts by week of every queue, made for the plan; the plan is then made in a job.</summary>
    public LongRangeSpec? LongRange { get; init; }

    /// <summary>From a stored requirement of the hub, continued beyond its end.</summary>
    public StoredRequirementSpec? Stored { get; init; }
}

/// <summary>FTE by quantile, straight between the levels and flat outside.</summary>
/// <param name="Levels">Levels inside (0, 1), rising.</param>
/// <param name="FteQuantiles">For each level one value a week, 0 or more, not falling with the level.</param>
public sealed record CapacityQuantiles(double[] Levels, double[][] FteQuantiles);

/// <summary>FTE = volume × handle time ÷ (occupancy × (1 − shrinkage) × weekly hours), queue by queue; the quantiles of queues are added up, which errs on the
/// safe side.</summary>
public sealed record LongRangeSpec
{
    /// <summary>Share of the time at work that is spent on contacts, more than 0 and at most 1.</summary>
    public double Occupancy { get; init; } = 0.85;

    /// <summary>Share of paid time without work, leave of the plan aside, at least 0 and less than 1; the hub's planned and unplanned shrinkage when left
    /// out.</summary>
    public double? Shrinkage { get; init; }
}

/// <summary>Head-hours of a stored requirement by week ÷ weekly hours; its shrinkage is in it.</summary>
public sealed record StoredRequirementSpec
{
    /// <summary>The requirement; the newest of the hub when left out.</summary>
    public Guid? RequirementId { get; init; }

    /// <summary>Growth a year with which the mean of its whole weeks goes on beyond its end, more than −1 and at most 10; 0.1 is 10 %.</summary>
    public double GrowthPerYear { get; init; }
}

/// <summary>A capacity plan in short, with what it follows from.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Group">Skill group; null for the whole hub.</param>
/// <param name="Start">Monday of the first week.</param>
/// <param name="Weeks">Length in weeks.</param>
/// <param name="BasedOn">The plan it is a what-if of; null for none.</param>
/// <param name="RequirementOrigin">Where the requirement came from, in words.</param>
/// <param name="Assumptions">Every assumption, defaults filled in.</param>
/// <param name="Summary">The figures a planner asks first.</param>
/// <param name="Author">Name of the key that asked for it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Etag">ETag, quotes included; goes into If-Match of the deletion.</param>
public sealed record CapacityPlanResponse(
    Guid Id, string Name, string Hub, string? Group, LocalDate Start, int Weeks, Guid? BasedOn, string RequirementOrigin, CapacityAssumptions Assumptions,
    CapacitySummary Summary, string Author, Instant CreatedAt, string Etag);

/// <summary>A plan in five figures.</summary>
/// <param name="FirstWeekBelow">Monday of the first week in which people are not enough with the stated probability; null when there is none.</param>
/// <param name="WeeksBelow">How many such weeks there are.</param>
/// <param name="LargestGap">Largest expected gap of a week in FTE; negative when there is always slack.</param>
/// <param name="ShortageFteWeeks">Sum of the expected gaps above 0.</param>
/// <param name="OvertimeFteWeeks">Sum of the expected overtime.</param>
/// <param name="HireHeads">People of all hire-by classes; null when hiring was not asked for.</param>
/// <param name="DecideFirstBy">Monday of the week in which the first class must be decided; null when there is none.</param>
public sealed record CapacitySummary(
    LocalDate? FirstWeekBelow, int WeeksBelow, double LargestGap, double ShortageFteWeeks, double OvertimeFteWeeks, int? HireHeads, LocalDate? DecideFirstBy);

/// <summary>Plans side by side, all on the same luck: each is made anew with the first one's seed and paths.</summary>
/// <param name="Weeks">Mondays of the weeks.</param>
/// <param name="Plans">The plans in the order asked for; the first is what the others are compared with.</param>
public sealed record CapacityComparisonResponse(IReadOnlyList<LocalDate> Weeks, IReadOnlyList<ComparedPlan> Plans);

/// <summary>One plan of a comparison; arrays have one value a week.</summary>
/// <param name="Id">Identity of the plan.</param>
/// <param name="Name">What people call it.</param>
/// <param name="RequiredFte">Mean required FTE.</param>
/// <param name="AvailableFte">Expected available FTE, overtime included.</param>
/// <param name="Gap">Required less available FTE.</param>
/// <param name="GapProbability">Probability that people are missing.</param>
/// <param name="Difference">What it differs in from the first plan.</param>
public sealed record ComparedPlan(
    Guid Id, string Name, double[] RequiredFte, double[] AvailableFte, double[] Gap, double[] GapProbability, PlanDifference Difference);

/// <summary>A plan less the first plan of a comparison; zeros for the first itself.</summary>
/// <param name="RequiredFte">Per week.</param>
/// <param name="AvailableFte">Per week.</param>
/// <param name="Gap">Per week.</param>
/// <param name="GapProbability">Per week.</param>
/// <param name="HiredHeads">People hired.</param>
/// <param name="ShortageFteWeeks">Sum of the expected gaps above 0.</param>
/// <param name="OvertimeFteWeeks">Sum of the expected overtime.</param>
public sealed record PlanDifference(
    double[] RequiredFte, double[] AvailableFte, double[] Gap, double[] GapProbability, double HiredHeads, double ShortageFteWeeks, double OvertimeFteWeeks);
