using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>Names of activities that every operation has; what they mean is in <see cref="ActivityCatalog"/>.</summary>
public static class ActivityKinds
{
    /// <summary>Work on a group.</summary>
    public const string Work = "work";

    /// <summary>Meal break.</summary>
    public const string Meal = "meal";

    /// <summary>Rest break.</summary>
    public const string Break = "break";

    /// <summary>Wellness time.</summary>
    public const string Wellness = "wellness";

    /// <summary>Training.</summary>
    public const string Training = "training";

    /// <summary>Meeting.</summary>
    public const string Meeting = "meeting";

    /// <summary>Coaching.</summary>
    public const string Coaching = "coaching";

    /// <summary>Time off contacts after severe ones.</summary>
    public const string Cooldown = "cooldown";

    /// <summary>Paid work beyond the shift that is on no group.</summary>
    public const string Overtime = "overtime";

    /// <summary>Leave that takes a part of a shift.</summary>
    public const string Leave = "leave";

    /// <summary>Free time between the two parts of a split shift.</summary>
    public const string Gap = "gap";
}

/// <summary>A part of a shift.</summary>
/// <param name="Kind">A code of the problem's <see cref="ActivityCatalog"/>, or one of <see cref="ActivityKinds"/>; only work covers something.</param>
/// <param name="Group">The group worked; <see langword="null"/> when not working.</param>
/// <param name="Start">First moment.</param>
/// <param name="End">First moment after it.</param>
/// <exception cref="SchedulingDataException">The end is not after the start, or work has no group.</exception>
public sealed record ShiftActivity(string Kind, string? Group, Instant Start, Instant End)
{
    /// <summary>What is done.</summary>
    public string Kind { get; } = Guard.Text(Kind, "shift activity", nameof(Kind));

    /// <summary>The group worked.</summary>
    public string? Group { get; } = Kind != ActivityKinds.Work || !string.IsNullOrEmpty(Group) ? Group
        : throw new SchedulingDataException($"shift activity at {Start}: work needs a Group.");

    /// <summary>First moment after it.</summary>
    public Instant End { get; } = End > Start ? End : throw new SchedulingDataException($"shift activity '{Kind}': End {End} is not after Start {Start}.");
}

/// <summary>One agent's working period.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Date">Local date on which it starts.</param>
/// <param name="Template">Code of its template.</param>
/// <param name="Start">First moment.</param>
/// <param name="End">First moment after it.</param>
/// <param name="Paid">Length without unpaid breaks.</param>
/// <param name="Activities">What it consists of, in order, without gaps; each stretch of work between two breaks may serve another group.</param>
/// <exception cref="SchedulingDataException">The end is not after the start or more than 48 hours later, or the activities do not fill the shift in
/// order.</exception>
public sealed record RosterShift(
    string AgentId, LocalDate Date, string Template, Instant Start, Instant End, Duration Paid, IReadOnlyList<ShiftActivity> Activities)
{
    /// <summary>The agent.</summary>
    public string AgentId { get; } = Guard.Text(AgentId, "shift", nameof(AgentId));

    /// <summary>First moment after it: within 24 hours for one shift, within 48 for two pinned as one because they begin on the same date.</summary>
    public Instant End { get; } = End > Start && End - Start <= Duration.FromHours(48) ? End
        : throw new SchedulingDataException($"shift of agent '{AgentId}' on {Date}: it lasts from {Start} to {End}; more than 0 and up to 48 hours serve.");

    /// <summary>Length without unpaid breaks.</summary>
    public Duration Paid { get; } =
        Guard.Minutes(Paid, Duration.Zero, End - Start, $"shift of agent '{AgentId}' on {Date}", nameof(Paid));

    /// <summary>What it consists of, in order, without gaps.</summary>
    public IReadOnlyList<ShiftActivity> Activities { get; } = Filling(Guard.List(Activities, $"shift of agent '{AgentId}' on {Date}", nameof(Activities)),
        Start, End, $"shift of agent '{AgentId}' on {Date}");

    private static IReadOnlyList<ShiftActivity> Filling(IReadOnlyList<ShiftActivity> activities, Instant start, Instant end, string owner)
    {
        var at = start;
        foreach (var activity in activities)
        {
            if (activity.Start != at) throw new SchedulingDataException($"{owner}: activity '{activity.Kind}' starts at {activity.Start}, not at {at}.");
            at = activity.End;
        }

        return at == end ? activities : throw new SchedulingDataException($"{owner}: the activities end at {at}, the shift at {end}.");
    }
}
