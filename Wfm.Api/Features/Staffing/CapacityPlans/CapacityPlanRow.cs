using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Capacity;

namespace Wfm.Api.Features.Staffing.CapacityPlans;

/// <summary>A capacity plan as it was made: what it follows from and what came out. It never changes; a what-if is a copy.</summary>
public sealed class CapacityPlanRow
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid HubId { get; init; }
    public required string Name { get; init; }

    /// <summary>Skill group planned for; null for the whole hub.</summary>
    public string? Group { get; init; }

    /// <summary>Monday of the first week.</summary>
    public LocalDate Start { get; init; }
    public int Weeks { get; init; }

    /// <summary>Every assumption, defaults filled in.</summary>
    public required CapacityAssumptions Assumptions { get; init; }

    /// <summary>Where the requirement came from, in words.</summary>
    public required string RequirementOrigin { get; init; }
    public required double[] RequirementLevels { get; init; }

    /// <summary>Required FTE, level by level, each of the length of the weeks.</summary>
    public required double[] RequirementFte { get; init; }
    public List<CapacityWeekRow> Rows { get; init; } = [];

    /// <summary>Classes to hire; null when hiring was not asked for.</summary>
    public CapacityHires? Hires { get; init; }

    /// <summary>The plan this is a what-if of.</summary>
    public Guid? BasedOnId { get; init; }

    /// <summary>Name of the key that asked for it.</summary>
    public required string Author { get; init; }
    public Instant CreatedAt { get; init; }
    public Guid? JobId { get; init; }
    public int Version { get; init; } = 1;
}

/// <summary>One week of a capacity plan. Figures without another word are expectations; FTE are full-time equivalents.</summary>
public sealed record CapacityWeekRow
{
    /// <summary>Monday of the week, in the hub's time.</summary>
    public LocalDate Week { get; init; }

    /// <summary>FTE required, mean.</summary>
    public double RequiredFte { get; init; }

    /// <summary>FTE that are enough with a probability of 10 %.</summary>
    public double RequiredFteP10 { get; init; }

    /// <summary>FTE that are enough with a probability of 50 %.</summary>
    public double RequiredFteP50 { get; init; }

    /// <summary>FTE that are enough with a probability of 90 %.</summary>
    public double RequiredFteP90 { get; init; }

    /// <summary>FTE there are, overtime included.</summary>
    public double AvailableFte { get; init; }

    /// <summary>FTE there are without overtime.</summary>
    public double RegularFte { get; init; }

    /// <summary>Regular FTE that one path in ten stays at or below.</summary>
    public double RegularFteP10 { get; init; }

    /// <summary>Regular FTE, median.</summary>
    public double RegularFteP50 { get; init; }

    /// <summary>Regular FTE that nine paths in ten stay at or below.</summary>
    public double RegularFteP90 { get; init; }

    /// <summary>Required less available FTE: more than 0 is a shortage.</summary>
    public double Gap { get; init; }

    /// <summary>The gap after overtime that nine paths in ten stay at or below, FTE.</summary>
    public double GapP90 { get; init; }

    /// <summary>Probability that people are missing, overtime up to its limit used, in [0, 1].</summary>
    public double GapProbability { get; init; }

    /// <summary>The same with the classes of the hire-by dates; null when hiring was not asked for.</summary>
    public double? GapProbabilityWithHires { get; init; }

    /// <summary>Trained people.</summary>
    public double Trained { get; init; }

    /// <summary>People in training.</summary>
    public double Trainees { get; init; }

    /// <summary>People who start.</summary>
    public double Hired { get; init; }

    /// <summary>People whose training ended.</summary>
    public double Graduates { get; init; }

    /// <summary>People who left, trained and in training.</summary>
    public double Attrition { get; init; }

    /// <summary>Trained people who came from other teams.</summary>
    public double TransferredIn { get; init; }

    /// <summary>People who went to other teams.</summary>
    public double TransferredOut { get; init; }

    /// <summary>FTE that new people do not yet do.</summary>
    public double RampLoss { get; init; }

    /// <summary>FTE on leave.</summary>
    public double Leave { get; init; }

    /// <summary>FTE of overtime needed, up to its limit.</summary>
    public double OvertimeFte { get; init; }
}

/// <summary>Hire-by dates: the smallest and latest classes with which no week that hiring can reach falls below the stated probability.</summary>
/// <param name="Level">Probability wanted in every week that people are enough.</param>
/// <param name="Heads">People hired in all classes.</param>
/// <param name="Classes">Classes by start.</param>
/// <param name="UncoveredWeeks">Weeks that no hiring within the limits brings to the level, Mondays.</param>
public sealed record CapacityHires(double Level, int Heads, IReadOnlyList<CapacityClass> Classes, IReadOnlyList<LocalDate> UncoveredWeeks);

/// <summary>A class of new people.</summary>
/// <param name="Heads">People.</param>
/// <param name="DecideBy">Monday of the week in which it must be decided.</param>
/// <param name="Start">Monday of the week in which the training starts.</param>
/// <param name="Productive">Monday of the first week after the training.</param>
public sealed record CapacityClass(int Heads, LocalDate DecideBy, LocalDate Start, LocalDate Productive);

