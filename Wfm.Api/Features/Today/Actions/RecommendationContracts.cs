using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Scheduling.Floor.Actions;

namespace Wfm.Api.Features.Today.Actions;

/// <summary>For which hub and moment to look for actions.</summary>
public sealed record RecommendRequest
{
    /// <summary>Code of the hub.</summary>
    /// <example>dub</example>
    [Required]
    public string Hub { get; init; } = "";

    /// <summary>The moment; now when left out.</summary>
    public Instant? At { get; init; }

    /// <summary>Probability with which the required heads are enough, between 0 and 1.</summary>
    [Range(0.01, 0.99)]
    public double RiskLevel { get; init; } = TodayEndpoints.UsualRisk;

    /// <summary>What actions cost here; the usual prices when left out.</summary>
    public RecommendTerms? Terms { get; init; }
}

/// <summary>What actions cost, in paid hours.</summary>
public sealed record RecommendTerms
{
    /// <summary>Paid hours that an hour of a missing head is worth.</summary>
    [Range(0.1, 1000)]
    public double MissingHour { get; init; } = FloorTerms.Default.MissingHour;

    /// <summary>What an hour beyond a shift costs on top of the hour, as a share of it.</summary>
    [Range(0, 10)]
    public double OvertimePremium { get; init; } = FloorTerms.Default.OvertimePremium;

    /// <summary>What an hour of a shift on a day off costs on top of the hour, as a share of it.</summary>
    [Range(0, 10)]
    public double CallInPremium { get; init; } = FloorTerms.Default.CallInPremium;

    /// <summary>Paid hours that it is worth to leave one person alone.</summary>
    [Range(0, 100)]
    public double Disruption { get; init; } = FloorTerms.Default.Disruption;

    /// <summary>Most people of one action.</summary>
    [Range(1, 1000)]
    public int MostPeople { get; init; } = FloorTerms.Default.MostPeople;

    internal FloorTerms ToTerms() => new()
    {
        MissingHour = MissingHour,
        OvertimePremium = OvertimePremium,
        CallInPremium = CallInPremium,
        Disruption = Disruption,
        MostPeople = MostPeople,
    };
}

/// <summary>Why an action is done, or taken back.</summary>
public sealed record DecideRecommendationRequest
{
    /// <summary>Why; people read it in the history of the roster.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }
}

/// <summary>To whom an action is offered.</summary>
public sealed record OfferRecommendationRequest
{
    /// <summary>How many may take it; as many as the action needs when left out.</summary>
    [Range(1, 1000)]
    public int? Places { get; init; }

    /// <summary>Codes of those to whom it is offered, of the action's people and the others who could do it; all of them when left out.</summary>
    [MaxLength(1000)]
    public IReadOnlyList<string> People { get; init; } = [];

    /// <summary>Minutes until it expires, 5 to 720; it expires in any case when the first day would change.</summary>
    [Range(5, 720)]
    public int Minutes { get; init; } = 30;

    /// <summary>Why; people read it.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }
}

/// <summary>What can be done about a day, ranked.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="RosterId">The roster that the actions edit.</param>
/// <param name="RosterVersion">Its version for which they were found; of another one none can be applied.</param>
/// <param name="At">The moment that they are about.</param>
/// <param name="MadeAt">When they were found.</param>
/// <param name="MadeBy">Name of the key.</param>
/// <param name="Rule">How they are ranked, in words.</param>
/// <param name="Nothing">What the queues end with if nothing is done.</param>
/// <param name="Actions">The best first.</param>
/// <param name="Applied">Number of the action that was done and not taken back; null for none.</param>
/// <param name="Edit">Number of the edit in the history of the roster that did it.</param>
public sealed record RecommendationSetResponse(
    Guid Id, string Hub, Guid RosterId, int RosterVersion, Instant At, Instant MadeAt, string MadeBy, string Rule, IReadOnlyList<QueueOutcome> Nothing,
    IReadOnlyList<Recommendation> Actions, int? Applied, int? Edit)
{
    internal static RecommendationSetResponse Of(RecommendationSet set, string hub) => new(
        set.Id, hub, set.RosterId, set.RosterVersion, set.At, set.MadeAt, set.MadeBy, RecommendationRanking.Rule, set.Nothing, set.Actions,
        set.Applied, set.Edit);
}
