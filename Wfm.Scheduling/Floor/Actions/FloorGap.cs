using NodaTime;

namespace Wfm.Scheduling.Floor.Actions;

/// <summary>A stretch of time in which a group has too few people, or more than it needs.</summary>
/// <param name="Group">The group.</param>
/// <param name="Start">First moment.</param>
/// <param name="End">First moment after it.</param>
/// <param name="HeadHours">Head-hours missing or spare in it, above 0.</param>
public sealed record FloorGap(string Group, Instant Start, Instant End, double HeadHours)
{
    /// <summary>Whether it has a moment in common with a stretch.</summary>
    /// <param name="start">First moment of the stretch.</param>
    /// <param name="end">First moment after it.</param>
    public bool Touches(Instant start, Instant end) => Start < end && start < End;
}
