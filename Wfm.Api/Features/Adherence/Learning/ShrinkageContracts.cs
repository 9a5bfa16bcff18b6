using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Scheduling.Adherence;

namespace Wfm.Api.Features.Adherence.Learning;

/// <summary>Shrinkage at an hour of the week.</summary>
/// <param name="Weekday">Day of the week at the hub.</param>
/// <param name="Hour">Hour of its clock, 0 to 23.</param>
/// <param name="Sample">What it was.</param>
public sealed record HourShrinkage(IsoDayOfWeek Weekday, int Hour, ShrinkageSample Sample);

/// <summary>Shrinkage as it was, offered as that of the hub.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="From">First local day.</param>
/// <param name="To">Last local day, inclusive.</param>
/// <param name="AsOf">Until when the feed of states is known; null when there never was one.</param>
/// <param name="CurrentPlanned">The hub's planned shrinkage.</param>
/// <param name="CurrentUnplanned">The hub's unplanned shrinkage.</param>
/// <param name="Learned">What it was, with size of the sample and spread between days; null when fewer than five people are in it.</param>
/// <param name="Reasons">Paid time lost by reason; empty likewise.</param>
/// <param name="ByHour">By weekday and hour; hours with fewer than five people are left out.</param>
/// <param name="WhyNot">Why it cannot be taken over as it is; null when it can.</param>
/// <param name="HubEtag">ETag of the hub, for taking it over.</param>
public sealed record LearnedShrinkageResponse(
    string Hub, LocalDate From, LocalDate To, Instant? AsOf, double CurrentPlanned, double CurrentUnplanned, ShrinkageSample? Learned,
    IReadOnlyList<ShrinkageByReason> Reasons, IReadOnlyList<HourShrinkage> ByHour, string? WhyNot, string HubEtag);

/// <summary>Which days to take a hub's shrinkage over from.</summary>
public sealed record AdoptShrinkageRequest
{
    /// <summary>Code of the hub.</summary>
    [Required, Code]
    public string Hub { get; init; } = "";

    /// <summary>First local day.</summary>
    [Required]
    public LocalDate? From { get; init; }

    /// <summary>Last local day, inclusive; at most 62 days.</summary>
    [Required]
    public LocalDate? To { get; init; }
}
