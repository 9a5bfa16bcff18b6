using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Setup.Contracts;

/// <summary>A contract as it is created or replaced.</summary>
public record ContractRequest : ISetupRequest
{
    /// <summary>What files and other systems call it; never changes. Lower-case letters, digits, '.', '_', '-'.</summary>
    [Required, Code]
    public string Code { get; init; } = "";

    /// <summary>What people call it.</summary>
    [Required, StringLength(200)]
    public string Name { get; init; } = "";

    /// <summary>Least paid hours a week, at least 0. A week of which only some usual working days lie in the roster or the employment owes those; leave takes
    /// off
    /// the hours of the days one would have worked.</summary>
    [Range(0, 168)]
    public double MinimumWeeklyHours { get; init; }

    /// <summary>Most paid hours a week, paid leave included, at least the minimum.</summary>
    [Range(0, 168)]
    public double MaximumWeeklyHours { get; init; } = 40;

    /// <summary>Most days worked in a week, days of paid leave included, 1 to 7; absent when only the labour policy limits them.</summary>
    [Range(1, 7)]
    public int? MaximumDaysPerWeek { get; init; }

    /// <summary>Usual working days: the hours of the week spread over them, and leave on them is paid time. Empty when they are not agreed: then the first days
    /// of
    /// the week on which the person can work, as many as the most days a week, else five.</summary>
    [MaxLength(7)]
    public List<IsoDayOfWeek> WorkingDays { get; init; } = [];

    /// <summary>Cost of a paid hour, in the operation's currency.</summary>
    [Range(0, 100_000)]
    public double CostPerHour { get; init; } = 1;

    /// <summary>Codes of the shift templates allowed; empty allows all of the hub.</summary>
    [MaxLength(200)]
    public List<string> Templates { get; init; } = [];
}

/// <summary>What a person agreed to work.</summary>
public sealed record ContractResponse : ContractRequest, IVersionedResponse
{
    /// <summary>ETag of this version, quotes included; goes into If-Match of a change.</summary>
    public required string Etag { get; init; }

    /// <summary>Grows by one with every change.</summary>
    public required int Version { get; init; }

    /// <summary>When it was last changed.</summary>
    public required Instant UpdatedAt { get; init; }

    internal static ContractResponse From(Contract contract) => new()
    {
        Code = contract.Code,
        Name = contract.Name,
        MinimumWeeklyHours = contract.MinimumWeeklyHours,
        MaximumWeeklyHours = contract.MaximumWeeklyHours,
        MaximumDaysPerWeek = contract.MaximumDaysPerWeek,
        WorkingDays = contract.WorkingDays,
        CostPerHour = contract.CostPerHour,
        Templates = contract.Templates,
        Etag = ETags.Of(contract),
        Version = contract.Version,
        UpdatedAt = contract.UpdatedAt,
    };
}
