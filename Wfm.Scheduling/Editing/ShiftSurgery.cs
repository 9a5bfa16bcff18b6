using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Editing;

/// <summary>Cuts and joins the activities of a shift: lists in, lists out, in order and without gaps.</summary>
internal static class ShiftSurgery
{
    /// <summary>Everything later or earlier by the same time.</summary>
    public static List<ShiftActivity> Moved(IEnumerable<ShiftActivity> activities, Duration by) =>
        [.. activities.Select(a => new ShiftActivity(a.Kind, a.Group, a.Start + by, a.End + by))];

    /// <summary>From one moment to another: more work like the first or last there is, or without what lies outside. Breaks that a cut leaves at an end go
    /// with it.</summary>
    /// <returns>Empty when nothing but breaks is left.</returns>
    public static List<ShiftActivity> Resized(IReadOnlyList<ShiftActivity> activities, Instant start, Instant end)
    {
        var cut = Within(activities, start, end);
        if (start > activities[0].Start) TrimStart(cut);
        if (end < activities[^1].End) TrimEnd(cut);
        if (cut.Count == 0) return [];
        if (start < cut[0].Start && start < activities[0].Start) cut.Insert(0, Like(cut.Find(IsWork) ?? cut[0], start, cut[0].Start));
        if (end > cut[^1].End && end > activities[^1].End) cut.Add(Like(cut.FindLast(IsWork) ?? cut[^1], cut[^1].End, end));
        return Joined(cut);
    }

    /// <summary>With an activity over a part.</summary>
    public static List<ShiftActivity> Overlaid(IReadOnlyList<ShiftActivity> activities, ShiftActivity over) => Joined(
    [
        .. Within(activities, activities[0].Start, over.Start), over, .. Within(activities, over.End, activities[^1].End),
    ]);

    /// <summary>Without a stretch of leave: cut at an end, or interrupted.</summary>
    /// <returns>Empty when nothing but breaks is left.</returns>
    public static List<ShiftActivity> Without(IReadOnlyList<ShiftActivity> activities, Instant from, Instant to)
    {
        var (start, end) = (activities[0].Start, activities[^1].End);
        var before = Within(activities, start, Instant.Min(from, end));
        var after = Within(activities, Instant.Max(to, start), end);
        TrimEnd(before);
        TrimStart(after);
        if (before.Count == 0 || after.Count == 0) return before.Count > 0 ? before : after;
        return Joined([.. before, new ShiftActivity(ActivityKinds.Leave, null, before[^1].End, after[0].Start), .. after]);
    }

    /// <summary>The parts between two moments; none when the second is not after the first.</summary>
    private static List<ShiftActivity> Within(IEnumerable<ShiftActivity> activities, Instant from, Instant to) =>
        [.. activities.Where(a => a.Start < to && from < a.End).Select(a => Like(a, Instant.Max(a.Start, from), Instant.Min(a.End, to)))];

    private static void TrimStart(List<ShiftActivity> activities) =>
        activities.RemoveRange(0, activities.FindIndex(a => !IsPause(a)) is var first and >= 0 ? first : activities.Count);

    private static void TrimEnd(List<ShiftActivity> activities)
    {
        var last = activities.FindLastIndex(a => !IsPause(a));
        activities.RemoveRange(last + 1, activities.Count - last - 1);
    }

    private static List<ShiftActivity> Joined(List<ShiftActivity> activities)
    {
        for (var i = activities.Count - 1; i > 0; i--)
        {
            if (activities[i - 1].Kind != activities[i].Kind || activities[i - 1].Group != activities[i].Group) continue;
            activities[i - 1] = Like(activities[i], activities[i - 1].Start, activities[i].End);
            activities.RemoveAt(i);
        }

        return activities;
    }

    private static ShiftActivity Like(ShiftActivity activity, Instant start, Instant end) => new(activity.Kind, activity.Group, start, end);

    private static bool IsWork(ShiftActivity activity) => activity.Kind == ActivityKinds.Work;

    private static bool IsPause(ShiftActivity activity) =>
        activity.Kind is ActivityKinds.Meal or ActivityKinds.Break or ActivityKinds.Gap or ActivityKinds.Leave;
}
