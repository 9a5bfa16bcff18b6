using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Setup.Hubs;

/// <summary>A site as it is created or replaced.</summary>
public record HubRequest : ISetupRequest
{
    /// <summary>What files and other systems call it; never changes. Lower-case letters, digits, '.', '_', '-'.</summary>
    [Required, Code]
    public string Code { get; init; } = "";

    /// <summary>What people call it.</summary>
    [Required, StringLength(200)]
    public string Name { get; init; } = "";

    /// <summary>IANA time zone id. Weekly patterns, opening hours and labour rules are local to it.</summary>
    [Required, StringLength(64)]
    public string TimeZone { get; init; } = "";

    /// <summary>Country, ISO 3166-1 alpha-2.</summary>
    [Required, RegularExpression("^[A-Z]{2}$", ErrorMessage = "A country is two capital letters of ISO 3166-1, such as IE.")]
    public string Country { get; init; } = "";

    /// <summary>Code of the labour policy its rosters obey. Without one no roster is made.</summary>
    [Code]
    public string? LabourPolicy { get; init; }

    /// <summary>Code of the organisation's wellbeing policy, whose rules are added to those of the law; absent for none.</summary>
    [Code]
    public string? WellbeingPolicy { get; init; }

    /// <summary>Places to work, heads at one time; 0 when seats limit nothing.</summary>
    [Range(0, 100_000)]
    public int Seats { get; init; }

    /// <summary>Local weekly opening hours; empty means always open. Windows must not overlap.</summary>
    [MaxLength(100)]
    public List<OpeningWindow> OpeningHours { get; init; } = [];

    /// <summary>Paid time planned away from work (leave, training, meetings), fraction of paid time in [0, 1).</summary>
    public double PlannedShrinkage { get; init; } = 0.12;

    /// <summary>Paid time lost unplanned (sickness, lateness), fraction of the remaining time in [0, 1).</summary>
    public double UnplannedShrinkage { get; init; } = 0.08;

    /// <summary>Local time at which the nightly chain runs; a change is taken up within half a minute.</summary>
    public LocalTime NightlyAt { get; init; } = new(2, 0);

    /// <summary>What the soft goals of its rosters weigh: days off together, shared weekends, steady starts.</summary>
    [Required]
    public RosterGoals RosterGoals { get; init; } = new();
}

/// <summary>A site: time zone, country, labour policy, opening hours, seats.</summary>
public sealed record HubResponse : HubRequest, IVersionedResponse
{
    /// <summary>ETag of this version, quotes included; goes into If-Match of a change.</summary>
    public required string Etag { get; init; }

    /// <summary>Grows by one with every change.</summary>
    public required int Version { get; init; }

    /// <summary>When it was last changed.</summary>
    public required Instant UpdatedAt { get; init; }

    internal static HubResponse From(Hub hub) => new()
    {
        Code = hub.Code,
        Name = hub.Name,
        TimeZone = hub.TimeZone,
        Country = hub.Country,
        LabourPolicy = hub.LabourPolicy,
        WellbeingPolicy = hub.WellbeingPolicy,
        Seats = hub.Seats,
        OpeningHours = hub.OpeningHours,
        PlannedShrinkage = hub.PlannedShrinkage,
        UnplannedShrinkage = hub.UnplannedShrinkage,
        NightlyAt = hub.NightlyAt,
        RosterGoals = hub.RosterGoals,
        Etag = ETags.Of(hub),
        Version = hub.Version,
        UpdatedAt = hub.UpdatedAt,
    };
}
