namespace Wfm.Scheduling.Wellbeing;

/// <summary>Groups that may be told without telling of a person.</summary>
public static class SmallGroups
{
    /// <summary>Fewest people of a group that is told.</summary>
    public const int FewestPeople = 5;

    /// <summary>The groups to keep back, of groups that share nobody and whose total is or may become known.</summary>
    /// <param name="people">People of each group.</param>
    /// <param name="fewest">Fewest people of what is told.</param>
    /// <returns>Names of the groups kept back: the small ones, and so many of the smallest others that what is kept back is no small group itself: it could be
    /// had by taking what is told from the total.</returns>
    public static IReadOnlySet<string> KeptBack(IReadOnlyDictionary<string, int> people, int fewest = FewestPeople)
    {
        ArgumentNullException.ThrowIfNull(people);
        var ordered = people.Where(g => g.Value > 0).OrderBy(g => g.Value).ThenBy(g => g.Key, StringComparer.Ordinal).ToArray();
        var (kept, count) = (new HashSet<string>(StringComparer.Ordinal), 0);
        foreach (var (group, size) in ordered)
        {
            if (size >= fewest && (count == 0 || count >= fewest)) break;
            kept.Add(group);
            count += size;
        }

        return kept;
    }
}
