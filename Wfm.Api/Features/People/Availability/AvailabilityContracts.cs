using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;

namespace Wfm.Api.Features.People.Availability;

/// <summary>When one can work on some dates; without windows and times one cannot work at all then.</summary>
public record AskAvailabilityRequest
{
    /// <summary>First local date.</summary>
    [Required]
    public LocalDate? From { get; init; }

    /// <summary>Last local date; the first when left out.</summary>
    public LocalDate? To { get; init; }

    /// <summary>Local windows by day of the week.</summary>
    [MaxLength(100)]
    public List<OpeningWindow> Windows { get; init; } = [];

    /// <summary>Local times of every one of the dates, instead of windows.</summary>
    [MaxLength(10)]
    public List<DayTimesRequest> Times { get; init; } = [];

    /// <summary>Why.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }
}

/// <summary>When somebody can work on some dates, as a row of a file; it is in force at once.</summary>
public sealed record ImportAvailabilityRequest : AskAvailabilityRequest
{
    /// <summary>Code of the agent.</summary>
    [Required, Code]
    public string Agent { get; init; } = "";
}

/// <summary>Local times of a day.</summary>
/// <param name="From">Start.</param>
/// <param name="To">End; not after the start means the next day.</param>
public sealed record DayTimesRequest(LocalTime From, LocalTime To);

/// <summary>Why a request is decided, or taken back.</summary>
public sealed record AvailabilityReasonRequest
{
    /// <summary>Why; the person reads it.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }
}

/// <summary>A request for other availability.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Agent">Code of the person.</param>
/// <param name="From">First local date.</param>
/// <param name="To">Last local date.</param>
/// <param name="Windows">Local windows that hold on these dates; empty means not at all.</param>
/// <param name="State">asked, approved, refused or withdrawn.</param>
/// <param name="Rule">The rule of the policy that decided, or left it to the manager.</param>
/// <param name="AskedAt">When it was asked for.</param>
/// <param name="Steps">Each change of its state.</param>
/// <param name="Etag">ETag of this version, quotes included; goes into If-Match of a decision.</param>
/// <param name="Version">Grows by one with every change.</param>
/// <param name="UpdatedAt">When it last changed.</param>
public sealed record AvailabilityResponse(
    Guid Id, string Agent, LocalDate From, LocalDate To, IReadOnlyList<OpeningWindow> Windows, AvailabilityState State, string? Rule, Instant AskedAt,
    IReadOnlyList<AvailabilityStep> Steps, string Etag, int Version, Instant UpdatedAt) : IVersionedResponse
{
    internal static AvailabilityResponse Of(AvailabilityRequest r) => new(
        r.Id, r.Agent!.Code, r.From, r.To, r.Windows, r.State, r.Rule, r.AskedAt, r.Steps, ETags.Of(r.Id, r.Version), r.Version, r.UpdatedAt);
}
