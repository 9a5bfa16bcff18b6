using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Editing;

namespace Wfm.Scheduling.Activities;

/// <summary>An activity in numbers of the roster: people by index, times in minutes of the calendar.</summary>
internal sealed class PlacementTask
{
    private const int Step = 15;

    public PlacementTask(ActivityToPlace activity, RosterDocument roster)
    {
        Activity = activity;
        Length = (int)activity.Length.TotalMinutes;
        People = [.. activity.People.Where(roster.Knows).Select(roster.Agent)];
        Coach = activity.Coach is { } coach && roster.Knows(coach) ? roster.Agent(coach) : -1;
        IsTogether = activity.GroupSize is null;
        Size = activity.GroupSize ?? activity.People.Count;
        Quorum = Math.Min(activity.Quorum, Size);
        Starts = activity.Coach is null || Coach >= 0 ? [.. Candidates(activity, roster.Compiled.Calendar).Distinct().Order()] : [];
        HasWindow = Candidates(activity, roster.Compiled.Calendar).Any();
    }

    public ActivityToPlace Activity { get; }

    public int Length { get; }

    /// <summary>Those who take part and are of the roster.</summary>
    public int[] People { get; }

    /// <summary>−1 for nobody.</summary>
    public int Coach { get; }

    public bool IsTogether { get; }

    public int Size { get; }

    public int Quorum { get; }

    /// <summary>When a session may begin, in order.</summary>
    public int[] Starts { get; }

    /// <summary>Whether a session fits any window of the period.</summary>
    public bool HasWindow { get; }

    /// <summary>What one person without a place weighs.</summary>
    public double Weight => 1 + Activity.Priority;

    // On quarters of an hour, or intervals where they are shorter, from the local start of the period; and where a window opens.
    private IEnumerable<int> Candidates(ActivityToPlace activity, RosterCalendar calendar)
    {
        var step = Math.Min(Step, calendar.IntervalMinutes);
        var end = calendar.Midnight(calendar.End);
        foreach (var window in activity.Windows)
        {
            var (from, to) = ((int)Math.Ceiling((window.Start - calendar.Origin).TotalMinutes), calendar.Minute(window.End));
            for (var at = Math.Max(0, from); at < end && at + Length <= to; at = ((at / step) + 1) * step)
            {
                yield return at;
            }
        }
    }
}

/// <summary>A session in the making.</summary>
internal sealed record Session(int Task, int Start, int[] People)
{
    public bool IsSame(Session other) => Task == other.Task && Start == other.Start && People.AsSpan().SequenceEqual(other.People);
}
