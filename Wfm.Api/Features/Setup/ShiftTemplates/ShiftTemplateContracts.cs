using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Setup.ShiftTemplates;

/// <summary>A shift template as it is created or replaced.</summary>
public record ShiftTemplateRequest : ISetupRequest
{
    /// <summary>What files and other systems call it; never changes. Lower-case letters, digits, '.', '_', '-'.</summary>
    [Required, Code]
    public string Code { get; init; } = "";

    /// <summary>Code of the hub; never changes.</summary>
    [Required, Code]
    public string Hub { get; init; } = "";

    /// <summary>First local time a shift may start.</summary>
    [Required]
    public LocalTime? EarliestStart { get; init; }

    /// <summary>Last local time a shift may start, not before the first.</summary>
    [Required]
    public LocalTime? LatestStart { get; init; }

    /// <summary>Minutes between possible starts, from the earliest on.</summary>
    [Range(5, 720)]
    public int StartStepMinutes { get; init; } = 30;

    /// <summary>Length in minutes of elapsed time, breaks included; a multiple of 5. May be left out where <c>endsAt</c> is given.</summary>
    [Range(60, 1440)]
    public int? LengthMinutes { get; init; }

    /// <summary>Local time at which a shift begun at the earliest start ends; one begun later ends as much later. With it the end is kept on the wall clock, so
    /// that a
    /// night on which the clocks change is an hour shorter or longer; without it the length is.</summary>
    public LocalTime? EndsAt { get; init; }

    /// <summary>Meal, breaks, wellness and the gap of a split shift, in any order; they must fit one after another.</summary>
    [MaxLength(10)]
    public List<BreakWindow> Breaks { get; init; } = [];

    /// <summary>Local days of the week a shift may start; empty means every day.</summary>
    [MaxLength(7)]
    public List<IsoDayOfWeek> Days { get; init; } = [];
}

/// <summary>A shape of shift a hub allows: start window, length, meal and breaks.</summary>
public sealed record ShiftTemplateResponse : ShiftTemplateRequest, IVersionedResponse
{
    /// <summary>Minutes that are paid on an ordinary day: the length without unpaid breaks.</summary>
    public required int PaidMinutes { get; init; }

    /// <summary>ETag of this version, quotes included; goes into If-Match of a change.</summary>
    public required string Etag { get; init; }

    /// <summary>Grows by one with every change.</summary>
    public required int Version { get; init; }

    /// <summary>When it was last changed.</summary>
    public required Instant UpdatedAt { get; init; }

    internal static ShiftTemplateResponse From(ShiftTemplate template) => new()
    {
        Code = template.Code,
        Hub = template.Hub!.Code,
        EarliestStart = template.EarliestStart,
        LatestStart = template.LatestStart,
        StartStepMinutes = template.StartStepMinutes,
        LengthMinutes = template.LengthMinutes,
        EndsAt = template.EndsAt,
        Breaks = template.Breaks,
        Days = template.Days,
        PaidMinutes = template.LengthMinutes - template.Breaks.Where(b => !b.Paid).Sum(b => b.LengthMinutes),
        Etag = ETags.Of(template),
        Version = template.Version,
        UpdatedAt = template.UpdatedAt,
    };
}
