using System.ComponentModel.DataAnnotations;
using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Features.Staffing.Erlang;

/// <summary>One interval of immediate work. With <c>agents</c> its figures are computed; without, the fewest agents that meet every target at once are
/// found.</summary>
public sealed record ErlangRequest
{
    /// <summary>erlangB: who finds everybody busy is lost; erlangC: everybody waits; erlangA: everybody waits until patience ends.</summary>
    [Required]
    public QueueModel? Model { get; init; }

    /// <summary>Contacts offered in the interval, 0 or more.</summary>
    [Required]
    public double? Volume { get; init; }

    /// <summary>Length of the interval in minutes, more than 0.</summary>
    public double IntervalMinutes { get; init; } = 30;

    /// <summary>Average handle time in seconds, more than 0; of a chat that has its agent alone.</summary>
    [Required]
    public double? AhtSeconds { get; init; }

    /// <summary>Agents working, more than 0, not necessarily whole; left out to have them found.</summary>
    public double? Agents { get; init; }

    /// <summary>Wait in seconds within which a contact counts as answered in time, 0 or more (erlangC, erlangA).</summary>
    public double? ThresholdSeconds { get; init; }

    /// <summary>Mean time in seconds a contact is ready to wait, more than 0; needed by erlangA and by no other model.</summary>
    public double? PatienceSeconds { get; init; }

    /// <summary>Target: share answered within <c>thresholdSeconds</c>, more than 0 and less than 1 (erlangC, erlangA).</summary>
    public double? ServiceLevel { get; init; }

    /// <summary>Target: longest mean wait of answered contacts in seconds, more than 0 (erlangC, erlangA).</summary>
    public double? MaximumAsaSeconds { get; init; }

    /// <summary>Target: largest share of time on contacts, more than 0 and at most 1 (erlangC, erlangA).</summary>
    public double? MaximumOccupancy { get; init; }

    /// <summary>Target: largest share that gives up, more than 0 and less than 1 (erlangA).</summary>
    public double? MaximumAbandonment { get; init; }

    /// <summary>Target: largest share that is lost, more than 0 and less than 1 (erlangB).</summary>
    public double? MaximumBlocking { get; init; }

    /// <summary>Contacts an agent handles at once, 1 to 20; more than 1 for chat.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>By how much each further contact at once lengthens all of them, a fraction of the handle time in [0, 1].</summary>
    public double InflationPerSlot { get; init; }

    /// <summary>Paid time planned away from work, a fraction at least 0 and less than 1.</summary>
    public double PlannedShrinkage { get; init; }

    /// <summary>Paid time lost unplanned, a fraction of the remaining time, at least 0 and less than 1.</summary>
    public double UnplannedShrinkage { get; init; }
}

/// <summary>Figures of one interval, and what one or two agents more or less would change.</summary>
/// <param name="Model">The model.</param>
/// <param name="OfferedLoad">Volume × handle time ÷ interval, in erlangs: contacts in hand at once if nobody ever waited.</param>
/// <param name="Found">True where the agents are the fewest that meet the targets, false where they were given.</param>
/// <param name="Result">Figures with these agents.</param>
/// <param name="Sensitivity">The same with two agents fewer to two more; fewer than one is left out.</param>
public sealed record ErlangResponse(QueueModel Model, double OfferedLoad, bool Found, ErlangFigures Result, IReadOnlyList<ErlangFigures> Sensitivity);

/// <summary>What a number of agents gives. A figure that the model does not have, or that has no steady state, is null.</summary>
/// <param name="Agents">Agents working.</param>
/// <param name="Slots">Contacts they can handle at once: agents × concurrency.</param>
/// <param name="PaidHeads">People on the payroll for them: agents ÷ (1 − shrinkage).</param>
/// <param name="WholeHeads">The same rounded up to whole people.</param>
/// <param name="Stable">False where the queue grows without end: erlangC with no more slots than erlangs.</param>
/// <param name="MeetsTargets">Whether every target given is met; null without targets.</param>
/// <param name="Occupancy">Share of working time on contacts, in [0, 1].</param>
/// <param name="ServiceLevel">Share of offered contacts answered within the threshold.</param>
/// <param name="ServiceLevelOfAnswered">The same as a share of answered contacts.</param>
/// <param name="AsaSeconds">Mean wait of answered contacts in seconds.</param>
/// <param name="WaitP90Seconds">The wait in seconds that nine in ten contacts do not exceed.</param>
/// <param name="ProbabilityOfWait">Share of contacts that find everybody busy.</param>
/// <param name="QueueLength">Mean number of contacts waiting.</param>
/// <param name="Abandonment">Share of contacts that give up.</param>
/// <param name="Blocking">Share of contacts that are lost (erlangB).</param>
public sealed record ErlangFigures(
    double Agents, double Slots, double PaidHeads, double WholeHeads, bool Stable, bool? MeetsTargets, double Occupancy, double? ServiceLevel,
    double? ServiceLevelOfAnswered, double? AsaSeconds, double? WaitP90Seconds, double? ProbabilityOfWait, double? QueueLength, double? Abandonment,
    double? Blocking);
