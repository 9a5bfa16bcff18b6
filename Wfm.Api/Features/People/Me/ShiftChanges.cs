namespace Wfm.Api.Features.People.Me;

/// <summary>What happened to a shift.</summary>
public enum ShiftChangeKind
{
    /// <summary>Not there before.</summary>
    Added,

    /// <summary>Not there any more.</summary>
    Removed,

    /// <summary>At another time, or at another hub.</summary>
    Moved,

    /// <summary>At the same time, but other work, breaks or pay.</summary>
    Changed,
}

/// <summary>A shift before and after; one of the two is null where it was added or removed.</summary>
internal sealed record ShiftChange(ShiftChangeKind Kind, SeenShift? Before, SeenShift? After);

/// <summary>Compares what a person saw with what is in force.</summary>
internal static class ShiftChanges
{
    /// <summary>The changes in order of time. A shift that is gone and one that is new are one shift moved where they are of one day, or overlap.</summary>
    public static IReadOnlyList<ShiftChange> Between(IEnumerable<SeenShift> before, IEnumerable<SeenShift> after)
    {
        var (gone, come) = (before.OrderBy(s => s.Start).ToList(), after.OrderBy(s => s.Start).ToList());
        Pair(gone, come, (b, a) => b.Is(a)); // still there
        var changes = new List<ShiftChange>();
        foreach (var match in new Func<SeenShift, SeenShift, bool>[] { (b, a) => b.IsAt(a), (b, a) => b.Date == a.Date, (b, a) => b.Meets(a) })
        {
            changes.AddRange(Pair(gone, come, match).Select(p =>
                new ShiftChange(p.Before.IsAt(p.After) ? ShiftChangeKind.Changed : ShiftChangeKind.Moved, p.Before, p.After)));
        }

        changes.AddRange(gone.Select(s => new ShiftChange(ShiftChangeKind.Removed, s, null)));
        changes.AddRange(come.Select(s => new ShiftChange(ShiftChangeKind.Added, null, s)));
        return [.. changes.OrderBy(c => (c.After ?? c.Before)!.Start).ThenBy(c => c.Kind)];
    }

    /// <summary>Takes pairs that match out of both lists, the earliest with the earliest.</summary>
    private static List<(SeenShift Before, SeenShift After)> Pair(List<SeenShift> gone, List<SeenShift> come, Func<SeenShift, SeenShift, bool> match)
    {
        var pairs = new List<(SeenShift, SeenShift)>();
        foreach (var shift in gone.ToArray())
        {
            if (come.Find(c => match(shift, c)) is { } other)
            {
                pairs.Add((shift, other));
                gone.Remove(shift);
                come.Remove(other);
            }
        }

        return pairs;
    }
}
