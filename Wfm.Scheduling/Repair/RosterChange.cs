using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Repair;

/// <summary>What has changed since a roster was published. Several kinds may come together; what is left out is as before.</summary>
public sealed record RosterChange
{
    /// <summary>Nothing has changed.</summary>
    public static RosterChange None { get; } = new();

    /// <summary>People who cannot work for a while.</summary>
    public IReadOnlyList<Absence> Absences { get; init => field = Guard.List(value, "roster change", nameof(Absences)); } = [];

    /// <summary>Demand that grows or falls for a while; applied in order, after <see cref="Demand"/>.</summary>
    public IReadOnlyList<DemandSurge> Surges { get; init => field = Guard.List(value, "roster change", nameof(Surges)); } = [];

    /// <summary>Demand that takes the place of the old one, all lines of it; <see langword="null"/> leaves the old one.</summary>
    public IReadOnlyList<DemandLine>? Demand { get; init; }

    /// <summary>Rules that take the place of the old ones; <see langword="null"/> leaves the old ones.</summary>
    public LabourPolicy? Policy { get; init; }

    /// <summary>People who join; they have no published shifts.</summary>
    public IReadOnlyList<RosterAgent> AddedAgents { get; init => field = Guard.List(value, "roster change", nameof(AddedAgents)); } = [];
}

/// <summary>A person cannot work for a while.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Start">First moment away.</param>
/// <param name="End">First moment back, after the start.</param>
/// <param name="Kind">What it is for.</param>
/// <exception cref="SchedulingDataException">An empty id, or the end is not after the start.</exception>
public sealed record Absence(string AgentId, Instant Start, Instant End, LeaveKind Kind = LeaveKind.Sick)
{
    /// <summary>The agent.</summary>
    public string AgentId { get; } = Guard.Text(AgentId, "absence", nameof(AgentId));

    /// <summary>First moment back.</summary>
    public Instant End { get; } = End > Start ? End
        : throw new SchedulingDataException($"absence of agent '{AgentId}': End {End} is not after Start {Start}.");
}

/// <summary>Demand is multiplied for a while.</summary>
/// <param name="Group">The demand group; <see langword="null"/> for all.</param>
/// <param name="Start">First moment; an interval that is touched in part changes in part.</param>
/// <param name="End">First moment after it.</param>
/// <param name="Factor">The new demand as a multiple of the old one, 0 to 100; 1.2 is a fifth more.</param>
/// <exception cref="SchedulingDataException">The end is not after the start, or the factor lies outside its range.</exception>
public sealed record DemandSurge(string? Group, Instant Start, Instant End, double Factor)
{
    /// <summary>First moment after it.</summary>
    public Instant End { get; } = End > Start ? End : throw new SchedulingDataException($"demand surge: End {End} is not after Start {Start}.");

    /// <summary>The new demand as a multiple of the old one.</summary>
    public double Factor { get; } = Factor is >= 0 and <= 100 ? Factor
        : throw new SchedulingDataException($"demand surge from {Start}: Factor is {Factor}; it must lie between 0 and 100.");
}
