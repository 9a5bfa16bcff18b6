using System.Text.Json.Serialization;

namespace Wfm.Scheduling.Solving;

/// <summary>How long and on what the solver searches.</summary>
/// <param name="Seed">The same problem, seed, work limit and threads give the same roster, on any machine.</param>
/// <param name="MaximumMoves">Work limit: moves tried, over all threads; 0 gives the first feasible roster. A time limit is the caller's cancellation token.</param>
/// <param name="Threads">Independent searches, 1 to 64, with seeds from <paramref name="Seed"/> on; the best is returned.</param>
/// <exception cref="ArgumentOutOfRangeException">A negative work limit, or threads outside 1 to 64.</exception>
public sealed record SolverOptions(int Seed, long MaximumMoves, int Threads = 1)
{
    /// <summary>Work limit: moves tried, over all threads.</summary>
    public long MaximumMoves { get; } = MaximumMoves >= 0 ? MaximumMoves
        : throw new ArgumentOutOfRangeException(nameof(MaximumMoves), MaximumMoves, "The work limit must not be negative.");

    /// <summary>Independent searches.</summary>
    public int Threads { get; } = Threads is >= 1 and <= 64 ? Threads
        : throw new ArgumentOutOfRangeException(nameof(Threads), Threads, "Threads must lie between 1 and 64.");

    /// <summary>
    /// Fraction of the time limit that is used up, 0 to 1, for callers that stop by time: the search then cools to its end in time.
    /// Without it the search cools over the work limit, or in ever longer rounds when that is far away. Repeatability is lost with a clock.
    /// </summary>
    public Func<double>? TimeUsed { get; init; }

    /// <summary>What studies vary; <see langword="null"/> for what suits the problem.</summary>
    internal SearchSettings? Settings { get; init; }
}

/// <summary>How far a search is.</summary>
/// <param name="Moves">Moves tried so far.</param>
/// <param name="Cost">Soft cost of the best roster so far.</param>
/// <param name="IsAnnealing">One thread's annealing tells it, and has done nothing but moves; otherwise the work of all threads is told in moves.</param>
public sealed record SolveProgress(long Moves, double Cost, bool IsAnnealing = true);

/// <summary>Why a search ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StopReason>))]
public enum StopReason
{
    /// <summary>The work limit was reached.</summary>
    WorkLimit,

    /// <summary>The caller cancelled, usually at a time limit; the best roster so far is returned.</summary>
    Cancelled,

    /// <summary>No roster costs less than the one found.</summary>
    Proven,

    /// <summary>Nothing to decide: no agents, no shifts or no freedom.</summary>
    NothingToDecide,
}
