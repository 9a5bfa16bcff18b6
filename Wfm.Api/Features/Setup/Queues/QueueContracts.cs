using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Setup.Queues;

/// <summary>A queue as it is created or replaced.</summary>
public record QueueRequest : ISetupRequest
{
    /// <summary>What files and other systems call it; never changes. Lower-case letters, digits, '.', '_', '-'.</summary>
    [Required, Code]
    public string Code { get; init; } = "";

    /// <summary>What people call it.</summary>
    [Required, StringLength(200)]
    public string Name { get; init; } = "";

    /// <summary>How work arrives: voice, chat, ticket, report, appeal or a word of your own.</summary>
    [Required, RegularExpression("^[a-z][a-z0-9-]{0,31}$", ErrorMessage = "A channel is a lower-case word such as voice, chat or report.")]
    public string Channel { get; init; } = "";

    /// <summary>Whether somebody waits for it now, or it waits until a deadline.</summary>
    [Required]
    public WorkKind? Kind { get; init; }

    /// <summary>Language, a BCP 47 tag such as en or pt-BR; zxx for work without words.</summary>
    [Required, RegularExpression("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", ErrorMessage = "A language is a BCP 47 tag such as en or pt-BR.")]
    public string Language { get; init; } = "";

    /// <summary>Severity tier, S0 (harmless) to S4 (most severe).</summary>
    [Required, RegularExpression("^S[0-4]$", ErrorMessage = "A severity is one of S0, S1, S2, S3, S4.")]
    public string Severity { get; init; } = "";

    /// <summary>Rank among queues, 1 to 10; 1 is served first.</summary>
    [Range(1, 10)]
    public int Priority { get; init; } = 5;

    /// <summary>Skill group that covers it: agents hold skills in groups, rosters are staffed by group.</summary>
    [Required, Code]
    public string SkillGroup { get; init; } = "";

    /// <summary>How harmful its content is to those who see it, E0 (not) to E4 (most); limits of exposure go by it.</summary>
    [RegularExpression("^E[0-4]$", ErrorMessage = "An exposure class is one of E0, E1, E2, E3, E4.")]
    public string? ExposureClass { get; init; }

    /// <summary>hub: worked where it arrives; global: every hub with the skill may work it, and allocations share it out.</summary>
    public QueueRouting Routing { get; init; } = QueueRouting.Hub;

    /// <summary>What is promised to those who wait.</summary>
    [Required]
    public QueueGoal Goal { get; init; } = new();

    /// <summary>Average handle time in seconds where history has none.</summary>
    [Range(1, 86_400)]
    public double AhtSeconds { get; init; } = 300;

    /// <summary>Contacts one agent handles at once, 1 to 20; more than 1 for chat only.</summary>
    [Range(1, 20)]
    public int Concurrency { get; init; } = 1;

    /// <summary>Heads that must be on duty whenever the queue is open.</summary>
    [Range(0, 1000)]
    public int MinimumHeads { get; init; }

    /// <summary>Local weekly opening hours, the same at each hub; empty means those of the hub. Windows must not overlap.</summary>
    [MaxLength(100)]
    public List<OpeningWindow> OpeningHours { get; init; } = [];

    /// <summary>Local dates on which it is closed at every hub: nobody is staffed, nor minimum heads.</summary>
    [MaxLength(400)]
    public List<Closure> Closures { get; init; } = [];
}

/// <summary>A stream of work with its language, severity and promise.</summary>
public sealed record QueueResponse : QueueRequest, IVersionedResponse
{
    /// <summary>ETag of this version, quotes included; goes into If-Match of a change.</summary>
    public required string Etag { get; init; }

    /// <summary>Grows by one with every change.</summary>
    public required int Version { get; init; }

    /// <summary>When it was last changed.</summary>
    public required Instant UpdatedAt { get; init; }

    internal static QueueResponse From(WorkQueue queue) => new()
    {
        Code = queue.Code,
        Name = queue.Name,
        Channel = queue.Channel,
        Kind = queue.Kind,
        Language = queue.Language,
        Severity = queue.Severity,
        Priority = queue.Priority,
        SkillGroup = queue.SkillGroup,
        ExposureClass = queue.ExposureClass,
        Routing = queue.Routing,
        Goal = queue.Goal,
        AhtSeconds = queue.AhtSeconds,
        Concurrency = queue.Concurrency,
        MinimumHeads = queue.MinimumHeads,
        OpeningHours = queue.OpeningHours,
        Closures = queue.Closures,
        Etag = ETags.Of(queue),
        Version = queue.Version,
        UpdatedAt = queue.UpdatedAt,
    };
}
