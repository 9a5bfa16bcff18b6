using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Wellbeing;

/// <summary>How it is known that somebody worked on a queue.</summary>
public enum ExposureSource
{
    /// <summary>Contacts that were routed to the person.</summary>
    Routed,

    /// <summary>A state of the person that names the queue.</summary>
    State,
}

/// <summary>Time that a person spent on the content of a queue. Kept for a short time and deleted.</summary>
public sealed class ExposureEntry
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid AgentId { get; init; }
    public Agent? Agent { get; init; }
    public Guid QueueId { get; init; }
    public WorkQueue? Queue { get; init; }
    public ExposureSource Source { get; init; }
    public Instant Start { get; init; }
    public Instant End { get; set; }

    /// <summary>Seconds on content between start and end.</summary>
    public int Seconds { get; set; }
}
