using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Activities;

/// <summary>A stretch of time in which an activity may lie.</summary>
/// <param name="Start">First moment.</param>
/// <param name="End">First moment after it.</param>
/// <exception cref="SchedulingDataException">The end is not after the start.</exception>
public sealed record ActivityWindow(Instant Start, Instant End)
{
    /// <summary>First moment after it.</summary>
    public Instant End { get; } = End > Start ? End : throw new SchedulingDataException($"window of an activity: End {End} is not after Start {Start}.");
}

/// <summary>Something that people do beside their work, to be put into their shifts: a training, a team meeting, coaching.</summary>
/// <param name="Id">What it is called in answers.</param>
/// <param name="Code">Code of the segments it becomes; no work.</param>
/// <param name="Length">Length of a session, whole minutes, 5 minutes to 24 hours.</param>
/// <param name="People">Those who take part, each once.</param>
/// <param name="Windows">When its sessions may lie, each in one of them.</param>
/// <exception cref="SchedulingDataException">Nobody takes part or somebody twice, a value is outside its range, or it is work.</exception>
public sealed record ActivityToPlace(string Id, string Code, Duration Length, IReadOnlyList<string> People, IReadOnlyList<ActivityWindow> Windows)
{
    /// <summary>What it is called.</summary>
    public string Id { get; } = Guard.Text(Id, "activity", nameof(Id));

    /// <summary>Code of its segments.</summary>
    public string Code { get; } = Code != ActivityKinds.Work ? Guard.Text(Code, $"activity '{Id}'", nameof(Code))
        : throw new SchedulingDataException($"activity '{Id}': work is rostered, not placed.");

    /// <summary>Length of a session.</summary>
    public Duration Length { get; } = Guard.Minutes(Length, Duration.FromMinutes(5), Duration.FromHours(24), $"activity '{Id}'", nameof(Length));

    /// <summary>Those who take part.</summary>
    public IReadOnlyList<string> People { get; } = Guard.Unique(People, p => p, $"activity '{Id}'", nameof(People)) is { Count: > 0 } people ? people
        : throw new SchedulingDataException($"activity '{Id}': People is empty.");

    /// <summary>When its sessions may lie.</summary>
    public IReadOnlyList<ActivityWindow> Windows { get; } = Guard.List(Windows, $"activity '{Id}'", nameof(Windows));

    /// <summary>Most people of a session: 1 for each alone, <see langword="null"/> for one session of all together.</summary>
    public int? GroupSize
    {
        get;
        init => field = value is null or >= 1 ? value : throw new SchedulingDataException($"activity '{Id}': GroupSize is {value}; it must be at least 1.");
    }

    /// <summary>Fewest people of a session, at least 1 and no more than a session may have.</summary>
    public int Quorum
    {
        get;
        init => field = value >= 1 && value <= People.Count ? value
            : throw new SchedulingDataException($"activity '{Id}': Quorum is {value}; between 1 and its {People.Count} people serve.");
    } = 1;

    /// <summary>Somebody who gives every session and takes part in none; <see langword="null"/> for nobody.</summary>
    public string? Coach
    {
        get;
        init => field = value is null || !People.Contains(value) ? value
            : throw new SchedulingDataException($"activity '{Id}': '{value}' cannot be its coach and take part in it.");
    }

    /// <summary>What comes first where not all find room: higher before lower, 0 to 9.</summary>
    public int Priority
    {
        get;
        init => field = value is >= 0 and <= 9 ? value : throw new SchedulingDataException($"activity '{Id}': Priority is {value}; 0 to 9 serve.");
    }

    /// <summary>Whether it comes before everything that could be left out.</summary>
    public bool Must { get; init; }
}
