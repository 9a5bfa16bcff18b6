using System.ComponentModel.DataAnnotations;
using Wfm.Scheduling.Solving;

namespace Wfm.Api.Features.Rosters;

/// <summary>How long and on what a roster is searched for.</summary>
public abstract record SolveLimitsRequest
{
    /// <summary>Seed of the search: the same input, seed, move limit and threads give the same roster.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Work limit of the search in moves, 0 to one billion; left out for 8,000,000 where a roster is made and 1,000,000 where one is repaired.
    /// With 0 a roster is only constructed, and a repair only takes away what cannot stay.</summary>
    /// <example>8000000</example>
    [Range(0L, 1_000_000_000L)]
    public long? MaximumMoves { get; init; }

    /// <summary>Time limit of the search in seconds: it cools to its end in this time or over its moves, whichever comes first. A roster that the time
    /// ended need not be repeatable.</summary>
    [Range(0.1, 3600)]
    public double? TimeLimitSeconds { get; init; }

    /// <summary>Independent searches that share the moves, the best of which is taken, 1 to 64; a repair searches on one.</summary>
    [Range(1, 64)]
    public int Threads { get; init; } = 1;

    /// <param name="moves">Work limit where none is asked for.</param>
    internal SolveLimits ToLimits(long moves) => new(Seed, MaximumMoves ?? moves, Threads) { Seconds = TimeLimitSeconds };
}
