using NodaTime;

namespace Wfm.Scheduling.Simulation;

/// <summary>A mean over replications with its confidence interval.</summary>
/// <param name="Mean">Mean over the replications in which the figure exists.</param>
/// <param name="HalfWidth">Half the width of the interval (Student's t); null when it exists in one replication only.</param>
public readonly record struct Estimate(double Mean, double? HalfWidth)
{
    /// <summary>Whether the interval covers a value; without an interval, whether the mean is the value.</summary>
    public bool Covers(double value) => Math.Abs(value - Mean) <= (HalfWidth ?? 0);
}

/// <summary>What one queue, or all of them together, got. Figures that do not exist (no contacts, no threshold, no deadline) are null.</summary>
/// <remarks>Per replication: offered + opening backlog = answered + abandoned + left. Work handed back at the end of a shift waits again.</remarks>
/// <param name="Name">Name of the queue.</param>
/// <param name="Offered">Contacts that arrived.</param>
/// <param name="Opening">Contacts open at the start.</param>
/// <param name="Answered">Contacts taken up by an agent.</param>
/// <param name="AnsweredInTime">Immediate contacts answered within the threshold of the service level.</param>
/// <param name="Abandoned">Contacts that gave up waiting.</param>
/// <param name="Left">Contacts waiting at the end: the backlog.</param>
/// <param name="ServiceLevel">Share of offered contacts answered within the threshold; abandoned and waiting contacts count as missed.</param>
/// <param name="AsaSeconds">Mean wait of answered immediate contacts, in seconds.</param>
/// <param name="Abandonment">Share of offered immediate contacts that gave up.</param>
/// <param name="Occupancy">Share of their time on duty that agents with this skill spend on contacts of any queue; null when none is on duty.</param>
/// <param name="Attainment">Share of deferrable contacts done within the turnaround, of all that are done or past it.</param>
/// <param name="Breaches">Deferrable contacts not done by their deadline (the goal's latest, or the turnaround when all is due within it).</param>
/// <param name="ProbabilityOfBreach">Share of replications with at least one breach.</param>
/// <param name="FirstBreach">The earliest deadline missed in any replication, from the start of the horizon; negative for work overdue at the start.</param>
/// <param name="OldestAgeSeconds">Age at the end of the oldest contact left, in seconds; null where none is left.</param>
/// <param name="ProbabilityGoalMet">Share of replications in which every target of the queue's goal is met; in the total, of every queue.</param>
public sealed record QueueService(
    string Name, Estimate Offered, Estimate Opening, Estimate Answered, Estimate AnsweredInTime, Estimate Abandoned, Estimate Left, Estimate? ServiceLevel,
    Estimate? AsaSeconds, Estimate? Abandonment, Estimate? Occupancy, Estimate? Attainment, Estimate Breaches, double ProbabilityOfBreach,
    Duration? FirstBreach, Estimate? OldestAgeSeconds, double ProbabilityGoalMet);

/// <summary>The service a roster delivers, over all replications.</summary>
/// <param name="Seed">Seed of the random numbers.</param>
/// <param name="Replications">Repetitions.</param>
/// <param name="Confidence">Coverage of the intervals.</param>
/// <param name="Total">All queues together; the service level is over the queues that promise one.</param>
/// <param name="Queues">One entry per queue, in the scenario's order.</param>
/// <param name="OvertimeHours">Hours worked past the ends of shifts to finish the contact in hand.</param>
/// <param name="Contacts">Contacts simulated in all replications, those of the warm-up included.</param>
public sealed record ServiceReport(
    int Seed, int Replications, double Confidence, QueueService Total, IReadOnlyList<QueueService> Queues, Estimate OvertimeHours, long Contacts);
