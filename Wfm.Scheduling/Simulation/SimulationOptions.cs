using NodaTime;
using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Simulation;

/// <summary>How often and from which seed a scenario is simulated.</summary>
public sealed record SimulationOptions
{
    /// <summary>Checks the options.</summary>
    /// <param name="seed">Same seed and scenario, same result. Contact k of a queue is the same contact whatever the roster, so rosters compare on equal
    /// terms.</param>
    /// <param name="replications">Independent repetitions, 1 or more; intervals need 2.</param>
    /// <param name="confidence">Coverage of the intervals, more than 0 and less than 1.</param>
    /// <param name="warmUp">Contacts and agent time before this are not counted; zero or more, shorter than the horizon.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public SimulationOptions(int seed, int replications = 20, double confidence = 0.95, Duration warmUp = default)
    {
        Seed = seed;
        Replications = Guard.AtLeast(replications, 1);
        Confidence = Guard.InsideUnit(confidence);
        WarmUp = Guard.NonNegative(warmUp);
    }

    /// <summary>Seed of the random numbers.</summary>
    public int Seed { get; }

    /// <summary>Independent repetitions.</summary>
    public int Replications { get; }

    /// <summary>Coverage of the intervals.</summary>
    public double Confidence { get; }

    /// <summary>What happens before this is not counted.</summary>
    public Duration WarmUp { get; }
}
