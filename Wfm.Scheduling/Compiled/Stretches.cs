namespace Wfm.Scheduling.Compiled;

/// <summary>Stretches of elapsed minutes.</summary>
internal static class Stretches
{
    /// <summary>The stretches in order, joined where they touch or overlap.</summary>
    public static (int From, int To)[] Joined(IEnumerable<(int From, int To)> stretches)
    {
        var joined = new List<(int From, int To)>();
        foreach (var stretch in stretches.OrderBy(s => s.From))
        {
            if (joined.Count > 0 && stretch.From <= joined[^1].To) joined[^1] = (joined[^1].From, Math.Max(joined[^1].To, stretch.To));
            else joined.Add(stretch);
        }

        return [.. joined];
    }

    /// <summary>Minutes of a stretch that lie in others.</summary>
    public static int Within((int From, int To)[] stretches, int from, int to) => stretches.Sum(s => Math.Max(0, Math.Min(s.To, to) - Math.Max(s.From, from)));
}
