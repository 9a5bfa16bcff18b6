using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Setup.Agents;

/// <summary>An agent as it is created or replaced.</summary>
public record AgentRequest : ISetupRequest
{
    /// <summary>What files and other systems call the person; never changes. Lower-case letters, digits, '.', '_', '-'.</summary>
    [Required, Code]
    public string Code { get; init; } = "";

    /// <summary>Name shown on rosters.</summary>
    [Required, StringLength(200)]
    public string Name { get; init; } = "";

    /// <summary>Code of the hub.</summary>
    [Required, Code]
    public string Hub { get; init; } = "";

    /// <summary>Code of the contract, until the first of <c>contracts</c>.</summary>
    [Required, Code]
    public string Contract { get; init; } = "";

    /// <summary>Contracts that follow, each from its local date on, in order of date; a roster keeps the limits of each on its own days.</summary>
    [MaxLength(100)]
    public List<ContractTermData> Contracts { get; init; } = [];

    /// <summary>First local date of employment, no shift starts before it; absent when it lies before everything planned.</summary>
    public LocalDate? EmployedFrom { get; init; }

    /// <summary>Last local date of employment, no shift starts after it; absent while no end is known.</summary>
    public LocalDate? EmployedTo { get; init; }

    /// <summary>Skill groups the person can work in, each once.</summary>
    [MaxLength(100)]
    public List<AgentSkillData> Skills { get; init; } = [];

    /// <summary>Local weekly windows in which the person can work; empty means always. Windows must not overlap.</summary>
    [MaxLength(100)]
    public List<OpeningWindow> Availability { get; init; } = [];

    /// <summary>Skill groups the person has opted out of; no reason is asked or kept.</summary>
    [MaxLength(100)]
    public List<string> OptOutGroups { get; init; } = [];

    /// <summary>Codes of shift templates of the hub the person likes to work.</summary>
    [MaxLength(100)]
    public List<string> PreferredTemplates { get; init; } = [];

    /// <summary>Local days of the week the person likes to have off.</summary>
    [MaxLength(7)]
    public List<IsoDayOfWeek> PreferredDaysOff { get; init; } = [];

    /// <summary>False for a person who is no longer rostered; rosters already made keep their shifts.</summary>
    public bool Active { get; init; } = true;
}

/// <summary>A person who works: hub, contract, skills, availability, wishes.</summary>
public sealed record AgentResponse : AgentRequest, IVersionedResponse
{
    /// <summary>ETag of this version, quotes included; goes into If-Match of a change.</summary>
    public required string Etag { get; init; }

    /// <summary>Grows by one with every change.</summary>
    public required int Version { get; init; }

    /// <summary>When it was last changed.</summary>
    public required Instant UpdatedAt { get; init; }

    internal static AgentResponse From(Agent agent) => new()
    {
        Code = agent.Code,
        Name = agent.Name,
        Hub = agent.Hub!.Code,
        Contract = agent.Contract!.Code,
        Contracts = agent.Contracts,
        EmployedFrom = agent.EmployedFrom,
        EmployedTo = agent.EmployedTo,
        Skills = agent.Skills,
        Availability = agent.Availability,
        OptOutGroups = agent.OptOutGroups,
        PreferredTemplates = agent.PreferredTemplates,
        PreferredDaysOff = agent.PreferredDaysOff,
        Active = agent.Active,
        Etag = ETags.Of(agent),
        Version = agent.Version,
        UpdatedAt = agent.UpdatedAt,
    };
}
