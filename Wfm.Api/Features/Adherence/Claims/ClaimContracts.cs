using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Adherence.Claims;

/// <summary>A span that shall count as in adherence.</summary>
public record AskExceptionRequest
{
    /// <summary>Start, a whole second; or localStart.</summary>
    public Instant? Start { get; init; }

    /// <summary>End, exclusive, at most 24 hours later; or localEnd.</summary>
    public Instant? End { get; init; }

    /// <summary>Start in the time of the hub, instead of <c>start</c>.</summary>
    public LocalDateTime? LocalStart { get; init; }

    /// <summary>End in the time of the hub, instead of <c>end</c>.</summary>
    public LocalDateTime? LocalEnd { get; init; }

    /// <summary>Why; the manager reads it. Say no more about health than is needed.</summary>
    [Required, StringLength(500)]
    public string Reason { get; init; } = "";
}

/// <summary>A span of a person that shall count as in adherence.</summary>
public sealed record CreateExceptionRequest : AskExceptionRequest
{
    /// <summary>Code of the agent.</summary>
    [Required, Code]
    public string Agent { get; init; } = "";

    /// <summary>False leaves it to be decided later; who asks may decide.</summary>
    public bool Approve { get; init; } = true;
}

/// <summary>What one says is wrong about one's adherence of a day.</summary>
public sealed record DisputeRequest
{
    /// <summary>Local day at the hub.</summary>
    [Required]
    public LocalDate? Date { get; init; }

    /// <summary>Start of the time in question, where it can be told.</summary>
    public Instant? Start { get; init; }

    /// <summary>End of the time in question, exclusive, where it can be told.</summary>
    public Instant? End { get; init; }

    /// <summary>What is wrong and how it was; the manager reads it.</summary>
    [Required, StringLength(500)]
    public string Reason { get; init; } = "";
}

/// <summary>A decision about a claim.</summary>
public sealed record ClaimDecisionRequest
{
    /// <summary>Why; the person reads it.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }

    /// <summary>Approving: start of what counts as in adherence instead of what was asked; with end.</summary>
    public Instant? Start { get; init; }

    /// <summary>Approving: end of what counts, exclusive; with start.</summary>
    public Instant? End { get; init; }
}

/// <summary>An exception from adherence, or a dispute about it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Kind">exception or dispute.</param>
/// <param name="Agent">Code of the agent.</param>
/// <param name="Date">Local day that it is about.</param>
/// <param name="Start">Start of the span that counts as in adherence once approved; null where none was told.</param>
/// <param name="End">Its end, exclusive; null likewise.</param>
/// <param name="Reason">Why it was asked.</param>
/// <param name="State">asked, approved, refused or withdrawn.</param>
/// <param name="Steps">What became of it, in order: when, by whom and why.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Etag">ETag of this version, quotes included.</param>
public sealed record ClaimResponse(
    Guid Id, ClaimKind Kind, string Agent, LocalDate Date, Instant? Start, Instant? End, string Reason, ClaimState State, IReadOnlyList<ClaimStep> Steps,
    Instant UpdatedAt, string Etag)
{
    internal static ClaimResponse Of(AdherenceClaim claim) => new(
        claim.Id, claim.Kind, claim.Agent!.Code, claim.Date, claim.Start, claim.End, claim.Reason, claim.State, claim.Steps, claim.UpdatedAt,
        ETags.Of(claim.Id, claim.Version));
}
