using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Features.Setup;
using Wfm.Api.Http;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.People.LeaveTypes;

/// <summary>A type of leave as it is created or replaced.</summary>
public record LeaveTypeRequest : ISetupRequest
{
    /// <summary>What requests and other systems call it; never changes. Lower-case letters, digits, '.', '_', '-'.</summary>
    [Required, Code]
    public string Code { get; init; } = "";

    /// <summary>What people call it.</summary>
    [Required, StringLength(200)]
    public string Name { get; init; } = "";

    /// <summary>What it is to pay and to averages of working time: annual, sick, parental, training, unpaid or other. All but unpaid is paid time of the days
    /// one would have worked; annual, sick and parental leave are left out of averages. Leave that is granted keeps the treatment of that moment.</summary>
    [Required]
    public LeaveKind? Treatment { get; init; }

    /// <summary>Code of the type whose balance it takes hours from, its own or another's; absent when it counts against none.</summary>
    [Code]
    public string? Balance { get; init; }

    /// <summary>The balance of its own, needed when some type takes hours from it; absent when it has none.</summary>
    public BalanceTerms? Terms { get; init; }

    /// <summary>True when a person decides about what the rules let through; false when the rules grant it.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>Days that must lie between the request and its first day.</summary>
    [Range(0, 366)]
    public int NoticeDays { get; init; }

    /// <summary>True when only the person, and who may decide about requests, sees what it is for.</summary>
    public bool HiddenReason { get; init; }

    /// <summary>Whether a part of a day can be asked for.</summary>
    public bool PartDays { get; init; } = true;

    /// <summary>True for what is told, not asked for, such as sickness: nothing but its balance is looked at, and it takes no place of an allowance.</summary>
    public bool Told { get; init; }

    /// <summary>Days back for which it may still be told, of a type that is told.</summary>
    [Range(0, 366)]
    public int BackDays { get; init; }

    /// <summary>False for a type that nobody can ask for any more.</summary>
    public bool Active { get; init; } = true;
}

/// <summary>A type of leave: what it is to pay, what balance it takes hours from, who decides, and who sees it.</summary>
public sealed record LeaveTypeResponse : LeaveTypeRequest, IVersionedResponse
{
    /// <summary>Whether the time is paid, by its treatment.</summary>
    public required bool Paid { get; init; }

    /// <summary>ETag of this version, quotes included; goes into If-Match of a change.</summary>
    public required string Etag { get; init; }

    /// <summary>Grows by one with every change.</summary>
    public required int Version { get; init; }

    /// <summary>When it was last changed.</summary>
    public required Instant UpdatedAt { get; init; }

    internal static LeaveTypeResponse From(LeaveType type) => new()
    {
        Code = type.Code,
        Name = type.Name,
        Treatment = type.Treatment,
        Balance = type.Balance,
        Terms = type.Terms,
        NeedsApproval = type.NeedsApproval,
        NoticeDays = type.NoticeDays,
        HiddenReason = type.HiddenReason,
        PartDays = type.PartDays,
        Told = type.Told,
        BackDays = type.BackDays,
        Active = type.Active,
        Paid = type.Treatment.IsPaid(),
        Etag = ETags.Of(type),
        Version = type.Version,
        UpdatedAt = type.UpdatedAt,
    };
}
