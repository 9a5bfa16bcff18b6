using NodaTime;

namespace Wfm.Api.Features.Nights;

/// <summary>One night of one hub, as it was handed in. The row is what makes a night happen once, whatever restarts, clocks and other processes do.</summary>
public sealed class Night
{
    public Guid HubId { get; init; }

    /// <summary>The local day the night ends on.</summary>
    public LocalDate Date { get; init; }

    /// <summary>When its chain was due.</summary>
    public Instant DueAt { get; init; }

    /// <summary>When its chain was handed in; null for the night before the first one of the hub.</summary>
    public Instant? HandedInAt { get; init; }

    /// <summary>Deduplication key of the chain's job.</summary>
    public static string KeyOf(string hub, LocalDate date) => $"nightly:{hub}:{date:uuuu-MM-dd}";
}
