using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Today.Feeds;

/// <summary>Contacts of one range of ages that were open at a moment: a part of a snapshot of a queue at a hub.</summary>
public sealed class BacklogCount : IFeedRow, IVersioned
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid HubId { get; init; }
    public Guid QueueId { get; init; }

    /// <summary>The moment of the snapshot.</summary>
    public Instant At { get; init; }

    /// <summary>Age of the youngest, in minutes.</summary>
    public int YoungestMinutes { get; init; }

    /// <summary>Age of the oldest, in minutes.</summary>
    public int OldestMinutes { get; set; }
    public int Contacts { get; set; }

    /// <inheritdoc/>
    public int Version { get; set; } = 1;
}
