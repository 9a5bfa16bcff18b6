using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Proof;

/// <summary>How long the loop of roster and simulation goes on.</summary>
/// <param name="Judge">How the last word is simulated. Steering uses seeds of its own.</param>
/// <param name="Limits">Seed of the search; moves of one repair; a time limit for all of it.</param>
public sealed record ProofOptions(SimulationOptions Judge, SolveLimits Limits)
{
    /// <summary>Replications that steer, 2 or more.</summary>
    public int Replications { get; init => field = AtLeast(value, 2, nameof(Replications)); } = 12;

    /// <summary>Most rounds of raised demand and repair; 0 only judges.</summary>
    public int Rounds { get; init => field = AtLeast(value, 0, nameof(Rounds)); } = 6;

    /// <summary>Rosters tried with more people, for each group whose goals do not hold; 0 looks for no number.</summary>
    public int Trials { get; init => field = AtLeast(value, 0, nameof(Trials)); } = 8;

    /// <summary>Most people added to a group in a trial.</summary>
    public int MostPeople { get; init => field = AtLeast(value, 1, nameof(MostPeople)); } = 64;

    /// <summary>Limits of one repair: its work. The time is looked at between repairs, so that each of them is repeatable.</summary>
    internal SolveLimits Repairs => new(Limits.Seed, Limits.MaximumMoves);

    private static int AtLeast(int value, int least, string name) =>
        value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"It must be at least {least}.");
}

/// <summary>How far a proof is.</summary>
/// <param name="Done">Share of the work that is done, 0 to 1.</param>
/// <param name="Step">What is being done.</param>
public sealed record ProofProgress(double Done, string Step);
