using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Allocation.Programme;

/// <summary>Lines of work and people who have to do with each other.</summary>
internal sealed class AllocationPart
{
    private readonly AllocationProblem _problem;

    private AllocationPart(AllocationProblem problem, IReadOnlyList<int> lines, IReadOnlyList<int> kinds)
    {
        (_problem, Lines, Kinds) = (problem, lines, kinds);
        Hubs = [.. kinds.Select(k => problem.Kinds[k].Hub).Distinct().Order(StringComparer.Ordinal)];
    }

    public IReadOnlyList<int> Lines { get; }

    public IReadOnlyList<int> Kinds { get; }

    public IReadOnlyList<string> Hubs { get; }

    /// <summary>The parts of a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="linked">Hubs whose people have to do with each other whatever their skills, because they share seats or a cap.</param>
    public static IReadOnlyList<AllocationPart> Of(AllocationProblem problem, IReadOnlyCollection<string> linked)
    {
        var (lines, kinds) = (problem.Lines.Count, problem.Kinds.Count);
        var leader = Enumerable.Range(0, lines + kinds + problem.Hubs.Count + 1).ToArray();
        for (var k = 0; k < kinds; k++)
        {
            for (var l = 0; l < lines; l++)
            {
                if (Serves(problem.Kinds[k], problem.Lines[l])) Join(l, lines + k);
            }

            var hub = problem.Hubs.ToList().FindIndex(h => h.Code == problem.Kinds[k].Hub);
            if (linked.Contains(problem.Kinds[k].Hub)) Join(lines + k, lines + kinds + hub);
            if (problem.MaximumNightHours is not null) Join(lines + k, leader.Length - 1);
        }

        foreach (var group in Enumerable.Range(0, lines).GroupBy(l => problem.Lines[l].Group, StringComparer.Ordinal))
        {
            foreach (var line in group)
            {
                Join(line, group.First()); // a fixed split has one share for all of them
            }
        }

        return
        [
            .. Enumerable.Range(0, lines + kinds).GroupBy(Find).Where(g => g.Any(i => i < lines)).Select(g => new AllocationPart(
                problem, [.. g.Where(i => i < lines)], [.. g.Where(i => i >= lines).Select(i => i - lines)])),
        ];

        int Find(int i)
        {
            while (leader[i] != i)
            {
                i = leader[i];
            }

            return i;
        }

        void Join(int a, int b) => leader[Math.Max(Find(a), Find(b))] = Math.Min(Find(a), Find(b));
    }

    /// <summary>Whether people of a kind can do a line of work.</summary>
    public static bool Serves(AllocationKind kind, AllocationLine line) =>
        (line.Hub is null || line.Hub == kind.Hub) && kind.Skills.Any(s => s.Group == line.Group);

    /// <summary>Hubs that have a constant share of a line; the empty code where all serve it together.</summary>
    public IReadOnlyList<string> HubsOf(int line, bool isSplit) =>
        isSplit && _problem.Lines[line].Hub is null && HubsWith(_problem.Lines[line].Group) is { Count: > 1 } hubs ? hubs : [""];

    /// <summary>Hubs with people who know a group.</summary>
    public IReadOnlyList<string> HubsWith(string group) =>
        [.. Kinds.Select(k => _problem.Kinds[k]).Where(k => k.Skills.Any(s => s.Group == group)).Select(k => k.Hub).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Least heads by group of the lines that serve it together, and by hub where each has a constant share.</summary>
    public IEnumerable<(PresenceKey Key, double[] Heads)> Presence(bool isSplit)
    {
        foreach (var group in Lines.GroupBy(l => (_problem.Lines[l].Group, _problem.Lines[l].Hub)))
        {
            var lines = group.Select(l => _problem.Lines[l].Presence).OfType<double[]>().ToList();
            if (lines.Count == 0) continue;
            double[] heads = [.. Enumerable.Range(0, _problem.Span.Count).Select(t => lines.Max(l => l[t]))];
            foreach (var hub in HubsOf(group.First(), isSplit))
            {
                yield return (new PresenceKey(group.Key.Group, group.Key.Hub, hub), heads);
            }
        }
    }
}

/// <summary>Where the least presence of a group counts.</summary>
/// <param name="Group">The group.</param>
/// <param name="Bound">The hub its lines are bound to, if any.</param>
/// <param name="Hub">The hub that has a constant share of it; empty for none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PresenceKey(string Group, string? Bound, string Hub);
