using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Features.Setup;
using Wfm.Api.Http;
using Wfm.Scheduling.Leave;

namespace Wfm.Api.Features.People.TimeOff.Limits;

/// <summary>An allowance of leave as it is created or replaced.</summary>
public record LeaveAllowanceRequest : ISetupRequest
{
    /// <summary>What it is called; never changes. Lower-case letters, digits, '.', '_', '-'.</summary>
    [Required, Code]
    public string Code { get; init; } = "";

    /// <summary>Code of the hub.</summary>
    [Required, Code]
    public string Hub { get; init; } = "";

    /// <summary>Skill group: only people with a skill in it count; absent for everybody of the hub.</summary>
    [Code]
    public string? Group { get; init; }

    /// <summary>First local date; absent when it has none.</summary>
    public LocalDate? From { get; init; }

    /// <summary>Last local date, inclusive; absent when it has none.</summary>
    public LocalDate? To { get; init; }

    /// <summary>Local days of the week; empty means all.</summary>
    [MaxLength(7)]
    public List<IsoDayOfWeek> Days { get; init; } = [];

    /// <summary>What is counted: hours of leave or heads away on a day; coverage sets no number and lifts the other allowances of the same hub and group on its
    /// days, so that leave goes as far as coverage allows.</summary>
    [Required]
    public AllowanceMeasure? Measure { get; init; }

    /// <summary>Most hours or heads on one day, at least 0; left out with coverage.</summary>
    [Range(0.0, 1_000_000.0)]
    public double? Limit { get; init; }

    /// <summary>Codes of the types of leave that count; empty for all that are asked for.</summary>
    [MaxLength(100)]
    public List<string> Types { get; init; } = [];
}

/// <summary>How much leave a hub or a group may have on a day.</summary>
public sealed record LeaveAllowanceResponse : LeaveAllowanceRequest, IVersionedResponse
{
    /// <summary>ETag of this version, quotes included; goes into If-Match of a change.</summary>
    public required string Etag { get; init; }

    /// <summary>Grows by one with every change.</summary>
    public required int Version { get; init; }

    /// <summary>When it was last changed.</summary>
    public required Instant UpdatedAt { get; init; }

    internal static LeaveAllowanceResponse Of(LeaveAllowance allowance) => new()
    {
        Code = allowance.Code,
        Hub = allowance.Hub!.Code,
        Group = allowance.Group,
        From = allowance.From,
        To = allowance.To,
        Days = allowance.Days,
        Measure = allowance.Measure,
        Limit = allowance.Measure == AllowanceMeasure.Coverage ? null : allowance.Limit,
        Types = allowance.Types,
        Etag = ETags.Of(allowance),
        Version = allowance.Version,
        UpdatedAt = allowance.UpdatedAt,
    };
}

/// <summary>A blackout as it is created or replaced.</summary>
public record LeaveBlackoutRequest : ISetupRequest
{
    /// <summary>What it is called; never changes. Lower-case letters, digits, '.', '_', '-'.</summary>
    [Required, Code]
    public string Code { get; init; } = "";

    /// <summary>Code of the hub; absent for every hub.</summary>
    [Code]
    public string? Hub { get; init; }

    /// <summary>Skill groups: only people with a skill in one of them; empty for everybody.</summary>
    [MaxLength(100)]
    public List<string> Groups { get; init; } = [];

    /// <summary>First local date.</summary>
    [Required]
    public LocalDate? From { get; init; }

    /// <summary>Last local date, inclusive.</summary>
    [Required]
    public LocalDate? To { get; init; }

    /// <summary>Why, as people are told.</summary>
    [Required, StringLength(500)]
    public string Reason { get; init; } = "";

    /// <summary>Codes of the types of leave that it refuses; empty for all that are asked for.</summary>
    [MaxLength(100)]
    public List<string> Types { get; init; } = [];
}

/// <summary>Days on which nobody concerned takes leave.</summary>
public sealed record LeaveBlackoutResponse : LeaveBlackoutRequest, IVersionedResponse
{
    /// <summary>ETag of this version, quotes included; goes into If-Match of a change.</summary>
    public required string Etag { get; init; }

    /// <summary>Grows by one with every change.</summary>
    public required int Version { get; init; }

    /// <summary>When it was last changed.</summary>
    public required Instant UpdatedAt { get; init; }

    internal static LeaveBlackoutResponse Of(LeaveBlackout blackout) => new()
    {
        Code = blackout.Code,
        Hub = blackout.Hub?.Code,
        Groups = blackout.Groups,
        From = blackout.From,
        To = blackout.To,
        Reason = blackout.Reason,
        Types = blackout.Types,
        Etag = ETags.Of(blackout),
        Version = blackout.Version,
        UpdatedAt = blackout.UpdatedAt,
    };
}
