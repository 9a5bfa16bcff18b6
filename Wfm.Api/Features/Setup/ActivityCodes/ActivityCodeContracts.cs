using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Setup.ActivityCodes;

/// <summary>An activity code as it is created or replaced.</summary>
public record ActivityCodeRequest : ISetupRequest
{
    /// <summary>What segments of shifts name; never changes. Lower-case letters, digits, '.', '_', '-'.</summary>
    [Required, Code]
    public string Code { get; init; } = "";

    /// <summary>What people call it.</summary>
    [Required, StringLength(200)]
    public string Name { get; init; } = "";

    /// <summary>What it is by nature; never changes. Rules on breaks take meals and breaks for rest. Work itself has one code, work.</summary>
    [Required]
    public ActivityKind? Kind { get; init; }

    /// <summary>Whether it is paid; limits on hours count paid time.</summary>
    public bool Paid { get; init; } = true;

    /// <summary>Whether it is work to the rules on breaks, going on with the work beside it; false for what interrupts work.</summary>
    public bool CountsAsWorkingTime { get; init; }

    /// <summary>Whether time for it is part of the planned shrinkage of the hub, which requirements add.</summary>
    public bool PlannedShrinkage { get; init; }

    /// <summary>Whether only people may remove or shorten it; neither a search nor an action of the floor does.</summary>
    public bool Protected { get; init; }

    /// <summary>False lets nothing new have it; segments that have it keep it.</summary>
    public bool Active { get; init; } = true;
}

/// <summary>What an activity of a shift means.</summary>
public sealed record ActivityCodeResponse : ActivityCodeRequest, IVersionedResponse
{
    /// <summary>True for one that every operation has; it never changes.</summary>
    public required bool BuiltIn { get; init; }

    /// <summary>ETag of this version, quotes included; goes into If-Match of a change.</summary>
    public required string Etag { get; init; }

    /// <summary>Grows by one with every change.</summary>
    public required int Version { get; init; }

    /// <summary>When it was last changed.</summary>
    public required Instant UpdatedAt { get; init; }

    internal static ActivityCodeResponse From(OwnActivityCode code) => new()
    {
        Code = code.Code,
        Name = code.Name,
        Kind = code.Kind,
        Paid = code.Paid,
        CountsAsWorkingTime = code.CountsAsWorkingTime,
        PlannedShrinkage = code.PlannedShrinkage,
        Protected = code.Protected,
        Active = code.Active,
        BuiltIn = false,
        Etag = ETags.Of(code),
        Version = code.Version,
        UpdatedAt = code.UpdatedAt,
    };

    internal static ActivityCodeResponse From(ActivityCode code) => new()
    {
        Code = code.Code,
        Name = code.Kind.ToString(),
        Kind = code.Kind,
        Paid = code.IsPaid,
        CountsAsWorkingTime = code.CountsAsWorkingTime,
        PlannedShrinkage = OwnActivityCode.IsPlannedShrinkage(code.Kind),
        Protected = code.IsProtected,
        BuiltIn = true,
        Etag = ETags.Of(1),
        Version = 1,
        UpdatedAt = Instant.FromUnixTimeTicks(0),
    };
}
