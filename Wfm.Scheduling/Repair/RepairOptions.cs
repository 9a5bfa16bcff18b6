using NodaTime;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Repair;

/// <summary>How a repair searches, and what it must not touch.</summary>
/// <param name="Limits">How long it searches; a work limit of 0 only takes away what cannot stay. The same input, seed and work limit give the same
/// repair, on any machine.</param>
public sealed record RepairOptions(SolveLimits Limits)
{
    /// <summary>Work limit that is enough for some dozens of absences in a hub of a thousand people.</summary>
    public const long DefaultMoves = 1_000_000;

    /// <summary>The moment from which the roster may change: days before it and shifts begun before it stay, new shifts begin at or after it, and the
    /// notice period is counted from it. <see langword="null"/> when the whole period lies in the future and people have not been told yet.</summary>
    public Instant? From { get; init; }

    /// <summary>Whether gaps and conflicts of the new roster are looked behind, which takes longer than a short search.</summary>
    internal bool Explains { get; init; } = true;

    /// <summary>What it costs to differ from the published roster.</summary>
    public ClosenessCosts Costs { get; init; } = ClosenessCosts.Default;
}
