using System.Globalization;
using System.Text.Json.Serialization;
using NodaTime;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Simulation;
using AgentSkill = Wfm.Scheduling.Problem.AgentSkill;

namespace Wfm.Scheduling.Proof;

/// <summary>A roster, what it delivers, and for every goal that does not hold what stands in the way and what would make it hold.</summary>
/// <param name="Roster">The final roster, judged by the demand it was made for; its gaps and conflicts are looked behind when it is another one.</param>
/// <param name="IsChanged">Whether it is another one than at the start.</param>
/// <param name="Service">The service of the final roster, on the seeds that judge.</param>
/// <param name="Queues">One verdict a queue, in the order of the work.</param>
/// <param name="Rounds">The rounds taken.</param>
/// <param name="StopReason">Why the loop ended.</param>
public sealed record ProofResult(
    RosterResult Roster, bool IsChanged, RosterService Service, IReadOnlyList<QueueProof> Queues, IReadOnlyList<ProofRound> Rounds, ProofStop StopReason)
{
    /// <summary>Queues whose goal holds.</summary>
    public int Holding => Queues.Count(q => q.Holds);

    /// <summary>Queues whose goal does not hold, but does with more people, as simulated.</summary>
    public int ProvenShortages => Queues.Count(q => !q.Holds && q.Remedy is { Holds: true });
}

