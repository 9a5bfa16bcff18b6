using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Today.Feeds;

/// <summary>What a queue was served like at a hub in one interval.</summary>
public sealed class ServedInterval : IFeedRow, IVersioned
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid HubId { get; init; }
    public Guid QueueId { get; init; }
    public Instant Start { get; init; }

    /// <summary>End, exclusive.</summary>
    public Instant End { get; set; }

    /// <summary>Contacts answered; of deferrable work those done.</summary>
    public int Answered { get; set; }

    /// <summary>Of these, within the threshold or the turnaround.</summary>
    public int InTime { get; set; }

    /// <summary>Contacts that gave up; null when that is not told.</summary>
    public int? Abandoned { get; set; }

    /// <summary>Seconds that the answered ones waited, all together; null when that is not told.</summary>
    public double? WaitSeconds { get; set; }

    /// <inheritdoc/>
    public int Version { get; set; } = 1;
}
