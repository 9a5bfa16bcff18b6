using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Floor;

/// <summary>How a day is projected, and when that is enough.</summary>
/// <remarks>
/// Replications are made in batches until, for every queue that shares people with the others, the interval of the projected service is at most
/// ±<see cref="ServiceHalfWidth"/> and that of the probability (Wilson's) at most ±<see cref="ProbabilityHalfWidth"/>; at least <see cref="Fewest"/>, at most
/// <see cref="Most"/>, and no more than <see cref="MaximumContacts"/> pay for. No clock decides: the same input gives the same figures.
/// </remarks>
/// <param name="Seed">Same seed and input, same figures.</param>
public sealed record ProjectionRule(int Seed)
{
    /// <summary>Replications in any case, 2 or more.</summary>
    public int Fewest { get; init => field = Guard.AtLeast(value, 2, nameof(Fewest)); } = 40;

    /// <summary>Replications at most; as many paths are worth having.</summary>
    public int Most { get; init => field = Guard.AtLeast(value, 2, nameof(Most)); } = 100;

    /// <summary>Replications between two looks at the intervals, 1 or more.</summary>
    public int Batch { get; init => field = Guard.AtLeast(value, 1, nameof(Batch)); } = 20;

    /// <summary>Coverage of the intervals, more than 0 and less than 1.</summary>
    public double Confidence { get; init => field = Guard.InsideUnit(value, nameof(Confidence)); } = 0.95;

    /// <summary>Half the width of the interval of a service that is narrow enough, a fraction.</summary>
    public double ServiceHalfWidth { get; init => field = Guard.Positive(value, nameof(ServiceHalfWidth)); } = 0.01;

    /// <summary>The same of a probability.</summary>
    public double ProbabilityHalfWidth { get; init => field = Guard.Positive(value, nameof(ProbabilityHalfWidth)); } = 0.1;

    /// <summary>Contacts to simulate in all; a core makes some two million in a second.</summary>
    public long MaximumContacts { get; init; } = 3_000_000;

    /// <summary>Threads, 1 or more; queues that share nobody are simulated side by side, with the same figures.</summary>
    public int Threads { get; init => field = Guard.AtLeast(value, 1, nameof(Threads)); } = 1;
}

/// <summary>Why no more replications were made.</summary>
public enum ProjectionStop
{
    /// <summary>The intervals are narrow enough.</summary>
    Narrow,

    /// <summary>The most replications were made, or as many as the limit of contacts pays for.</summary>
    Limit,
}
