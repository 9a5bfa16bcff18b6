using System.Text.Json.Serialization;
using NodaTime;

namespace Wfm.Scheduling.Explanation;

/// <summary>A smallest set of facts that cannot all hold: a proof that something asked of a roster is impossible, not merely not found.</summary>
/// <param name="Kind">What cannot be had.</param>
/// <param name="AgentId">The agent concerned; <see langword="null"/> for a group's presence.</param>
/// <param name="Group">The group concerned; <see langword="null"/> for an agent's hours or fixed days.</param>
/// <param name="From">First local date concerned.</param>
/// <param name="To">Last local date concerned.</param>
/// <param name="Facts">The facts that contradict one another. With any one of them gone the others can hold together.</param>
/// <param name="IsSmallest">False when the work limit ended the search before every fact was shown to be needed; the facts still contradict one
/// another.</param>
/// <param name="Shortfall">Hours of work that cannot be given, or head-hours that cannot be present; 0 for fixed days.</param>
/// <param name="Message">The conflict in words: what cannot be had, what can at most, and why.</param>
public sealed record RosterConflict(
    ConflictKind Kind, string? AgentId, string? Group, LocalDate From, LocalDate To, IReadOnlyList<ConflictFact> Facts, bool IsSmallest, double Shortfall,
    string Message)
{
    /// <summary>First dates of other stretches that the same facts rule out; the message and the shortfall count them in.</summary>
    public IReadOnlyList<LocalDate> SameOn { get; init; } = [];
}

/// <summary>One of the facts of a conflict.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="AgentId">The agent it binds; <see langword="null"/> for all.</param>
/// <param name="Group">The group it speaks of, if any.</param>
/// <param name="From">First local date it speaks of; <see langword="null"/> for every day.</param>
/// <param name="To">Last local date it speaks of; <see langword="null"/> for every day.</param>
/// <param name="Rule">Code of the labour rule, when it is one.</param>
/// <param name="Source">Where it comes from: law and article, contract, or the data of the problem.</param>
/// <param name="Text">The fact in words.</param>
public sealed record ConflictFact(
    ConflictFactKind Kind, string? AgentId, string? Group, LocalDate? From, LocalDate? To, string? Rule, string Source, string Text);

/// <summary>What cannot be had.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConflictKind>))]
public enum ConflictKind
{
    /// <summary>An agent's pinned and past days cannot stand together with the rules.</summary>
    FixedDays,

    /// <summary>An agent cannot be given the hours due in a week or in the period.</summary>
    Hours,

    /// <summary>A group cannot have its minimum presence.</summary>
    Presence,
}

/// <summary>What a fact of a conflict is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConflictFactKind>))]
public enum ConflictFactKind
{
    /// <summary>Hours due by contract in a week.</summary>
    ContractMinimumHours,

    /// <summary>Hours due in the period by a rule.</summary>
    PeriodMinimumHours,

    /// <summary>People that must be present on a group.</summary>
    MinimumPresence,

    /// <summary>The people who have the skill of a group.</summary>
    PeopleWithSkill,

    /// <summary>A rule of the labour policy.</summary>
    Rule,

    /// <summary>A rule of the agent's contract.</summary>
    ContractRule,

    /// <summary>The most hours a week by contract.</summary>
    ContractMaximumHours,

    /// <summary>The most days a week by contract.</summary>
    ContractMaximumDays,

    /// <summary>The shift templates of the contract.</summary>
    ContractTemplates,

    /// <summary>Start or end of the agent's employment.</summary>
    Employment,

    /// <summary>The weekly windows in which the agent may work.</summary>
    Availability,

    /// <summary>A leave or other absence.</summary>
    TimeOff,

    /// <summary>A group the agent does not work.</summary>
    OptOut,

    /// <summary>A pinned shift or a pinned day off.</summary>
    Pinned,
}
