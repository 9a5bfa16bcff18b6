using System.ComponentModel.DataAnnotations;
using NodaTime;

namespace Wfm.Api.Features.People.RequestPolicies;

/// <summary>How a hub decides what its people ask of one another and of their rosters.</summary>
public record RequestPolicyRequest
{
    /// <summary>Whether swaps, give-aways and pick-ups of open shifts that keep to what follows are approved without the manager.</summary>
    public bool Automatic { get; init; } = true;

    /// <summary>By how much the soft cost of the roster may grow; 0 asks that it grows not at all.</summary>
    [Range(-1_000_000.0, 1_000_000.0)]
    public double MaximumCostIncrease { get; init; }

    /// <summary>Head-hours by which coverage may fall further below what is required.</summary>
    [Range(0.0, 10_000.0)]
    public double MaximumShortfallHours { get; init; }

    /// <summary>Hours from now to the first moment that changes, at least; with less the manager decides.</summary>
    [Range(0.0, 1000.0)]
    public double MinimumNoticeHours { get; init; } = 24;

    /// <summary>Hours before the first shift concerned at which a request that is not decided expires, and an open shift closes.</summary>
    [Range(0.0, 1000.0)]
    public double ExpireHoursBefore { get; init; } = 2;

    /// <summary>Requests of one kind that a person may make in a week, Monday to Sunday on the hub's clock; 0 for any number.</summary>
    [Range(0, 1000)]
    public int RequestsPerWeek { get; init; } = 10;

    /// <summary>Whether new availability that touches no published shift is approved without the manager.</summary>
    public bool AvailabilityAutomatic { get; init; } = true;

    /// <summary>Days from now to the first day of new availability, at least; with less the manager decides.</summary>
    [Range(0, 1000)]
    public int AvailabilityNoticeDays { get; init; } = 14;

    /// <summary>Wishes for dates of one week that a person may have; 0 for any number.</summary>
    [Range(0, 7)]
    public int WishesPerWeek { get; init; } = 2;

    /// <summary>Weight of a wish for a date, against 1 for a usual day off of the week.</summary>
    [Range(0.0, 100.0)]
    public double WishWeight { get; init; } = 2;

    /// <summary>Points for bidding that a person gets every month.</summary>
    [Range(0, 1_000_000)]
    public int MonthlyBidPoints { get; init; } = 100;

    /// <summary>Points that a person carries over into the next month at most.</summary>
    [Range(0, 1_000_000)]
    public int CarryOverBidPoints { get; init; } = 200;
}

/// <summary>The policy in force at a hub.</summary>
public sealed record RequestPolicyResponse : RequestPolicyRequest, Http.IVersionedResponse
{
    /// <summary>Code of the hub.</summary>
    public required string Hub { get; init; }

    /// <summary>ETag of this version, quotes included; goes into If-Match of a change.</summary>
    public required string Etag { get; init; }

    /// <summary>Grows by one with every change; 0 while nobody has set one.</summary>
    public required int Version { get; init; }

    /// <summary>When it was last changed.</summary>
    public required Instant UpdatedAt { get; init; }

    internal static RequestPolicyResponse From(RequestPolicy policy, string hub)
    {
        var d = policy.Data;
        return new RequestPolicyResponse
        {
            Hub = hub,
            Etag = Http.ETags.Of(policy.HubId, policy.Version),
            Version = policy.Version,
            UpdatedAt = policy.UpdatedAt,
            Automatic = d.Automatic,
            MaximumCostIncrease = d.MaximumCostIncrease,
            MaximumShortfallHours = d.MaximumShortfallHours,
            MinimumNoticeHours = d.MinimumNoticeHours,
            ExpireHoursBefore = d.ExpireHoursBefore,
            RequestsPerWeek = d.RequestsPerWeek,
            AvailabilityAutomatic = d.AvailabilityAutomatic,
            AvailabilityNoticeDays = d.AvailabilityNoticeDays,
            WishesPerWeek = d.WishesPerWeek,
            WishWeight = d.WishWeight,
            MonthlyBidPoints = d.MonthlyBidPoints,
            CarryOverBidPoints = d.CarryOverBidPoints,
        };
    }
}
