using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Simulation;

namespace Wfm.Scheduling.Proof;

/// <summary>A roster and the work it has to serve.</summary>
/// <param name="Problem">What the roster was made for. Days it pins stay as they are.</param>
/// <param name="Shifts">The roster, pinned shifts included, one per agent and date at most.</param>
/// <param name="Work">The work for a seed and a number of replications: other sample paths and other absences for another seed.</param>
/// <param name="Days">Start of each local day from the start of the period; the service is told by them.</param>
/// <param name="Level">The probability staffed for: a goal holds when it is met in at least this share of the replications; in (0, 1).</param>
public sealed record ProofCase(
    RosterProblem Problem, IReadOnlyList<RosterShift> Shifts, Func<SimulationOptions, SimulatedWork> Work, IReadOnlyList<Duration> Days, double Level)
{
    /// <summary>The probability staffed for.</summary>
    public double Level { get; } = Level is > 0 and < 1 ? Level : throw new ArgumentOutOfRangeException(nameof(Level), Level, "It must lie in (0, 1).");

    /// <summary>Shifts begun before the period that reach into it.</summary>
    public IReadOnlyList<RosterShift> Before { get; init; } = [];

    /// <summary>False: people serve the group their shift is planned for. True: all their skills.</summary>
    public bool AllSkills { get; init; }

    /// <summary>Whether shifts may change at all; a published roster is only judged, and told what it lacks.</summary>
    public bool MayChange { get; init; } = true;
}
