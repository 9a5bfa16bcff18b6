using System.ComponentModel.DataAnnotations;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Today.Feeds;

/// <summary>Contacts of one range of ages that are open at a moment. A snapshot of a queue is its rows of one moment; a row is known by hub, queue, moment and
/// youngest age: sent again, it replaces the one before.</summary>
public sealed record BacklogRow
{
    /// <summary>Code of the hub.</summary>
    /// <example>dub</example>
    [Required, Code]
    public required string Hub { get; init; }

    /// <summary>Code of the queue.</summary>
    /// <example>hate-speech-en</example>
    [Required, Code]
    public required string Queue { get; init; }

    /// <summary>Moment of the snapshot, a whole minute: with Z or an offset an instant, without one the local time of the hub.</summary>
    /// <example>2026-10-05T11:45</example>
    [Required]
    public required string At { get; init; }

    /// <summary>Age of the youngest in minutes; 0 when left out.</summary>
    /// <example>0</example>
    [Range(0, 525_600)]
    public int YoungestMinutes { get; init; }

    /// <summary>Age of the oldest in minutes, at least that of the youngest.</summary>
    /// <example>60</example>
    [Range(0, 525_600)]
    public required int OldestMinutes { get; init; }

    /// <summary>Contacts open; 0 says that there are none, or takes an earlier row back.</summary>
    /// <example>42</example>
    [Range(0, 1_000_000)]
    public required int Contacts { get; init; }
}

/// <summary>What was answered of a queue in an interval. A row is known by hub, queue and start: sent again, it replaces the one before.</summary>
public sealed record ServedRow
{
    /// <summary>Code of the hub.</summary>
    /// <example>dub</example>
    [Required, Code]
    public required string Hub { get; init; }

    /// <summary>Code of the queue.</summary>
    /// <example>creator-chat-en</example>
    [Required, Code]
    public required string Queue { get; init; }

    /// <summary>Start of the interval, a whole minute: with Z or an offset an instant, without one the local time of the hub.</summary>
    /// <example>2026-10-05T11:00</example>
    [Required]
    public required string IntervalStart { get; init; }

    /// <summary>Length of the interval in minutes, 5 to 1440; that of the queue's volumes at the hub when left out.</summary>
    /// <example>30</example>
    [Range(5, 1440)]
    public int? Minutes { get; init; }

    /// <summary>Contacts answered; of work with a deadline those done.</summary>
    /// <example>118</example>
    [Range(0, 1_000_000)]
    public required int Answered { get; init; }

    /// <summary>Of these, within the threshold of the service level, or within the turnaround.</summary>
    /// <example>101</example>
    [Range(0, 1_000_000)]
    public required int AnsweredInTime { get; init; }

    /// <summary>Contacts that gave up waiting; null when it is not known.</summary>
    [Range(0, 1_000_000)]
    public int? Abandoned { get; init; }

    /// <summary>Seconds that the answered contacts waited, all together; null when it is not known.</summary>
    [Range(0.0, 1e9)]
    public double? WaitSeconds { get; init; }
}
