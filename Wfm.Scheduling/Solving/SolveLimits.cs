using System.Text.Json.Serialization;

namespace Wfm.Scheduling.Solving;

/// <summary>How long and on what a roster is searched for: the same limits for a solve and a repair, whoever asks.</summary>
/// <param name="Seed">The same problem, seed, work limit and threads give the same roster, on any machine, unless a time limit comes first.</param>
/// <param name="MaximumMoves">Work limit: moves tried, over all threads; 0 gives the first feasible roster, <see cref="long.MaxValue"/> sets no limit.</param>
/// <param name="Threads">Independent searches, 1 to 64, with seeds from <paramref name="Seed"/> on; the best is returned. A repair searches on one.</param>
/// <exception cref="ArgumentOutOfRangeException">A negative work limit, or threads outside 1 to 64.</exception>
public sealed record SolveLimits(int Seed, long MaximumMoves, int Threads = 1)
{
    /// <summary>Work limit: moves tried, over all threads.</summary>
    public long MaximumMoves { get; init => field = Guarded(value); } = Guarded(MaximumMoves);

    /// <summary>Independent searches.</summary>
    public int Threads { get; init; } = Threads is >= 1 and <= 64 ? Threads
        : throw new ArgumentOutOfRangeException(nameof(Threads), Threads, "Threads must lie between 1 and 64.");

    /// <summary>
    /// Time limit in seconds, more than 0; <see langword="null"/> for none. The search cools to its end in this time or over the work limit, whichever comes
    /// first; without either near it cools in ever longer rounds. A search that the time ends is not repeatable.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public double? Seconds
    {
        get;
        init => field = value is null or (> 0 and < double.PositiveInfinity) ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The time limit must be a finite number of seconds above 0.");
    }

    /// <summary>Seconds since the search was asked for, by the caller's clock; needed with a time limit, since the library knows none.</summary>
    [JsonIgnore]
    public Func<double>? Elapsed { get; init; }

    /// <summary>What studies vary; <see langword="null"/> for what suits the problem.</summary>
    [JsonIgnore]
    internal SearchSettings? Settings { get; init; }

    /// <summary>Fraction of the time limit that is used up, 1 and more when it is over; 0 without one.</summary>
    internal double TimeUsed => Seconds is not { } seconds ? 0
        : Elapsed is { } clock ? clock() / seconds
        : throw new InvalidOperationException($"A time limit of {seconds} s needs a clock: set {nameof(Elapsed)}.");

    /// <summary>Why a search that has just ended did so.</summary>
    internal StopReason ReasonOf(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? StopReason.Cancelled : TimeUsed >= 1 ? StopReason.TimeLimit : StopReason.WorkLimit;

    private static long Guarded(long maximumMoves) => maximumMoves >= 0 ? maximumMoves
        : throw new ArgumentOutOfRangeException(nameof(maximumMoves), maximumMoves, "The work limit must not be negative.");
}

/// <summary>How far a search is.</summary>
/// <param name="Moves">Moves tried so far.</param>
/// <param name="Cost">Soft cost of the best roster so far.</param>
/// <param name="MissingHours">Head-hours of immediate work that are missing now; <see langword="null"/> when it was not counted.</param>
/// <param name="IsAnnealing">One thread's annealing tells it, and has done nothing but moves; otherwise the work of all threads is told in moves.</param>
public sealed record SolveProgress(long Moves, double Cost, double? MissingHours, bool IsAnnealing = true);

/// <summary>Why a search ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StopReason>))]
public enum StopReason
{
    /// <summary>The work limit was reached.</summary>
    WorkLimit,

    /// <summary>The time limit was reached.</summary>
    TimeLimit,

    /// <summary>The caller cancelled; the best roster so far is returned.</summary>
    Cancelled,

    /// <summary>No roster costs less than the one found.</summary>
    Proven,

    /// <summary>Nothing to decide: no agents, no shifts or no freedom.</summary>
    NothingToDecide,
}
