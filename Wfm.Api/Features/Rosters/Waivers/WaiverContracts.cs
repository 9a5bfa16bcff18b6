using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Scheduling.Constraints;

namespace Wfm.Api.Features.Rosters.Waivers;

/// <summary>A rule of the organisation that may be broken: by whom, when, how far, for what in return.</summary>
public sealed record CreateWaiverRequest
{
    /// <summary>The crisis; left out for the only one that is declared at the hub.</summary>
    public Guid? Crisis { get; init; }

    /// <summary>Code of the hub.</summary>
    /// <example>dub</example>
    [Required]
    public string Hub { get; init; } = "";

    /// <summary>Code of the rule as findings name it. It must be the organisation's own, and no limit on harmful content.</summary>
    /// <example>maximumConsecutiveDays</example>
    [Required]
    public string Rule { get; init; } = "";

    /// <summary>How far it may be broken at once, in the unit of the rule; a rest of 9 hours in place of 11 is 120 minutes.</summary>
    /// <example>1</example>
    [Required, Range(0.001, 100_000.0)]
    public double? MaximumAmount { get; init; }

    /// <summary>Codes of the people; empty for everybody at the hub.</summary>
    [MaxLength(10_000)]
    public IReadOnlyList<string> Agents { get; init; } = [];

    /// <summary>First local day. All days of a breach must lie between the two: a week for a rule on weeks.</summary>
    [Required]
    public LocalDate? From { get; init; }

    /// <summary>Last local day.</summary>
    [Required]
    public LocalDate? To { get; init; }

    /// <summary>From when on nothing more is done under it. What was done stays.</summary>
    [Required]
    public Instant? ExpiresAt { get; init; }

    /// <summary>Who approved it, by name and office.</summary>
    /// <example>Aoife Byrne, head of operations</example>
    [Required, StringLength(200)]
    public string ApprovedBy { get; init; } = "";

    /// <summary>Why.</summary>
    [Required, StringLength(500)]
    public string Reason { get; init; } = "";

    /// <summary>Hours of rest beyond what is due anyway that each person gets for it; at least what may be taken.</summary>
    /// <example>24</example>
    [Required, Range(0.25, 10_000.0)]
    public double? RestHours { get; init; }

    /// <summary>Last local day by which the rest is given.</summary>
    [Required]
    public LocalDate? RestBy { get; init; }
}

/// <summary>Why a waiver is taken back.</summary>
public sealed record RevokeWaiverRequest
{
    /// <summary>Why; people read it in the record.</summary>
    [Required, StringLength(500)]
    public string Reason { get; init; } = "";
}

/// <summary>A waiver.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Crisis">Identity of the crisis.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Rule">Code of the rule.</param>
/// <param name="MaximumAmount">How far it may be broken.</param>
/// <param name="Unit">Unit of the amount: minutes, days, shifts or weekends.</param>
/// <param name="Agents">Codes of the people; empty for everybody at the hub.</param>
/// <param name="From">First local day.</param>
/// <param name="To">Last local day.</param>
/// <param name="ExpiresAt">From when on nothing more is done under it.</param>
/// <param name="ApprovedBy">Who approved it.</param>
/// <param name="Reason">Why.</param>
/// <param name="RestHours">Hours of rest that each person gets for it.</param>
/// <param name="RestBy">Last local day by which the rest is given.</param>
/// <param name="State">inForce, crisisAhead, crisisEnded, expired or revoked.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">Name of the key that made it.</param>
/// <param name="RevokedAt">When it was taken back; null while it is not.</param>
/// <param name="RevokedBy">Name of the key that took it back.</param>
/// <param name="RevokeReason">Why it was taken back.</param>
/// <param name="Uses">How often the rule was broken under it; <c>uses</c> lists them.</param>
/// <param name="Etag">ETag of this version, quotes included; goes into If-Match of a change.</param>
/// <param name="Version">Grows by one with every change.</param>
public sealed record WaiverResponse(
    Guid Id, Guid Crisis, string Hub, string Rule, double MaximumAmount, string Unit, IReadOnlyList<string> Agents, LocalDate From, LocalDate To,
    Instant ExpiresAt, string ApprovedBy, string Reason, double RestHours, LocalDate RestBy, WaiverState State, Instant CreatedAt, string CreatedBy,
    Instant? RevokedAt, string? RevokedBy, string? RevokeReason, int Uses, string Etag, int Version)
{
    internal static WaiverResponse Of(Waiver waiver, Instant now) => new(
        waiver.Id, waiver.CrisisId, waiver.Hub!.Code, waiver.Rule, waiver.MaximumAmount, ConstraintCatalog.Known.Find(waiver.Rule)?.Unit ?? "",
        [.. waiver.People.Select(p => p.Agent!.Code).Order(StringComparer.Ordinal)], waiver.From, waiver.To, waiver.ExpiresAt, waiver.ApprovedBy,
        waiver.Reason, waiver.RestHours, waiver.RestBy, waiver.At(now), waiver.CreatedAt, waiver.CreatedBy, waiver.RevokedAt, waiver.RevokedBy,
        waiver.RevokeReason, waiver.Uses, ETags.Of(waiver.Id, waiver.Version), waiver.Version);
}

/// <summary>A rule that was broken under a waiver.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Waiver">Identity of the waiver.</param>
/// <param name="Crisis">Identity of the crisis.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Agent">Code of the agent.</param>
/// <param name="Rule">Code of the rule.</param>
/// <param name="From">First local day of the breach.</param>
/// <param name="To">Last local day of the breach.</param>
/// <param name="Amount">How far it was broken.</param>
/// <param name="Unit">Unit of the amount.</param>
/// <param name="Source">Where the rule comes from.</param>
/// <param name="Message">The breach in words.</param>
/// <param name="Roster">Identity of the roster.</param>
/// <param name="Edit">Number of the edit of the roster; null where publishing it broke the rule.</param>
/// <param name="At">When.</param>
/// <param name="By">Name of the key, or who asked for it.</param>
/// <param name="RestHours">Hours of rest that the person gets for it.</param>
/// <param name="RestBy">Last local day by which the rest is given.</param>
public sealed record WaiverUseResponse(
    Guid Id, Guid Waiver, Guid Crisis, string Hub, string Agent, string Rule, LocalDate From, LocalDate To, double Amount, string Unit, string Source,
    string Message, Guid Roster, int? Edit, Instant At, string By, double RestHours, LocalDate RestBy)
{
    internal static WaiverUseResponse Of(WaiverUse use) => new(
        use.Id, use.WaiverId, use.CrisisId, use.Waiver!.Hub!.Code, use.Agent!.Code, use.Rule, use.From, use.To, use.Amount, use.Unit, use.Source, use.Message,
        use.RosterId, use.Edit, use.At, use.By, use.Waiver.RestHours, use.Waiver.RestBy);
}
