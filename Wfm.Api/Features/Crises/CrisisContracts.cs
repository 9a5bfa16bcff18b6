using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Http;
using Wfm.Forecasting.Calendar;

namespace Wfm.Api.Features.Crises;

/// <summary>What to declare, and where.</summary>
public sealed record DeclareCrisisRequest
{
    /// <summary>What people call it.</summary>
    /// <example>Attack streamed live</example>
    [Required, StringLength(200)]
    public string Name { get; init; } = "";

    /// <summary>What kind of event it is, in a word of your own. Lower-case letters, digits, '.', '_', '-'.</summary>
    /// <example>violent-attack</example>
    [Required, Code]
    public string Kind { get; init; } = "";

    /// <summary>Severity of the content that is expected, S0 (harmless) to S4 (most severe).</summary>
    /// <example>S4</example>
    [Required, RegularExpression("^S[0-4]$", ErrorMessage = "A severity is one of S0, S1, S2, S3, S4.")]
    public string Severity { get; init; } = "";

    /// <summary>Codes of the hubs at which it is declared.</summary>
    [Required, MinLength(1), MaxLength(1000)]
    public IReadOnlyList<string> Hubs { get; init; } = [];

    /// <summary>Codes of the queues that it is about; left out where nobody knows yet, or it is about waivers alone. No other crisis may be about one of them
    /// at one of the hubs meanwhile.</summary>
    [MaxLength(1000)]
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>How large it is expected to be; left out to learn it from what comes.</summary>
    public ExpectedSurgeData? Expected { get; init; }

    /// <summary>From when on it is in force; left out for now. It may lie back, or up to 30 days ahead.</summary>
    public Instant? From { get; init; }

    /// <summary>What is known, for those who read the record later.</summary>
    [StringLength(2000)]
    public string? Description { get; init; }
}

/// <summary>The size and course of a surge as it is expected: what is beyond the usual at the start, halved every half-life.</summary>
public sealed record ExpectedSurgeData
{
    /// <summary>Volume ÷ usual volume at the start, above 1 and up to 50; left out to learn it from what comes.</summary>
    /// <example>3</example>
    [Range(1.01, 50)]
    public double? Factor { get; init; }

    /// <summary>Hours until what is beyond the usual is halved, 1 to 720; where the factor is learned, what is believed before anything was seen.</summary>
    /// <example>36</example>
    [Range(1, 720)]
    public double HalfLifeHours { get; init; } = CrisisShape.PriorHalfLifeHours;

    internal ExpectedSurge ToStored() => new(Factor, HalfLifeHours);

    internal static ExpectedSurgeData? Of(ExpectedSurge? expected) =>
        expected is null ? null : new ExpectedSurgeData { Factor = expected.Factor, HalfLifeHours = expected.HalfLifeHours };
}

/// <summary>What a crisis is about beside what it was declared for.</summary>
public sealed record ExtendCrisisRequest
{
    /// <summary>Codes of more hubs.</summary>
    [MaxLength(1000)]
    public IReadOnlyList<string> Hubs { get; init; } = [];

    /// <summary>Codes of more queues.</summary>
    [MaxLength(1000)]
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>How large it is expected to be by now; left out to leave that as it is.</summary>
    public ExpectedSurgeData? Expected { get; init; }

    /// <summary>Why; people read it in the record.</summary>
    [Required, StringLength(500)]
    public string Reason { get; init; } = "";
}

/// <summary>Why a crisis is over.</summary>
public sealed record EndCrisisRequest
{
    /// <summary>Why; people read it in the record.</summary>
    [Required, StringLength(500)]
    public string Reason { get; init; } = "";

    /// <summary>True to end it though people still have shifts ahead that it gave them: they keep them.</summary>
    public bool KeepShifts { get; init; }
}

/// <summary>A declared crisis.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Kind">What kind of event it is.</param>
/// <param name="Severity">Severity of the content that is expected, S0 to S4.</param>
/// <param name="Hubs">Codes of the hubs at which it is declared.</param>
/// <param name="Queues">Codes of the queues that it is about; empty where nobody has said.</param>
/// <param name="Expected">How large it is expected to be; null where that is learned.</param>
/// <param name="State">declared (still ahead), active, closing or closed.</param>
/// <param name="From">From when on it is in force.</param>
/// <param name="DeclaredAt">When it was declared.</param>
/// <param name="DeclaredBy">Name of the key that declared it.</param>
/// <param name="EndedAt">When it was ended; null while it is not.</param>
/// <param name="EndedBy">Name of the key that ended it.</param>
/// <param name="EndReason">Why it was ended.</param>
/// <param name="Description">What is known.</param>
/// <param name="WaiverUses">How often a rule was broken under a waiver for it; <c>waiver-uses</c> lists them.</param>
/// <param name="StandDown">Who goes when, and who is owed rest, once it is stood down; null before.</param>
/// <param name="Etag">ETag of this version, quotes included; goes into If-Match of a change.</param>
/// <param name="Version">Grows by one with every change.</param>
public sealed record CrisisResponse(
    Guid Id, string Name, string Kind, string Severity, IReadOnlyList<string> Hubs, IReadOnlyList<string> Queues, ExpectedSurgeData? Expected,
    CrisisState State, Instant From, Instant DeclaredAt, string DeclaredBy, Instant? EndedAt, string? EndedBy, string? EndReason, string? Description,
    int WaiverUses, StandDownPlan? StandDown, string Etag, int Version)
{
    internal static CrisisResponse Of(Crisis crisis, Instant now) => new(
        crisis.Id, crisis.Name, crisis.Kind, crisis.Severity, [.. crisis.Hubs.Select(h => h.Hub!.Code).Order(StringComparer.Ordinal)],
        crisis.Queues, ExpectedSurgeData.Of(crisis.Expected), crisis.At(now), crisis.From, crisis.DeclaredAt, crisis.DeclaredBy, crisis.EndedAt,
        crisis.EndedBy, crisis.EndReason, crisis.Description, crisis.WaiverUses, crisis.StandDown, ETags.Of(crisis.Id, crisis.Version), crisis.Version);
}
