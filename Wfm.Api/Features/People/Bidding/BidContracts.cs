using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Scheduling.Bidding;

namespace Wfm.Api.Features.People.Bidding;

/// <summary>A round of bidding for the lines of a draft roster.</summary>
public sealed record CreateBidRoundRequest
{
    /// <summary>Identity of the draft.</summary>
    [Required]
    public Guid? Roster { get; init; }

    /// <summary>What people call it.</summary>
    [Required, StringLength(200)]
    public string Name { get; init; } = "";

    /// <summary>rank or points.</summary>
    public BidRule Rule { get; init; }

    /// <summary>Until when people may bid.</summary>
    [Required]
    public Instant? ClosesAt { get; init; }

    /// <summary>Codes of the people who may bid; left out, everybody of the draft.</summary>
    [MaxLength(2000)]
    public List<string> People { get; init; } = [];

    /// <summary>The lines; left out, the rows of the draft, without names.</summary>
    [MaxLength(2000)]
    public List<BidLineRequest> Lines { get; init; } = [];
}

/// <summary>A line made by hand.</summary>
public sealed record BidLineRequest
{
    /// <summary>Code of the line.</summary>
    [Required, StringLength(100)]
    public string Code { get; init; } = "";

    /// <summary>Its shifts, one a day.</summary>
    [Required, MinLength(1), MaxLength(100)]
    public List<BidShiftRequest> Shifts { get; init; } = [];
}

/// <summary>A shift of a line made by hand.</summary>
/// <param name="Date">Local day on which it starts.</param>
/// <param name="Template">Code of a shift template of the hub.</param>
/// <param name="Start">Local start; the earliest of the template when left out.</param>
/// <param name="Group">Skill group worked on.</param>
public sealed record BidShiftRequest(LocalDate Date, string Template, LocalTime? Start, string Group);

/// <summary>A round as managers see it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Roster">Identity of the draft.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Rule">rank or points.</param>
/// <param name="State">open, awarded or withdrawn.</param>
/// <param name="ClosesAt">Until when people may bid.</param>
/// <param name="Lines">The lines.</param>
/// <param name="People">Codes of the people who may bid.</param>
/// <param name="Bidders">How many have bid.</param>
/// <param name="Awards">What each got and why; empty before they are given.</param>
/// <param name="Edit">Number of the edit of the draft.</param>
/// <param name="PostedBy">Name of the key that opened it.</param>
/// <param name="PostedAt">When.</param>
/// <param name="Etag">ETag of this version, quotes included; goes into If-Match of a change.</param>
/// <param name="Version">Grows by one with every change.</param>
/// <param name="UpdatedAt">When it last changed.</param>
public sealed record BidRoundResponse(
    Guid Id, Guid Roster, string Name, BidRule Rule, BidRoundState State, Instant ClosesAt, IReadOnlyList<BidLineData> Lines, IReadOnlyList<string> People,
    int Bidders, IReadOnlyList<BidAwardData> Awards, int? Edit, string PostedBy, Instant PostedAt, string Etag, int Version, Instant UpdatedAt)
    : IVersionedResponse
{
    internal static BidRoundResponse From(BidRound r, int bidders) => new(
        r.Id, r.RosterId, r.Name, r.Rule, r.State, r.ClosesAt, r.Lines, r.People, bidders, r.Awards, r.Edit, r.PostedBy, r.PostedAt, ETags.Of(r.Id, r.Version),
        r.Version, r.UpdatedAt);
}

/// <summary>What one bids: the lines one would like, the best liked first.</summary>
public sealed record MyBidsRequest
{
    /// <summary>The lines, the best liked first, each once.</summary>
    [Required, MaxLength(2000)]
    public List<LineBid> Bids { get; init; } = [];
}

/// <summary>A round as one who may bid sees it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Rule">rank or points.</param>
/// <param name="State">open, awarded or withdrawn.</param>
/// <param name="ClosesAt">Until when one may bid.</param>
/// <param name="Lines">The lines.</param>
/// <param name="Bids">What one has bid, the best liked first.</param>
/// <param name="Award">What one got and why, who took other lines left out; null before the lines are given.</param>
/// <param name="Etag">ETag of one's bids, quotes included; goes into If-Match of a change.</param>
public sealed record MyBidRoundResponse(
    Guid Id, string Name, BidRule Rule, BidRoundState State, Instant ClosesAt, IReadOnlyList<BidLineData> Lines, IReadOnlyList<LineBid> Bids,
    BidAwardData? Award, string Etag);

/// <summary>One's points for bidding.</summary>
/// <param name="Balance">Points there are.</param>
/// <param name="Monthly">Points that come every month.</param>
/// <param name="CarryOver">Points carried over into the next month at most.</param>
public sealed record MyBidPointsResponse(int Balance, int Monthly, int CarryOver);
