using NodaTime;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Floor.Actions;

namespace Wfm.Api.Features.Today.Actions;

/// <summary>What could be done about a day at a moment, as it was ranked then. It refers to the roster as it was; a later one has to be looked at
/// anew.</summary>
public sealed class RecommendationSet
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid HubId { get; init; }

    /// <summary>The roster that it would edit.</summary>
    public Guid RosterId { get; init; }

    /// <summary>Version of the roster that it was made for.</summary>
    public int RosterVersion { get; init; }

    /// <summary>The moment that it is about.</summary>
    public Instant At { get; init; }
    public Instant MadeAt { get; init; }

    /// <summary>Name of the key.</summary>
    public required string MadeBy { get; init; }

    /// <summary>What the queues end with if nothing is done.</summary>
    public List<QueueOutcome> Nothing { get; init; } = [];

    /// <summary>The best first.</summary>
    public List<Recommendation> Actions { get; init; } = [];

    /// <summary>Number of the action that was done; null for none. Each is for the roster as it was, so one of them is done at most.</summary>
    public int? Applied { get; init; }

    /// <summary>Number of the edit in the history of the roster that did it; null for none.</summary>
    public int? Edit { get; init; }
}

/// <summary>What a queue is likely to end its day with.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Share">Mean share in time over the day; null when no contact counts.</param>
/// <param name="ProbabilityGoalMet">Probability that the day meets every target of the goal.</param>
/// <param name="Late">Contacts of the rest of the day that miss their deadline.</param>
/// <param name="Abandoned">Contacts of the rest of the day that give up.</param>
/// <param name="ClockProbability">Probability that a clock runs out before the end of the day.</param>
public sealed record QueueOutcome(string Queue, double? Share, double ProbabilityGoalMet, double Late, double Abandoned, double ClockProbability);

/// <summary>Something that could be done.</summary>
/// <param name="Number">Its place in the ranking, from 1.</param>
/// <param name="Kind">Which kind of action.</param>
/// <param name="Group">Skill group whose gap it is about.</param>
/// <param name="Start">Start of the gap.</param>
/// <param name="End">End of the gap, exclusive.</param>
/// <param name="GapHours">Head-hours missing in the gap, or spare where people may go.</param>
/// <param name="MissingHours">Change of missing head-hours of all groups in the rest of the day; below zero it fills.</param>
/// <param name="PaidHours">Change of paid hours.</param>
/// <param name="Cost">What it costs in paid hours, premiums and disruption included; below zero it saves.</param>
/// <param name="Worth">Missing head-hours taken away at their price, less the cost, in paid hours.</param>
/// <param name="NoticeMinutes">Minutes from the moment of the ranking to the first change.</param>
/// <param name="Days">The days of people before and after.</param>
/// <param name="Outcome">What the queues end with if it is done; null where it was not among the best, which alone are simulated.</param>
/// <param name="GoalsGained">Change of the probabilities that goals are met, summed over the queues; null where it was not simulated.</param>
/// <param name="Alternatives">Numbers of actions of which only one makes sense: about the same gap, or by the same people.</param>
/// <param name="Others">Days of others who could do it in place of somebody, the best first; empty where nobody is asked.</param>
public sealed record Recommendation(
    int Number, FloorActionKind Kind, string Group, Instant Start, Instant End, double GapHours, double MissingHours, double PaidHours, double Cost,
    double Worth, double NoticeMinutes, IReadOnlyList<EditedDayData> Days, IReadOnlyList<QueueOutcome>? Outcome, double? GoalsGained,
    IReadOnlyList<int> Alternatives, IReadOnlyList<EditedDayData> Others);
