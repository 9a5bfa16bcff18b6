using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Adherence;

/// <summary>A part of a shift in force, as states are compared with it.</summary>
/// <param name="Code">Activity code.</param>
/// <param name="Kind">What it is by nature; <see langword="null"/> for the free time between the parts of a split shift.</param>
/// <param name="Group">Skill group worked; <see langword="null"/> when not working.</param>
/// <param name="Start">First moment.</param>
/// <param name="End">First moment after it.</param>
/// <param name="IsPaid">Whether it is paid.</param>
/// <param name="IsShrinkage">Whether it is part of the planned shrinkage that requirements add.</param>
public sealed record PlannedSegment(string Code, ActivityKind? Kind, string? Group, Instant Start, Instant End, bool IsPaid, bool IsShrinkage)
{
    /// <summary>Whether the person has to be in something: all of a shift but leave and the gap of a split shift.</summary>
    public bool IsInScope => Kind is not (null or ActivityKind.Leave);

    /// <summary>Whether it is planned as productive.</summary>
    public bool IsProductive => Kind is ActivityKind.Work or ActivityKind.Overtime;
}

/// <summary>By how much what is planned may slip and still be on time.</summary>
/// <param name="ByKind">By kind of activity; none for one that is left out.</param>
/// <param name="ShiftBorder">For the start and the end of a shift.</param>
public sealed record Tolerances(IReadOnlyDictionary<ActivityKind, Duration> ByKind, Duration ShiftBorder)
{
    /// <summary>At the border of two parts of a shift the greater of both; at its start and end that of the shift.</summary>
    internal Duration At(PlannedSegment? before, PlannedSegment? after) =>
        before is null || after is null ? ShiftBorder : Duration.Max(Of(before), Of(after));

    private Duration Of(PlannedSegment segment) => segment.Kind is { } kind ? ByKind.GetValueOrDefault(kind) : Duration.Zero;
}
