using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>A shift somebody worked before rosters were published here, as another system tells it. It counts where no published roster covers its
/// day.</summary>
public sealed class WorkedShift : IVersioned
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid AgentId { get; init; }
    public Agent? Agent { get; init; }

    /// <summary>Where it was worked.</summary>
    public Guid HubId { get; set; }

    /// <summary>Local day at the hub on which it starts.</summary>
    public LocalDate Date { get; set; }
    public Instant Start { get; init; }
    public Instant End { get; set; }
    public int PaidMinutes { get; set; }

    /// <summary>Skill group worked, if known.</summary>
    public string? Group { get; set; }

    /// <summary>Grows by one with every change.</summary>
    public int Version { get; set; } = 1;

    public ShiftInForce ToShift() => new(Id, AgentId, HubId, ShiftState.Worked, Date, null, Start, End, PaidMinutes, Group, []);
}
