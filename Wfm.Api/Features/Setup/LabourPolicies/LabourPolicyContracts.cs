using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Setup.LabourPolicies;

/// <summary>One dated version of a labour policy as it is created or replaced.</summary>
public record LabourPolicyRequest : ISetupRequest
{
    /// <summary>What hubs call it, shared by its versions. Lower-case letters, digits, '.', '_', '-'.</summary>
    [Required, Code]
    public string Code { get; init; } = "";

    /// <summary>What people call it: jurisdiction and act, or the house rule.</summary>
    [Required, StringLength(200)]
    public string Name { get; init; } = "";

    /// <summary>Country, ISO 3166-1 alpha-2; absent when it is not of one country.</summary>
    [RegularExpression("^[A-Z]{2}$", ErrorMessage = "A country is two capital letters of ISO 3166-1, such as IE.")]
    public string? Country { get; init; }

    /// <summary>Whom it binds and how it was read, in words.</summary>
    [StringLength(2000)]
    public string? Note { get; init; }

    /// <summary>First local date this version is in force, until the next version's; never changes.</summary>
    [Required]
    public LocalDate? ValidFrom { get; init; }

    /// <summary>The day on which a week begins, for every rule and contract that counts by the week; of a hub's policies its labour policy decides.</summary>
    public IsoDayOfWeek FirstDayOfWeek { get; init; } = IsoDayOfWeek.Monday;

    /// <summary>The days of a weekend, 1 to 6; days next to each other are one weekend. Of a hub's policies its labour policy decides.</summary>
    [Required]
    public List<IsoDayOfWeek> WeekendDays { get; init; } = [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday];

    /// <summary>How limits on exposure count a minute on a group whose queues differ in class: <c>worstCase</c> with the highest class its queues may show,
    /// <c>expected</c> with the share of its work in queues of each class. Of a hub's policies all that limit exposure must say <c>expected</c> for it to
    /// hold.</summary>
    public ExposureBasis ExposureBasis { get; init; }

    /// <summary>When the stretches of work between the breaks of a shift may serve two skill groups: <c>whereLimited</c> where a limit on exposure forbids a
    /// whole shift on one of them, <c>always</c>, or <c>never</c>. Of a hub's policies <c>never</c> counts before <c>always</c>, and <c>always</c> before
    /// <c>whereLimited</c>.</summary>
    public SegmentedShifts SegmentedShifts { get; init; }

    /// <summary>The rules, each with its source; several of one kind may stand beside each other, and an empty list says that there are none.</summary>
    [Required, MaxLength(200)]
    public required List<LabourRuleData> Rules { get; init; }

    /// <summary>What the law asks and no rule checks, so that nobody takes the rules for the whole of it.</summary>
    [MaxLength(200)]
    public List<LabourGapData> NotExpressed { get; init; } = [];
}

/// <summary>A labour policy as it is in force from a date.</summary>
public sealed record LabourPolicyResponse : LabourPolicyRequest, IVersionedResponse
{
    /// <summary>ETag of this version, quotes included; goes into If-Match of a change.</summary>
    public required string Etag { get; init; }

    /// <summary>Grows by one with every change.</summary>
    public required int Version { get; init; }

    /// <summary>When it was last changed.</summary>
    public required Instant UpdatedAt { get; init; }

    internal static LabourPolicyResponse From(LabourPolicyVersion policy) => new()
    {
        Code = policy.Code,
        Name = policy.Name,
        Country = policy.Country,
        Note = policy.Note,
        FirstDayOfWeek = policy.FirstDayOfWeek,
        WeekendDays = policy.WeekendDays,
        ExposureBasis = policy.ExposureBasis,
        SegmentedShifts = policy.SegmentedShifts,
        ValidFrom = policy.ValidFrom,
        Rules = policy.Rules,
        NotExpressed = policy.NotExpressed,
        Etag = ETags.Of(policy),
        Version = policy.Version,
        UpdatedAt = policy.UpdatedAt,
    };
}
