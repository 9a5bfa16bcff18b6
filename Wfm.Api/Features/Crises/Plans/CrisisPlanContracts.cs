using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Scheduling.Crises;

namespace Wfm.Api.Features.Crises.Plans;

/// <summary>What to plan for.</summary>
public sealed record PlanCrisisRequest
{
    /// <summary>The moment from which rosters may change; now when left out, and not before now.</summary>
    public Instant? From { get; init; }

    /// <summary>Hours to plan for, 1 to 72.</summary>
    [Range(1, 72)]
    public int Hours { get; init; } = 24;

    /// <summary>The work beyond what is expected; left out for what the outlook of the crisis says of the queues that it is about.</summary>
    [MaxLength(100)]
    public IReadOnlyList<SurgeRequest> Surges { get; init; } = [];

    /// <summary>Whether any hub of the crisis may work the surge of a group that it has, which the routing of contacts has to follow; false: only what is
    /// routed globally is shared, the rest is worked where it arrives. Heads are of no hub and always shared.</summary>
    public bool Shared { get; init; } = true;

    /// <summary>Probability with which the heads of a learned surge are enough, hour by hour.</summary>
    [Range(0.5, 0.99)]
    public double RiskLevel { get; init; } = 0.8;

    /// <summary>Seed of the searches; the same input and seed give the same plan.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; init; } = 1;

    /// <summary>Work limit of the search at each hub.</summary>
    [Range(0, 10_000_000)]
    public long MovesPerHub { get; init; } = JointPlanOptions.DefaultMoves;
}

/// <summary>Work of a skill group beyond what is expected: as a multiple of what the hubs expect, or in heads.</summary>
public sealed record SurgeRequest
{
    /// <summary>Skill group.</summary>
    /// <example>sensitive-en</example>
    [Required]
    public string Group { get; init; } = "";

    /// <summary>All work of the group as a multiple of what the rosters expect hour by hour, above 1 and up to 20; left out where heads are given.</summary>
    /// <example>3</example>
    [Range(1.01, 20)]
    public double? Factor { get; init; }

    /// <summary>Heads needed on top, hour by hour from the start on; left out where a factor is given.</summary>
    public IReadOnlyList<double>? Heads { get; init; }

    /// <summary>What a missing hour of it costs, as a multiple of one of other work of the group, 1 to 100: legal clocks and severe content go first.</summary>
    [Range(1, 100)]
    public double Urgency { get; init; } = 2;
}

/// <summary>What somebody answered.</summary>
public sealed record AnswerPlanRequest
{
    /// <summary>Yes or no.</summary>
    [Required]
    public bool? Accepted { get; init; }
}

/// <summary>Why a plan is put in force.</summary>
public sealed record ApplyPlanRequest
{
    /// <summary>Why; people read it in the history of the roster.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }
}

/// <summary>What the hubs of a crisis could do together.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Crisis">Identity of the crisis.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="MadeBy">Name of the key.</param>
/// <param name="From">The moment from which rosters change.</param>
/// <param name="Hours">Hours that are planned for.</param>
/// <param name="PeopleChanged">People whose days change.</param>
/// <param name="Surges">The work beyond what is expected, and how far it is met.</param>
/// <param name="Hubs">What each hub does, and who is to be asked.</param>
/// <param name="Effect">Clocks and service of the queues before and after, those that lend people included.</param>
/// <param name="Answers">What people answered, in order of time.</param>
/// <param name="Applied">Hubs at which it was put in force.</param>
public sealed record CrisisPlanResponse(
    Guid Id, Guid Crisis, Instant MadeAt, string MadeBy, Instant From, int Hours, int PeopleChanged, IReadOnlyList<PlannedSurge> Surges,
    IReadOnlyList<PlannedHelp> Hubs, PlannedEffect Effect, IReadOnlyList<PlanAnswer> Answers, IReadOnlyList<PlanApplied> Applied)
{
    internal static CrisisPlanResponse Of(CrisisPlan plan) => new(
        plan.Id, plan.CrisisId, plan.MadeAt, plan.MadeBy, plan.From, plan.Hours,
        plan.Hubs.Sum(h => h.Moves.Select(m => m.Day.Agent).Distinct(StringComparer.Ordinal).Count()), plan.Surges, plan.Hubs, plan.Effect,
        plan.Answers, plan.Applied);
}

/// <summary>What has been taken down of an answer, and who is next in line after a no.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="Accepted">Yes or no.</param>
/// <param name="NextInLine">Who else could do the work, the best first: whom no rule stops and the plan does not ask. Empty after a yes.</param>
public sealed record PlanAnswerResponse(string Agent, bool Accepted, IReadOnlyList<NextInLine> NextInLine);

/// <summary>Somebody who could do it instead.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="CoveredMinutes">Minutes of the work that would be done.</param>
/// <param name="After">The shift as it would be.</param>
public sealed record NextInLine(string Agent, double CoveredMinutes, EditedShift After);
