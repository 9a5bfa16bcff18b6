namespace Wfm.Forecasting.Hierarchy;

/// <summary>One way to group the bottom series: by hub, by language, by hub and language, or all in one.</summary>
/// <param name="Name">Name of the level, such as <c>hub</c>.</param>
/// <param name="Keys">The group of each bottom series, in the order of the bottom series.</param>
public sealed record HierarchyLevel(string Name, IReadOnlyList<string> Keys)
{
    /// <summary>The level with a single node that everything adds up to.</summary>
    /// <param name="bottoms">Number of bottom series, at least 1.</param>
    public static HierarchyLevel Total(int bottoms) => new("total", [.. Enumerable.Repeat("total", bottoms)]);
}

/// <summary>A series of a hierarchy: a sum of bottom series, or one of them.</summary>
/// <param name="Level">Name of the first level that has it.</param>
/// <param name="Key">Its key there.</param>
/// <param name="Bottoms">The bottom series that add up to it, ascending; never empty.</param>
public sealed record HierarchyNode(string Level, string Key, IReadOnlyList<int> Bottoms);