/// <summary>How people come into a plan and how they leave it. What is left out is taken from the plan copied, or as said at each member.</summary>
public sealed record CapacityAssumptions
{
    /// <summary>People by cohort; left out for the active people of the hub (of the group: those whose first skill it is) as one experienced cohort.</summary>
    public IReadOnlyList<CapacityCohort>? Cohorts { get; init; }

    /// <summary>People who go to other teams; nobody when left out.</summary>
    public IReadOnlyList<TransferOut>? TransfersOut { get; init; }

    /// <summary>How people leave; nobody does when left out.</summary>
    public CapacityAttrition? Attrition { get; init; }

    /// <summary>Weeks from hire without output, 0 to 104; 4 when left out.</summary>
    public int? TrainingWeeks { get; init; }

    /// <summary>Output of new people after training; full at once when left out.</summary>
    public CapacityRamp? Ramp { get; init; }

    /// <summary>Share of trained people on leave, in [0, 1]: one value for every week, or one a week; 0 when left out. It must not be in the shrinkage of the
    /// requirement as well.</summary>
    public double[]? LeaveShare { get; init; }

    /// <summary>Most overtime as a share of the regular FTE, in [0, 1]: one value for every week, or one a week; 0 when left out.</summary>
    public double[]? OvertimeShare { get; init; }

    /// <summary>Paid hours of one FTE in a week, more than 0 and at most 80; 40 when left out.</summary>
    public double? WeeklyHours { get; init; }

    /// <summary>Probability wanted in every week that people are enough, more than 0 and less than 1; 0.8 when left out.</summary>
    public double? Level { get; init; }

    /// <summary>Limits of hiring; given to have hire-by dates found.</summary>
    public CapacityHiring? Hiring { get; init; }

    /// <summary>Paths of attrition, 20 to 5000; 1000 when left out.</summary>
    public int? Paths { get; init; }

    /// <summary>Seed: same seed, same plan; 1 when left out.</summary>
    public int? Seed { get; init; }

    /// <summary>These assumptions, and those of another plan where nothing is said.</summary>
    internal CapacityAssumptions Over(CapacityAssumptions other) => new()
    {
        Cohorts = Cohorts ?? other.Cohorts,
        TransfersOut = TransfersOut ?? other.TransfersOut,
        Attrition = Attrition ?? other.Attrition,
        TrainingWeeks = TrainingWeeks ?? other.TrainingWeeks,
        Ramp = Ramp ?? other.Ramp,
        LeaveShare = LeaveShare ?? other.LeaveShare,
        OvertimeShare = OvertimeShare ?? other.OvertimeShare,
        WeeklyHours = WeeklyHours ?? other.WeeklyHours,
        Level = Level ?? other.Level,
        Hiring = Hiring ?? other.Hiring,
        Paths = Paths ?? other.Paths,
        Seed = Seed ?? other.Seed,
    };
}

/// <summary>People of the same tenure. One head is one FTE.</summary>
public sealed record CapacityCohort
{
    /// <summary>starting: there when the plan starts; hired: starts with training; transferredIn: comes from another team.</summary>
    public CohortKind Kind { get; init; } = CohortKind.Starting;

    /// <summary>Shown in results.</summary>
    public string Name { get; init; } = "";

    /// <summary>People, 0 to 20,000.</summary>
    public int Heads { get; init; }

    /// <summary>First week in the plan, 0 is the plan's first; hired and transferredIn only.</summary>
    public int StartWeek { get; init; }

    /// <summary>Completed weeks since hire in the first week; starting and transferredIn only. Fewer than the training weeks means they train first.</summary>
    public int TenureWeeks { get; init; }

    /// <summary>Factor on the hazard of leaving for the exposure of their work, 0 or more; 1 is the work the attrition was measured on.</summary>
    public double ExposureFactor { get; init; } = 1;
}

/// <summary>How people leave: one of the two.</summary>
public sealed record CapacityAttrition
{
    /// <summary>Share of the people who leave within a year, at least 0 and less than 1, the same in every week.</summary>
    public double? YearlyRate { get; init; }

    /// <summary>Probability of leaving in a week by completed weeks since hire, in [0, 1]; the last value holds from there on.</summary>
    public double[]? WeeklyHazard { get; init; }
}

/// <summary>Output after training beside an experienced colleague: either start and weeks of a straight rise, or week by week.</summary>
public sealed record CapacityRamp
{
    /// <summary>Output of the first week, in [0, 1].</summary>
    public double? Start { get; init; }

    /// <summary>Weeks until full output, 0 to 104.</summary>
    public int? Weeks { get; init; }

    /// <summary>Speed by week after training, in [0, 1]; full after the last.</summary>
    public double[]? Productivity { get; init; }

    /// <summary>Share of work that need not be done again by week, in [0, 1], as long as <c>productivity</c>; all when left out.</summary>
    public double[]? Quality { get; init; }
}

/// <summary>Limits of hiring.</summary>
public sealed record CapacityHiring
{
    /// <summary>Most people who can start training in one week, 1 to 200; 0 for no hire-by dates (in a copy of a plan that has them).</summary>
    public int ClassSize { get; init; } = 12;

    /// <summary>Weeks from the decision to the start of a class, 0 to 104.</summary>
    public int LeadWeeks { get; init; } = 8;

    /// <summary>Factor on the hazard of leaving of those hired, 0 or more.</summary>
    public double ExposureFactor { get; init; } = 1;
}
