using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json.Serialization;

namespace Wfm.Forecasting.Pooled;

/// <summary>A sum of small regression trees as plain numbers, to be stored and to be walked fast.</summary>
/// <remarks>Nodes of all trees lie one after another. A child of 0 or more is a node; a child below 0 is the leaf at its bitwise complement.
/// Sources: Friedman, “Greedy function approximation: a gradient boosting machine”, <i>Annals of Statistics</i> 29 (2001); Lucchese et al., “Exploiting CPU
/// SIMD extensions to speed-up document scoring with tree ensembles”, SIGIR 2016, for the evaluation: no tree is walked. Every node that sends a row to the
/// right strikes out the leaves on its left, eight rows at a time; the first leaf that remains is the one reached.</remarks>
public sealed class BoostedTrees
{
    /// <summary>Most leaves of a tree.</summary>
    public const int MostLeaves = 32; // a bit each

    private readonly Scored[] _trees;

    /// <summary>Creates trees from stored numbers.</summary>
    /// <param name="roots">Root of each tree, a child as those of nodes are.</param>
    /// <param name="features">Feature that each node looks at, from 0.</param>
    /// <param name="thresholds">Values up to this go left; one a node.</param>
    /// <param name="left">Left child of each node.</param>
    /// <param name="right">Right child of each node.</param>
    /// <param name="leaves">What each leaf adds.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together, a child is not there or comes before its parent, a number is not finite, or a
    /// tree has more than <see cref="MostLeaves"/>.</exception>
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
        _trees = Array.ConvertAll(roots, Score);
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

    /// <summary>Sums of the trees at some rows.</summary>
    /// <param name="rows">One finite value per feature, row by row.</param>
    /// <param name="width">Features in a row.</param>
    /// <param name="sums">One a row; 0 without trees.</param>
    public void Predict(ReadOnlySpan<float> rows, int width, Span<double> sums)
    {
        sums.Clear();
        Span<Vector256<float>> block = new Vector256<float>[width];
        var values = MemoryMarshal.Cast<Vector256<float>, float>(block);
        for (var first = 0; first < sums.Length; first += Vector256<float>.Count)
        {
            var count = Math.Min(Vector256<float>.Count, sums.Length - first);
            for (var r = 0; r < count; r++)
            {
                var row = rows.Slice((first + r) * width, width);
                for (var f = 0; f < width; f++)
                {
                    values[(f * Vector256<float>.Count) + r] = row[f];
                }
            }

            AddBlock(block, sums.Slice(first, count));
        }
    }

    private void AddBlock(ReadOnlySpan<Vector256<float>> block, Span<double> sums)
    {
        foreach (var tree in _trees)
        {
            var reachable = Vector256<uint>.AllBitsSet;
            foreach (ref readonly var node in tree.Nodes.AsSpan())
            {
                var right = Vector256.GreaterThan(block[node.Feature], Vector256.Create(node.Threshold)).AsUInt32();
                reachable &= ~right | Vector256.Create(node.OnRight);
            }

            for (var r = 0; r < sums.Length; r++)
            {
                sums[r] += tree.Leaves[BitOperations.TrailingZeroCount(reachable[r])];
            }
        }
    }

    private Scored Score(int root)
    {
        var (nodes, leaves) = (new List<Node>(), new List<double>());
        void Below(int child)
        {
            if (child < 0)
            {
                leaves.Add(Leaves[~child]);
                return;
            }

            var (place, first) = (nodes.Count, leaves.Count);
            nodes.Add(default);
            Below(Left[child]);
            var onLeft = leaves.Count - first; // below 32, as the right has one at least
            nodes[place] = new Node(Features[child], Thresholds[child], ~(((1u << onLeft) - 1) << first));
            Below(Right[child]);
        }

        Below(root);
        return leaves.Count <= MostLeaves ? new Scored([.. nodes], [.. leaves])
            : throw new ArgumentException($"A tree has {leaves.Count} leaves; there may be {MostLeaves}.", nameof(root));
    }

    /// <param name="OnRight">The leaves that a row sent to the right can still reach.</param>
    private readonly record struct Node(int Feature, float Threshold, uint OnRight);

    /// <param name="Leaves">What each leaf adds, from left to right.</param>
    private sealed record Scored(Node[] Nodes, double[] Leaves);
}