/// <summary>The verdict on one goal.</summary>
/// <param name="Queue">Name of the queue.</param>
/// <param name="Group">Skill group that serves it.</param>
/// <param name="LegalClock">Whether a law sets its deadline.</param>
/// <param name="Promised">Share promised in time; <see langword="null"/> where the goal names none.</param>
/// <param name="Judged">Share in time with which a replication meets it: the promise, or what stands for all; <see langword="null"/> where the goal names
/// none.</param>
/// <param name="Delivered">Share in time, simulated; <see langword="null"/> where nothing came.</param>
/// <param name="Probability">Share of replications in which the goal is met.</param>
/// <param name="ProbabilityBefore">The same for the roster at the start.</param>
/// <param name="Holds">Whether the goal is met as surely as it was staffed for.</param>
public sealed record QueueProof(
    string Queue, string Group, bool LegalClock, double? Promised, double? Judged, Estimate? Delivered, double Probability,
    double ProbabilityBefore, bool Holds)
{
    /// <summary>What stands in the way; <see langword="null"/> when the goal holds.</summary>
    public ProofBinding? Binding { get; init; }

    /// <summary>People with whom it holds, as simulated; <see langword="null"/> when it holds without, or none were found.</summary>
    public AddedPeople? Remedy { get; init; }

    /// <summary>A promise that this roster keeps: the largest whole percent that is met as surely as staffed for, as simulated; <see langword="null"/>
    /// when the goal holds or no share helps (a last deadline is missed too).</summary>
    public double? PromiseKept { get; init; }

    /// <summary>What would make the goal hold, in words; <see langword="null"/> when it holds, or nothing was found.</summary>
    public string? WouldHold
    {
        get
        {
            var people = Remedy is not { Holds: true } more ? null
                : $"{more.People} more for {more.Group}, contract {more.Contract}{(more.AnyTemplate ? " with any shift template" : "")}"
                    + (more.Templates.Count > 0 ? $", rostered mostly as {string.Join(" and ", more.Templates.Take(2))}" : "");
            var promise = PromiseKept is { } kept ? $"a promise of {Percent(kept)} % instead of {Percent(Promised!.Value)} %" : null;
            string[] known = [.. new[] { people, Holds ? null : Binding?.WhatHelps, promise }.OfType<string>()];
            return known.Length == 0 ? null : string.Join("; or ", known);
        }
    }

    private static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>What keeps a goal from holding.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Rule">Code of the rule, when it is one.</param>
/// <param name="From">Start of the hours in which most is missed.</param>
/// <param name="To">End of them.</param>
/// <param name="MissedShare">Share of all that is missed that falls into these hours, 0 to 1.</param>
/// <param name="Blocked">People with the skill at the worst moments, by what stops them, as shares that add up to 1.</param>
/// <param name="Message">In words.</param>
public sealed record ProofBinding(
    BindingReason Reason, string? Rule, Instant From, Instant To, double MissedShare, IReadOnlyList<BlockedShare> Blocked, string Message)
{
    /// <summary>What would help where people do not, in words; else <see langword="null"/>.</summary>
    public string? WhatHelps { get; init; }

    /// <summary>The same hours, but what binds is that no number of people is enough.</summary>
    internal ProofBinding Because((BindingReason Reason, string Message, string WhatHelps) limit) =>
        this with { Reason = limit.Reason, Rule = null, Message = limit.Message, WhatHelps = limit.WhatHelps };
}

/// <summary>A share of the people with the skill who are stopped for one reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Rule">Code of the rule, when it is one.</param>
/// <param name="Share">Share of them, 0 to 1.</param>
public sealed record BlockedShare(BindingReason Reason, string? Rule, double Share);

/// <summary>What binds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BindingReason>))]
public enum BindingReason
{
    /// <summary>Nobody has the skill.</summary>
    NoSuchPeople,

    /// <summary>Everybody with the skill is at work already.</summary>
    AllAtWork,

    /// <summary>Nobody with the skill can work at these hours: no template, availability or employment.</summary>
    TheseHours,

    /// <summary>People are on leave.</summary>
    Leave,

    /// <summary>A rule forbids every shift that would help.</summary>
    Rule,

    /// <summary>People are held at other hours of the day, where a minimum of people must be there.</summary>
    Minimum,

    /// <summary>The clock runs while it is closed, so that no number of people keeps the promise.</summary>
    Closed,

    /// <summary>Handling takes too long for the promise, so that no number of people keeps it.</summary>
    HandleTime,

    /// <summary>People are needed at other hours or for other groups: what moves here is missed there.</summary>
    NeededElsewhere,

    /// <summary>The days are pinned or published.</summary>
    Fixed,

    /// <summary>No demand is planned for the group.</summary>
    NotPlanned,
}

/// <summary>People added to a group with whom its goals hold.</summary>
/// <param name="Group">The group.</param>
/// <param name="People">How many.</param>
/// <param name="Contract">Code of the contract they have.</param>
/// <param name="AnyTemplate">Whether they work any shift template, because those of the contract do not reach the hours.</param>
/// <param name="Templates">Shift templates that the roster gives them, the most frequent first.</param>
/// <param name="Probability">Lowest probability of the group's goals with them, as simulated.</param>
/// <param name="Holds">Whether the goals hold with them; false: the most that was tried does not do.</param>
public sealed record AddedPeople(
    string Group, int People, string Contract, bool AnyTemplate, IReadOnlyList<string> Templates, double Probability, bool Holds)
{
    /// <summary>What each of them can work on.</summary>
    public required IReadOnlyList<AgentSkill> Skills { get; init; }

    /// <summary>Lowest probability with one person fewer, rostered and simulated as well; <see langword="null"/> where the trials ended before.</summary>
    public double? WithOneFewer { get; init; }
}

/// <summary>One round: the demand raised, the roster repaired, simulated, kept or not.</summary>
/// <param name="Round">Number, from 1.</param>
/// <param name="RaisedHours">Head-hours asked for beyond what the roster gave.</param>
/// <param name="Changed">Agent-days that the repair changed.</param>
/// <param name="Moves">Moves of the repair.</param>
/// <param name="Holding">Goals that hold on the seeds that steer, if the round is kept or not.</param>
/// <param name="Deficit">How far the goals are from holding; the loop lowers it.</param>
/// <param name="IsKept">Whether the round was an improvement.</param>
public sealed record ProofRound(int Round, double RaisedHours, int Changed, long Moves, int Holding, double Deficit, bool IsKept);

/// <summary>Why the loop ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProofStop>))]
public enum ProofStop
{
    /// <summary>Every goal holds.</summary>
    EveryGoalHolds,

    /// <summary>Nothing improves any more: what does not hold is bound.</summary>
    NothingImproves,

    /// <summary>The rounds are used up.</summary>
    RoundLimit,

    /// <summary>The time is used up.</summary>
    TimeLimit,

    /// <summary>Nothing may change.</summary>
    OnlyJudged,
}
