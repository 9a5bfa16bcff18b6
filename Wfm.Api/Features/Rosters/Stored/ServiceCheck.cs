using NodaTime;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>The service a roster delivers, as simulated; never changed, a newer check stands beside it.</summary>
public sealed class ServiceCheck
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid RosterId { get; init; }
    public required ServiceCheckOptions Options { get; init; }
    public required ServiceCheckSummary Summary { get; init; }
    public List<QueueServiceResult> Queues { get; init; } = [];
    public Instant CreatedAt { get; init; }
    public Guid? JobId { get; init; }
}

/// <summary>How the check was made; the same options, data and roster give the same result.</summary>
public sealed record ServiceCheckOptions
{
    /// <summary>Replications: each is a sample path of the forecast, with random moments, handle times, patience and absences of its own.</summary>
    public int Replications { get; init; }

    /// <summary>Seed of everything random.</summary>
    public int Seed { get; init; }

    /// <summary>Contacts that arrive in the first hours are served but not counted: nobody knows all that was left from before.</summary>
    public double WarmUpHours { get; init; }

    /// <summary>True where the hub's shrinkage is drawn: shifts missed (unplanned) and half-hours away (planned).</summary>
    public bool Shrinkage { get; init; }

    /// <summary>False where people serve only the skill group their shift is planned for; true where idle people serve all their skills.</summary>
    public bool AllSkills { get; init; }

    /// <summary>Confidence of the intervals, in (0, 1).</summary>
    public double Confidence { get; init; }
}

/// <summary>The figures a manager asks first.</summary>
public sealed record ServiceCheckSummary
{
    /// <summary>Queues checked.</summary>
    public int Queues { get; init; }

    /// <summary>Queues whose goal over the whole period is met with at least the probability of the roster's risk level.</summary>
    public int QueuesMeetingGoal { get; init; }

    /// <summary>Probability that every queue meets its goal over the whole period.</summary>
    public Probability ProbabilityEveryGoalMet { get; init; } = new(0, 0, 0);

    /// <summary>Legal clocks among the queues.</summary>
    public int LegalClocks { get; init; }

    /// <summary>Lowest probability with which the goal of one of them is met; null without legal clocks.</summary>
    public double? LowestLegalProbability { get; init; }

    /// <summary>Code of the queue that fares worst: lowest probability, then lowest share in time.</summary>
    public string WorstQueue { get; init; } = "";

    /// <summary>Share of working time spent on contacts, all people, mean.</summary>
    public double? Occupancy { get; init; }

    /// <summary>Hours worked past the ends of shifts to finish the contact in hand, mean.</summary>
    public double OvertimeHours { get; init; }

    /// <summary>Contacts simulated in all replications.</summary>
    public long Contacts { get; init; }

    /// <summary>When the check was made.</summary>
    public Instant CheckedAt { get; init; }

    /// <summary>The loop of roster and simulation whose last word this is; null for a check alone.</summary>
    public ProofSummary? Proof { get; init; }
}

/// <summary>A share of replications, with Wilson's interval at the confidence of the check.</summary>
/// <param name="Mean">Share of replications, in [0, 1].</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
public sealed record Probability(double Mean, double Low, double High)
{
    private const double Z95 = 1.959963984540054; // of the standard normal, two-sided 95 %

    /// <summary>Wilson's score interval. Source: E. B. Wilson, “Probable inference, the law of succession, and statistical inference”, JASA 22 (1927),
    /// 209–212.</summary>
    internal static Probability Of(double share, int replications)
    {
        const double Square = Z95 * Z95;
        var middle = (share + (Square / (2 * replications))) / (1 + (Square / replications));
        var half = Z95 / (1 + (Square / replications)) * Math.Sqrt((share * (1 - share) / replications) + (Square / (4.0 * replications * replications)));
        return new Probability(share, share <= 0 ? 0 : middle - half, share >= 1 ? 1 : middle + half); // the ends are exact there, but for rounding
    }
}

/// <summary>A mean over replications, with its interval at the confidence of the check.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="Low">Lower end; null where the figure exists in one replication only.</param>
/// <param name="High">Upper end; null where the figure exists in one replication only.</param>
public sealed record MeanEstimate(double Mean, double? Low, double? High);

/// <summary>What one queue gets from the roster. Figures it does not have are null.</summary>
public sealed record QueueServiceResult
{
    /// <summary>Code of the queue.</summary>
    public required string Queue { get; init; }

    /// <summary>Skill group that serves it.</summary>
    public required string Group { get; init; }

    /// <summary>Immediate or deferrable work.</summary>
    public WorkKind Kind { get; init; }

    /// <summary>The promise checked.</summary>
    public required QueueGoal Goal { get; init; }

    /// <summary>Probability that every target of the goal is met over the whole period.</summary>
    public required Probability ProbabilityGoalMet { get; init; }

    /// <summary>Deferrable work: probability that no contact at all misses its last deadline (the turnaround; twice it for the share that may take
    /// longer).</summary>
    public Probability? ProbabilityNoBreach { get; init; }

    /// <summary>Contacts that arrive, mean of the replications.</summary>
    public double Offered { get; init; }

    /// <summary>Immediate work: share of offered contacts answered within the threshold.</summary>
    public MeanEstimate? ServiceLevel { get; init; }

    /// <summary>Immediate work: mean wait of answered contacts in seconds.</summary>
    public MeanEstimate? AsaSeconds { get; init; }

    /// <summary>Immediate work: share of offered contacts that give up.</summary>
    public MeanEstimate? Abandonment { get; init; }

    /// <summary>Deferrable work: share done within the turnaround, of all that are done or past it.</summary>
    public MeanEstimate? Turnaround { get; init; }

    /// <summary>Deferrable work: contacts that miss their last deadline.</summary>
    public MeanEstimate? Breaches { get; init; }

    /// <summary>Deferrable work: contacts expected to miss their last deadline in seven days; of a promise of all contacts, those that are late.</summary>
    public double? BreachesPerWeek { get; init; }

    /// <summary>Deferrable work: share of the contacts of a period that must be in time for it to keep the promise: the promise itself, or what stands for all
    /// of them.</summary>
    public double? JudgedFraction { get; init; }

    /// <summary>Earliest deadline missed in any replication.</summary>
    public Instant? FirstBreach { get; init; }

    /// <summary>Share of working time that people who serve the queue spend on contacts of any queue.</summary>
    public MeanEstimate? Occupancy { get; init; }

    /// <summary>Contacts waiting at the end.</summary>
    public MeanEstimate? Backlog { get; init; }

    /// <summary>The day with the lowest expected share in time; null where no day has one.</summary>
    public QueueServiceDay? WorstDay { get; init; }

    /// <summary>Day by day, by the day contacts arrive.</summary>
    public List<QueueServiceDay> Days { get; init; } = [];

    /// <summary>Whether the goal holds, what binds it and what would make it hold; null for a check alone.</summary>
    public QueueVerdict? Verdict { get; init; }
}

/// <summary>A queue on one day.</summary>
/// <param name="Date">Local day.</param>
/// <param name="Offered">Contacts that arrive and whose promise falls within the period, mean.</param>
/// <param name="InTime">Expected share of them answered within the threshold or done within the turnaround; null without such a promise or without
/// contacts.</param>
/// <param name="ProbabilityMet">Share of replications in which the promised share was reached on the day; null where inTime is.</param>
public sealed record QueueServiceDay(LocalDate Date, double Offered, double? InTime, double? ProbabilityMet);
