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
    public bool Active { get; set; } = true;
    public List<TimeOffEntry> TimeOff { get; init; } = [];
}

/// <summary>What a person can work on, and how fast.</summary>
/// <param name="Group">Skill group of queues.</param>
/// <param name="Proficiency">Speed against a fully proficient person, in (0, 2]; 1 is fully proficient.</param>
public sealed record AgentSkillData(string Group, double Proficiency);

/// <summary>A contract from a date on.</summary>
/// <param name="Contract">Code of the contract.</param>
/// <param name="From">First local date on which it is in force.</param>
public sealed record ContractTermData(string Contract, LocalDate From);

/// <summary>Granted time off, half-open.</summary>
public sealed class TimeOffEntry
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid AgentId { get; init; }
    public Instant Start { get; init; }
    public Instant End { get; init; }
    public LeaveKind Kind { get; init; }
    public Instant GrantedAt { get; init; }

    /// <summary>Jobs that repair the published rosters out of which it has taken shifts.</summary>
    public List<Guid> Repairs { get; init; } = [];
}
