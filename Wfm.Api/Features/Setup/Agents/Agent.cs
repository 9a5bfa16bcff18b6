using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;
using Contract = Wfm.Api.Features.Setup.Contracts.Contract;

namespace Wfm.Api.Features.Setup.Agents;

/// <summary>A person who works: hub, contract, skills, availability, limits.</summary>
public sealed class Agent : VersionedEntity
{
    public required string Name { get; set; }
    public Guid HubId { get; set; }
    public Hub? Hub { get; init; }
    public Guid ContractId { get; set; }
    public Contract? Contract { get; init; }

    /// <summary>Contracts that follow the first, in order of date.</summary>
    public List<ContractTermData> Contracts { get; set; } = [];

    public LocalDate? EmployedFrom { get; set; }
    public LocalDate? EmployedTo { get; set; }
    public List<AgentSkillData> Skills { get; set; } = [];

    /// <summary>Local windows in which the person can work; empty means always.</summary>
    public List<OpeningWindow> Availability { get; set; } = [];

    /// <summary>Skill groups the person has opted out of; no reason is stored.</summary>
    public List<string> OptOutGroups { get; set; } = [];

    public List<string> PreferredTemplates { get; set; } = [];
    public List<IsoDayOfWeek> PreferredDaysOff { get; set; } = [];

    /// <summary>Whether what comes first in the lists of what the person prefers is liked better.</summary>
    public bool PreferencesByRank { get; set; }

    /// <summary>Whether the person likes to begin early or late.</summary>
    public StartWish PreferredStarts { get; set; }

    /// <summary>Availability on some dates, instead of the weekly one.</summary>
    public List<DatedAvailabilityData> DatedAvailability { get; set; } = [];

    /// <summary>Wishes for a date, in order of date; those of half a year ago are kept, for who was refused.</summary>
    public List<DatedWishData> DatedWishes { get; set; } = [];
    public bool Active { get; set; } = true;
    public List<TimeOffEntry> TimeOff { get; init; } = [];
}

/// <summary>What a person can work on, and how fast.</summary>
/// <param name="Group">Skill group of queues.</param>
/// <param name="Proficiency">Speed against a fully proficient person, in (0, 2]; 1 is fully proficient.</param>
public sealed record AgentSkillData(string Group, double Proficiency);

/// <summary>When somebody likes to begin.</summary>
public enum StartWish
{
    /// <summary>Whenever.</summary>
    Any,

    /// <summary>The earlier the better.</summary>
    Earlier,

    /// <summary>The later the better.</summary>
    Later,
}

/// <summary>When a person can work on some dates.</summary>
/// <param name="Request">The request that was approved.</param>
/// <param name="From">First local date.</param>
/// <param name="To">Last local date.</param>
/// <param name="Windows">Local windows that hold on these dates; empty means not at all.</param>
public sealed record DatedAvailabilityData(Guid Request, LocalDate From, LocalDate To, List<OpeningWindow> Windows);

/// <summary>A wish for a date.</summary>
/// <param name="Date">Local date.</param>
/// <param name="Template">Code of a shift template; null for any shift.</param>
/// <param name="Wanted">True to have such a shift, false not to have it.</param>
/// <param name="Weight">Weight against 1 for a usual day off of the week.</param>
/// <param name="At">When it was made.</param>
public sealed record DatedWishData(LocalDate Date, string? Template, bool Wanted, double Weight, Instant At);

/// <summary>A contract from a date on.</summary>
/// <param name="Contract">Code of the contract.</param>
/// <param name="From">First local date on which it is in force.</param>
public sealed record ContractTermData(string Contract, LocalDate From);

/// <summary>Granted time off, half-open.</summary>
public sealed class TimeOffEntry : IVersioned
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid AgentId { get; init; }
    public Instant Start { get; init; }

    /// <summary>End, exclusive; comes forward when the rest is taken back.</summary>
    public Instant End { get; set; }

    /// <summary>Code of the type of leave.</summary>
    public string Type { get; init; } = "";

    /// <summary>The treatment of that type when it was granted.</summary>
    public LeaveKind Kind { get; init; }
    public Instant GrantedAt { get; init; }

    /// <summary>What the system that granted it adds; null for nothing. Seen by the person and by who decides about requests.</summary>
    public string? Note { get; set; }

    /// <summary>Grows by one when a part is taken back, or the note is another.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Edits by which it has taken shifts out of published rosters.</summary>
    public List<LeaveEditData> Edits { get; init; } = [];

    /// <summary>Jobs that repair these rosters.</summary>
    public List<Guid> Repairs { get; init; } = [];
}

/// <summary>An edit that leave has made.</summary>
/// <param name="RosterId">The roster.</param>
/// <param name="Number">Number of the edit.</param>
public sealed record LeaveEditData(Guid RosterId, int Number);
