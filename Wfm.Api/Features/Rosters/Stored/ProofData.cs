using NodaTime;
using Wfm.Api.Features.Setup.Agents;

namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>How the loop of roster and simulation went.</summary>
/// <param name="Holding">Queues whose goal holds: met with at least the probability of the roster's risk level.</param>
/// <param name="Shortages">Queues whose goal does not hold, but does with more people, as simulated.</param>
/// <param name="Changed">Whether the roster is another one than the loop began with.</param>
/// <param name="OriginalId">The roster it began with.</param>
/// <param name="StopReason">everyGoalHolds, nothingImproves, roundLimit, timeLimit or onlyJudged.</param>
/// <param name="Rounds">The rounds taken.</param>
public sealed record ProofSummary(int Holding, int Shortages, bool Changed, Guid OriginalId, string StopReason, IReadOnlyList<ProofRoundData> Rounds);

/// <summary>One round: demand raised where goals fail, the roster repaired, simulated, kept or not.</summary>
/// <param name="Round">Number, from 1.</param>
/// <param name="RaisedHours">Head-hours asked for beyond what the roster gave.</param>
/// <param name="Changed">Agent-days that the repair changed.</param>
/// <param name="Moves">Moves of the repair.</param>
/// <param name="Holding">Goals that hold on the seeds that steer.</param>
/// <param name="Deficit">How far the goals are from holding, in probability and share in time, legal clocks counted four times; 0 when all hold.</param>
/// <param name="Kept">Whether the round was an improvement.</param>
public sealed record ProofRoundData(int Round, double RaisedHours, int Changed, long Moves, int Holding, double Deficit, bool Kept);

/// <summary>The verdict on one goal.</summary>
/// <param name="Holds">Whether it is met with at least the probability of the roster's risk level.</param>
/// <param name="Promised">Share promised in time; null where the goal names none.</param>
/// <param name="Judged">Share of the contacts of a period that must be in time for it to keep the promise: the promise itself, or what stands for all of them
/// (<c>goal.judgedFraction</c>, 0.999 unless the queue says otherwise); null where the goal names none.</param>
/// <param name="ProbabilityBefore">Probability that the roster met it before the loop.</param>
/// <param name="Binding">What stands in the way; null when it holds.</param>
/// <param name="Remedy">People with whom it holds, rostered and simulated; null when it holds without, or nothing was tried.</param>
/// <param name="PromiseKept">The largest share in whole percent that this roster keeps as surely, simulated; null when the goal holds or no share
/// helps.</param>
/// <param name="WouldHold">What would make it hold, in words; null when it holds or nothing was found.</param>
public sealed record QueueVerdict(
    bool Holds, double? Promised, double? Judged, double ProbabilityBefore, GoalBinding? Binding, GoalRemedy? Remedy, double? PromiseKept, string? WouldHold);

/// <summary>What keeps a goal from holding.</summary>
/// <param name="Reason">noSuchPeople, allAtWork, theseHours, leave, rule, minimum, neededElsewhere, fixed or notPlanned; closed or handleTime where no number
/// of people is enough.</param>
/// <param name="Rule">Code of the rule, when it is one.</param>
/// <param name="From">Start of the hours in which most is missed.</param>
/// <param name="To">End of them.</param>
/// <param name="MissedShare">Share of all that is missed that falls into these hours, 0 to 1.</param>
/// <param name="Blocked">People with the skill at the worst moments, by what stops them.</param>
/// <param name="Message">In words.</param>
public sealed record GoalBinding(
    string Reason, string? Rule, Instant From, Instant To, double MissedShare, IReadOnlyList<BlockedPeople> Blocked, string Message);

/// <summary>A share of the people with the skill who are stopped for one reason.</summary>
/// <param name="Reason">As in the binding.</param>
/// <param name="Rule">Code of the rule, when it is one.</param>
/// <param name="Share">Share of them, 0 to 1.</param>
public sealed record BlockedPeople(string Reason, string? Rule, double Share);

/// <summary>People added to a group.</summary>
/// <param name="Group">The skill group.</param>
/// <param name="People">How many.</param>
/// <param name="Contract">Code of the contract they have.</param>
/// <param name="AnyTemplate">Whether they work any shift template, because those of the contract do not reach the hours.</param>
/// <param name="Templates">Shift templates that the roster gives them, the most frequent first.</param>
/// <param name="Probability">Lowest probability of the group's goals with them.</param>
/// <param name="Holds">Whether all of them hold; false when the most that was tried does not do.</param>
/// <param name="Skills">What each of them can work on.</param>
/// <param name="WithOneFewer">Lowest probability with one person fewer, rostered and simulated as well; null where the trials ended before.</param>
public sealed record GoalRemedy(
    string Group, int People, string Contract, bool AnyTemplate, IReadOnlyList<string> Templates, double Probability, bool Holds,
    IReadOnlyList<AgentSkillData> Skills, double? WithOneFewer);
