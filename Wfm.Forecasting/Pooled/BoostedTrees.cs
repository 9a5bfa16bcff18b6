using System.Text.Json.Serialization;

namespace Wfm.Forecasting.Pooled;

/// <summary>A sum of small regression trees as plain numbers, to be stored and to be walked fast.</summary>
/// <remarks>Nodes of all trees lie one after another. A child of 0 or more is a node; a child below 0 is the leaf at its bitwise complement.
/// Source: Friedman, “Greedy function approximation: a gradient boosting machine”, <i>Annals of Statistics</i> 29 (2001).</remarks>
public sealed class BoostedTrees
{
    /// <summary>Creates trees from stored numbers.</summary>
    /// <param name="roots">Root of each tree, a child as those of nodes are.</param>
    /// <param name="features">Feature that each node looks at, from 0.</param>
    /// <param name="thresholds">Values up to this go left; one a node.</param>
    /// <param name="left">Left child of each node.</param>
    /// <param name="right">Right child of each node.</param>
    /// <param name="leaves">What each leaf adds.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together, a child is not there or comes before its parent, or a number is not
    /// finite.</exception>
    [JsonConstructor]
    public BoostedTrees(int[] roots, int[] features, float[] thresholds, int[] left, int[] right, double[] leaves)
    {
        ArgumentNullException.ThrowIfNull(roots);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(thresholds);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(leaves);
        var nodes = features.Length;
        if (thresholds.Length != nodes || left.Length != nodes || right.Length != nodes)
        {
            throw new ArgumentException(
                $"There are {nodes} features, {thresholds.Length} thresholds, {left.Length} left and {right.Length} right children; every node has one of "
                    + "each.",
                nameof(features));
        }

        if (Array.Exists(features, f => f < 0) || !Array.TrueForAll(thresholds, float.IsFinite) || !Array.TrueForAll(leaves, double.IsFinite))
        {
            throw new ArgumentException("A feature is below 0, or a threshold or leaf is not finite.", nameof(features));
        }

        bool Is(int child, int parent) => child >= 0 ? child > parent && child < nodes : ~child < leaves.Length;
        if (!Array.TrueForAll(roots, root => Is(root, -1)) || !Enumerable.Range(0, nodes).All(n => Is(left[n], n) && Is(right[n], n)))
        {
            throw new ArgumentException("A root or child names a node or leaf that is not there, or a node before its parent.", nameof(left));
        }

        (Roots, Features, Thresholds, Left, Right, Leaves) = (roots, features, thresholds, left, right, leaves);
    }

    /// <summary>Root of each tree.</summary>
    public int[] Roots { get; }

    /// <summary>Feature that each node looks at.</summary>
    public int[] Features { get; }

    /// <summary>Values up to this go left.</summary>
    public float[] Thresholds { get; }

    /// <summary>Left child of each node.</summary>
    public int[] Left { get; }

    /// <summary>Right child of each node.</summary>
    public int[] Right { get; }

    /// <summary>What each leaf adds.</summary>
    public double[] Leaves { get; }

    /// <summary>Sum of the trees at a row.</summary>
    /// <param name="row">One finite value per feature.</param>
    /// <returns>0 without trees.</returns>
    public double Predict(ReadOnlySpan<float> row)
    {
        var sum = 0.0;
        foreach (var root in Roots)
        {
            var node = root;
            while (node >= 0)
            {
                node = row[Features[node]] <= Thresholds[node] ? Left[node] : Right[node];
            }

            sum += Leaves[~node];
        }

        return sum;
    }
}
