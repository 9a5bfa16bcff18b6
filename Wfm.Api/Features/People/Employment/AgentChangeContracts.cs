using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;

namespace Wfm.Api.Features.People.Employment;

/// <summary>What a personnel system says of a person: only the members that are there, and not empty, change anything.</summary>
public sealed record AgentChangeRequest
{
    /// <summary>Code of the agent; whoever is not known yet is new, and needs name, hub, contract and joined.</summary>
    [Required, Code]
    public string Code { get; init; } = "";

    /// <summary>Name shown on rosters.</summary>
    [StringLength(200)]
    public string? Name { get; init; }

    /// <summary>Code of the hub; who moves loses preferences for templates of the former one.</summary>
    [Code]
    public string? Hub { get; init; }

    /// <summary>First local date of employment; null for not known.</summary>
    public LocalDate? Joined { get; init; }

    /// <summary>Last local date of employment; null for no end.</summary>
    public LocalDate? Left { get; init; }

    /// <summary>Code of the contract that begins on contractFrom.</summary>
    [Code]
    public string? Contract { get; init; }

    /// <summary>First local date of the contract; up to the first date of employment it is the contract from the beginning.</summary>
    public LocalDate? ContractFrom { get; init; }

    /// <summary>Skill groups with proficiency, instead of those there are; null for none.</summary>
    [MaxLength(100)]
    public List<AgentSkillData>? Skills { get; init; }

    /// <summary>Local weekly windows in which the person can work, instead of those there are; null for always.</summary>
    [MaxLength(100)]
    public List<OpeningWindow>? Availability { get; init; }

    /// <summary>False for a person who is no longer rostered.</summary>
    public bool? Active { get; init; }
}
