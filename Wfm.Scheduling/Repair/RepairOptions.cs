using NodaTime;

namespace Wfm.Scheduling.Repair;

/// <summary>How a repair searches, and what it must not touch.</summary>
/// <param name="Seed">The same input, seed and work limit give the same repair, on any machine.</param>
/// <param name="MaximumMoves">Work limit: moves tried; 0 only takes away what cannot stay. A time limit is the caller's cancellation token.</param>
/// <exception cref="ArgumentOutOfRangeException">A negative work limit.</exception>
public sealed record RepairOptions(int Seed, long MaximumMoves = RepairOptions.DefaultMoves)
{
    /// <summary>Enough for some dozens of absences in a hub of a thousand people.</summary>
    public const long DefaultMoves = 1_000_000;

    /// <summary>Work limit: moves tried.</summary>
    public long MaximumMoves { get; } = MaximumMoves >= 0 ? MaximumMoves
        : throw new ArgumentOutOfRangeException(nameof(MaximumMoves), MaximumMoves, "The work limit must not be negative.");

    /// <summary>The moment from which the roster may change: days before it and shifts begun before it stay, new shifts begin at or after it, and the
    /// notice period is counted from it. <see langword="null"/> when the whole period lies in the future and people have not been told yet.</summary>
    public Instant? From { get; init; }

    /// <summary>What it costs to differ from the published roster.</summary>
    public ClosenessCosts Costs { get; init; } = ClosenessCosts.Default;
}
