using System.ComponentModel.DataAnnotations;

namespace Wfm.Api.Features.Staffing.Erlang;

/// <summary>Immediate queues that the same agents serve, in one interval.</summary>
public sealed record ErlangPoolRequest
{
    /// <summary>1 to 50 queues.</summary>
    [Required, MinLength(1), MaxLength(50)]
    public required IReadOnlyList<ErlangPoolQueue> Queues { get; init; }

    /// <summary>Length of the interval in minutes, more than 0.</summary>
    public double IntervalMinutes { get; init; } = 30;

    /// <summary>Paid time planned away from work, a fraction at least 0 and less than 1.</summary>
    public double PlannedShrinkage { get; init; }

    /// <summary>Paid time lost unplanned, a fraction of the remaining time, at least 0 and less than 1.</summary>
    public double UnplannedShrinkage { get; init; }
}

/// <summary>One queue of a pool with its promise: at least one of the targets. Contacts are taken to be patient, which errs on the safe side.</summary>
public sealed record ErlangPoolQueue
{
    /// <summary>Name, shown in the answer.</summary>
    [Required]
    public required string Name { get; init; }

    /// <summary>Contacts offered in the interval, 0 or more.</summary>
    [Required]
    public double? Volume { get; init; }

    /// <summary>Average handle time in seconds, more than 0; of a chat that has its agent alone.</summary>
    [Required]
    public double? AhtSeconds { get; init; }

    /// <summary>1 to 9; 1 is served first, queues of one priority first come first served.</summary>
    [Range(1, 9)]
    public int Priority { get; init; } = 1;

    /// <summary>Target: share answered within <c>thresholdSeconds</c>, more than 0 and less than 1.</summary>
    public double? ServiceLevel { get; init; }

    /// <summary>Wait in seconds within which a contact counts as answered in time, 0 or more; given exactly when the service level is.</summary>
    public double? ThresholdSeconds { get; init; }

    /// <summary>Target: longest mean wait in seconds, more than 0.</summary>
    public double? MaximumAsaSeconds { get; init; }

    /// <summary>Target: largest share of the agents' time on contacts, more than 0 and at most 1; the strictest of the queues holds for the pool.</summary>
    public double? MaximumOccupancy { get; init; }

    /// <summary>Contacts an agent handles at once, 1 to 20; more than 1 for chat.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>By how much each further contact at once lengthens all of them, a fraction of the handle time in [0, 1].</summary>
    public double InflationPerSlot { get; init; }
}

/// <summary>The fewest agents that keep every queue's promise at once, next to a team of its own for every queue. Agents are on the phone, before
/// shrinkage.</summary>
/// <param name="OfferedLoad">Load of all queues together in erlangs of agents: agents who are never idle.</param>
/// <param name="Agents">Agents of the pool, each with every skill. Two skills each, spread so that the queues hang together, need hardly more.</param>
/// <param name="Occupancy">Share of their time on contacts, in [0, 1]; 0 without agents.</param>
/// <param name="PaidHeads">People on the payroll for them: agents ÷ (1 − shrinkage).</param>
/// <param name="WholeHeads">The same rounded up to whole people.</param>
/// <param name="SeparateAgents">Agents if every queue had a team of its own.</param>
/// <param name="SeparateWholeHeads">People on the payroll for these, each team rounded up.</param>
/// <param name="PoolingGain">Agents the pool saves: separateAgents − agents. Negative where one strict queue makes all others follow it; then keep it
/// apart.</param>
/// <param name="Queues">By queue, in the order given.</param>
public sealed record ErlangPoolResponse(
    double OfferedLoad, int Agents, double Occupancy, double PaidHeads, double WholeHeads, int SeparateAgents, double SeparateWholeHeads, double PoolingGain,
    IReadOnlyList<ErlangPoolService> Queues);

/// <summary>One queue in the pool. Service levels are within two points of a simulation where every queue keeps a promise of seconds; some points too high
/// where queues of far longer contacts fill the agents.</summary>
/// <param name="Name">Name of the queue.</param>
/// <param name="OfferedLoad">Its load in erlangs of agents.</param>
/// <param name="ServiceLevel">Share of its contacts answered within its threshold; null without a threshold or contacts.</param>
/// <param name="AsaSeconds">Mean wait of its contacts in seconds; null without contacts.</param>
/// <param name="PrimaryAgents">Agents of the pool whose first skill should be the queue, fractional; they add up to the pool.</param>
/// <param name="SeparateAgents">Agents if the queue had a team of its own.</param>
public sealed record ErlangPoolService(string Name, double OfferedLoad, double? ServiceLevel, double? AsaSeconds, double PrimaryAgents, int SeparateAgents);
