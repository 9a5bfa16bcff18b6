using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Features.Rosters.Service;
using Wfm.Api.Features.Rosters.Stored;

namespace Wfm.Api.Features.Rosters.Proof;

/// <summary>How long and on what a roster is proven.</summary>
public sealed record ProveRosterRequest : SolveLimitsRequest
{
    /// <summary>Most rounds of raised demand and repair, 0 to 50; 0 only judges the roster and looks for what would make it hold.</summary>
    [Range(0, 50)]
    public int Rounds { get; init; } = ProofDefaults.Rounds;

    /// <summary>Rosters tried with more people, for each group whose goals do not hold, 0 to 20.</summary>
    [Range(0, 20)]
    public int Trials { get; init; } = ProofDefaults.Trials;

    /// <summary>Most replications of the last word, 2 to 500; fewer are made, but at least ten, where they would simulate more than
    /// <c>maximumContacts</c>.</summary>
    [Range(2, 500)]
    public int Replications { get; init; } = ServiceDefaults.Replications;

    /// <summary>Hours at the start whose contacts are served but not counted, 0 to 168 and less than the roster.</summary>
    [Range(0.0, 168.0)]
    public double WarmUpHours { get; init; } = ServiceDefaults.WarmUpHours;

    /// <summary>Whether the hub's shrinkage is drawn: shifts missed (unplanned) and half-hours away (planned).</summary>
    public bool Shrinkage { get; init; } = true;

    /// <summary>False: people serve the skill group their shift is planned for. True: they serve all their skills, the most urgent contact first.</summary>
    public bool AllSkills { get; init; }

    /// <summary>Work limit of one simulation in contacts, 10,000 to 100 million.</summary>
    [Range(10_000L, 100_000_000L)]
    public long MaximumContacts { get; init; } = ServiceDefaults.MaximumContacts;
}

/// <summary>The proof of a roster: which goals hold, what binds the others and what would make them hold.</summary>
/// <param name="RosterId">The roster.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Level">Probability staffed for: a goal holds when it is met at least so surely.</param>
/// <param name="Holding">Queues whose goal holds.</param>
/// <param name="Shortages">Queues whose goal does not hold, but does with more people, as simulated.</param>
/// <param name="OriginalId">The roster the loop began with.</param>
/// <param name="Changed">Whether the roster is another one.</param>
/// <param name="StopReason">Why the loop ended.</param>
/// <param name="Queues">Queue by queue, legal clocks first, what fails before what holds.</param>
/// <param name="Rounds">The rounds taken.</param>
/// <param name="Options">How the last word was simulated.</param>
/// <param name="ProvenAt">When.</param>
public sealed record RosterProofResponse(
    Guid RosterId, string Hub, double Level, int Holding, int Shortages, Guid OriginalId, bool Changed, string StopReason,
    IReadOnlyList<QueueProofResponse> Queues, IReadOnlyList<ProofRoundData> Rounds, ServiceCheckOptions Options, Instant ProvenAt)
{
    internal static RosterProofResponse From(Roster roster, string hub, ServiceCheck check)
    {
        var proof = check.Summary.Proof!;
        return new RosterProofResponse(
            roster.Id, hub, roster.RiskLevel, proof.Holding, proof.Shortages, proof.OriginalId, proof.Changed, proof.StopReason,
            [
                .. check.Queues.OrderByDescending(q => q.Goal.LegalClock).ThenBy(q => q.Verdict!.Holds).ThenBy(q => q.Queue, StringComparer.Ordinal)
                    .Select(QueueProofResponse.From),
            ],
            proof.Rounds, check.Options, check.CreatedAt);
    }
}

/// <summary>The verdict on one goal.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Group">Skill group that serves it.</param>
/// <param name="LegalClock">Whether a law sets its deadline.</param>
/// <param name="Delivered">Share in time, simulated, with its interval; null where nothing came.</param>
/// <param name="Probability">Probability that every target of the goal is met over the period, with its interval.</param>
/// <param name="BreachesPerWeek">Deferrable work: contacts expected to miss their last deadline in seven days; of a promise of all contacts, those that are
/// late.</param>
/// <param name="Verdict">The promise, whether it holds, what binds it, and what would make it hold.</param>
public sealed record QueueProofResponse(
    string Queue, string Group, bool LegalClock, MeanEstimate? Delivered, Probability Probability, double? BreachesPerWeek, QueueVerdict Verdict)
{
    internal static QueueProofResponse From(QueueServiceResult queue) => new(
        queue.Queue, queue.Group, queue.Goal.LegalClock, queue.ServiceLevel ?? queue.Turnaround, queue.ProbabilityGoalMet, queue.BreachesPerWeek,
        queue.Verdict!);
}
