namespace Wfm.Forecasting.Hierarchy;

/// <summary>Which series add up to which: the summing matrix S of a nested or grouped hierarchy, kept as lists of bottom series.</summary>
/// <remarks>
/// Nodes are ordered aggregates first, bottom series last, so S = [C; I]. Groups with the same bottom series are one node with several names,
/// because two forecasts of one quantity could not be told apart by adding up. Source: Hyndman, Ahmed, Athanasopoulos &amp; Shang, “Optimal
/// combination forecasts for hierarchical time series”, <i>Computational Statistics &amp; Data Analysis</i> 55 (2011).
/// </remarks>
public sealed class SummingStructure
{
    /// <summary>Name of the level of the bottom series.</summary>
    public const string BottomLevel = "bottom";

    private readonly Dictionary<(string Level, string Key), int> _index = [];
    private readonly int[][] _members;

    private SummingStructure(IReadOnlyList<string> bottoms, IReadOnlyList<HierarchyLevel> levels)
    {
        var (aggregates, merged) = (new List<HierarchyNode>(), new Dictionary<string, int>(StringComparer.Ordinal));
        var names = new List<((string Level, string Key) Name, int Aggregate, int Bottom)>();
        foreach (var level in levels)
        {
            foreach (var group in level.Keys.Index().GroupBy(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal))
            {
                int[] members = [.. group];
                if (members.Length == 1)
                {
                    names.Add(((level.Name, group.Key), -1, members[0]));
                    continue;
                }

                var identity = string.Join(',', members);
                if (!merged.TryGetValue(identity, out var aggregate))
                {
                    merged[identity] = aggregate = aggregates.Count;
                    aggregates.Add(new HierarchyNode(level.Name, group.Key, members));
                }

                names.Add(((level.Name, group.Key), aggregate, -1));
            }
        }

        (BottomCount, AggregateCount) = (bottoms.Count, aggregates.Count);
        Nodes = [.. aggregates, .. bottoms.Select((key, b) => new HierarchyNode(BottomLevel, key, [b]))];
        _members = [.. aggregates.Select(node => node.Bottoms.ToArray())];
        names.AddRange(bottoms.Select((key, b) => ((BottomLevel, key), -1, b)));
        foreach (var (name, aggregate, bottom) in names)
        {
            _index.Add(name, aggregate >= 0 ? aggregate : AggregateCount + bottom);
        }

        Levels =
        [
            .. _index.GroupBy(pair => pair.Key.Level, StringComparer.Ordinal).Select(g => new HierarchyLevelNodes(g.Key, [.. g.Select(pair => pair.Value)])),
        ];
    }

    /// <summary>All series: aggregates first, bottom series last.</summary>
    public IReadOnlyList<HierarchyNode> Nodes { get; }

    /// <summary>The nodes of each level by index, in the order given, the bottom level last. A node with several names is in several levels.</summary>
    public IReadOnlyList<HierarchyLevelNodes> Levels { get; }

    /// <summary>Number of bottom series.</summary>
    public int BottomCount { get; }

    /// <summary>Number of nodes that are sums of two bottom series or more.</summary>
    public int AggregateCount { get; }

    /// <summary>Groups bottom series along any number of crossed or nested levels.</summary>
    /// <param name="bottoms">Keys of the bottom series, each once, at least one.</param>
    /// <param name="levels">Levels above them, coarsest first by habit; each names a group for every bottom series.</param>
    /// <exception cref="ArgumentException">No bottom series, a key twice or blank, a level twice, or a level of another length.</exception>
    public static SummingStructure Grouped(IReadOnlyList<string> bottoms, params IReadOnlyList<HierarchyLevel> levels)
    {
        ArgumentNullException.ThrowIfNull(bottoms);
        ArgumentNullException.ThrowIfNull(levels);
        if (bottoms.Count == 0)
        {
            throw new ArgumentException("A hierarchy needs at least one bottom series.", nameof(bottoms));
        }

        RefuseRepeats(bottoms, "bottom series", nameof(bottoms));
        RefuseRepeats([.. levels.Select(l => l.Name), BottomLevel], "level", nameof(levels));
        foreach (var level in levels)
        {
            if (level.Keys.Count != bottoms.Count)
            {
                throw new ArgumentException($"Level '{level.Name}' names {level.Keys.Count} groups; there are {bottoms.Count} bottom series.", nameof(levels));
            }

            if (level.Keys.Any(string.IsNullOrWhiteSpace))
            {
                throw new ArgumentException($"Level '{level.Name}' leaves the group of a bottom series blank.", nameof(levels));
            }
        }

        return new SummingStructure(bottoms, levels);
    }

    /// <summary>Index of a node in <see cref="Nodes"/>.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public int IndexOf(string level, string key) => _index.TryGetValue((level, key), out var index) ? index
        : throw new ArgumentException($"The hierarchy has no '{key}' on level '{level}'.", nameof(key));

    /// <summary>All nodes from the bottom series: S·b.</summary>
    /// <param name="bottoms">One value per bottom series.</param>
    /// <returns>One value per node; sums are taken in one fixed order, so that they are the same bits everywhere.</returns>
    public double[] Sum(ReadOnlySpan<double> bottoms)
    {
        if (bottoms.Length != BottomCount)
        {
            throw new ArgumentException($"There are {bottoms.Length} values; the hierarchy has {BottomCount} bottom series.", nameof(bottoms));
        }

        var nodes = new double[Nodes.Count];
        bottoms.CopyTo(nodes.AsSpan(AggregateCount));
        for (var a = 0; a < AggregateCount; a++)
        {
            foreach (var b in _members[a])
            {
                nodes[a] += bottoms[b];
            }
        }

        return nodes;
    }

    /// <summary>Bottom series of an aggregate.</summary>
    internal ReadOnlySpan<int> Members(int aggregate) => _members[aggregate];

    private static void RefuseRepeats(IReadOnlyList<string> keys, string what, string parameter)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (string.IsNullOrWhiteSpace(key) || !seen.Add(key))
            {
                throw new ArgumentException($"The {what} '{key}' is blank or there twice.", parameter);
            }
        }
    }
}

/// <summary>The nodes of a level.</summary>
/// <param name="Name">Name of the level.</param>
/// <param name="Nodes">Indices into <see cref="SummingStructure.Nodes"/>.</param>
public sealed record HierarchyLevelNodes(string Name, IReadOnlyList<int> Nodes);
