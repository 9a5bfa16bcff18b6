using NodaTime;

namespace Wfm.Scheduling.Crises;

/// <summary>How a joint plan is searched for.</summary>
/// <param name="From">The moment from which rosters may change: shifts begun before it stay.</param>
/// <param name="Seed">The same input, seed and work limit give the same plan, on any machine and number of threads.</param>
/// <param name="MovesPerHub">Work limit of the repair of one hub, at least 0.</param>
public sealed record JointPlanOptions(Instant From, int Seed, long MovesPerHub = JointPlanOptions.DefaultMoves)
{
    /// <summary>Work limit that is enough for a hub of some two hundred people.</summary>
    public const long DefaultMoves = 100_000;

    /// <summary>Work limit of the repair of one hub.</summary>
    public long MovesPerHub { get; } = MovesPerHub >= 0 ? MovesPerHub
        : throw new SchedulingDataException($"joint plan: MovesPerHub is {MovesPerHub}; it must be at least 0.");

    /// <summary>How often what a hub cannot do is asked of the others, 1 to 10.</summary>
    public int Rounds
    {
        get;
        init => field = value is >= 1 and <= 10 ? value : throw new SchedulingDataException($"joint plan: Rounds is {value}; it must lie between 1 and 10.");
    } = 3;

    /// <summary>Hubs repaired at the same time, at least 1.</summary>
    public int Threads
    {
        get;
        init => field = value >= 1 ? value : throw new SchedulingDataException($"joint plan: Threads is {value}; it must be at least 1.");
    } = 1;
}
