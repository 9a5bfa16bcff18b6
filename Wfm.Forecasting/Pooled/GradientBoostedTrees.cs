using System.Text.Json.Serialization;

namespace Wfm.Forecasting.Pooled;

/// <summary>A sum of small regression trees, each trained on what the ones before it left over.</summary>
/// <remarks>
/// Every tree is complete and stored by level, as a heap: node i has children 2i+1 and 2i+2. A node that does not split has the feature −1
/// and sends everything left. Source: Friedman, “Greedy function approximation: a gradient boosting machine”, <i>Annals of Statistics</i> 29
/// (2001); Ke et al., “LightGBM: a highly efficient gradient boosting decision tree”, NIPS 2017, for the histograms.
/// </remarks>
public sealed class GradientBoostedTrees
{
    private const int MaximumDepth = 10;

    /// <summary>Creates trees from stored numbers.</summary>
    /// <param name="depth">Splits from the root to a leaf, 1 to 10.</param>
    /// <param name="features">Feature of each inner node, 2^depth − 1 a tree; −1 where it does not split.</param>
    /// <param name="thresholds">Values up to this go left; one per inner node.</param>
    /// <param name="leaves">Value of each leaf, 2^depth a tree, the learning rate in it.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together, or a number is out of range.</exception>
    [JsonConstructor]
    public GradientBoostedTrees(int depth, int[] features, double[] thresholds, double[] leaves)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(thresholds);
        ArgumentNullException.ThrowIfNull(leaves);
        if (depth is < 1 or > MaximumDepth)
        {
            throw new ArgumentOutOfRangeException(nameof(depth), depth, $"The depth lies between 1 and {MaximumDepth}.");
        }

        var inner = (1 << depth) - 1;
        if (features.Length % inner != 0 || thresholds.Length != features.Length || leaves.Length != features.Length / inner * (inner + 1))
        {
            throw new ArgumentException(
                $"Trees of depth {depth} have {inner} inner nodes and {inner + 1} leaves each; there are {features.Length} features, "
                + $"{thresholds.Length} thresholds and {leaves.Length} leaves.", nameof(features));
        }

        if (Array.Exists(features, f => f < -1) || !Array.TrueForAll(thresholds, double.IsFinite) || !Array.TrueForAll(leaves, double.IsFinite))
        {
            throw new ArgumentException("A feature is below −1, or a threshold or leaf is not finite.", nameof(features));
        }

        (Depth, Features, Thresholds, Leaves) = (depth, [.. features], [.. thresholds], [.. leaves]);
    }

    /// <summary>Splits from the root to a leaf.</summary>
    public int Depth { get; }

    /// <summary>Feature of each inner node, tree by tree; −1 where it does not split.</summary>
    public int[] Features { get; }

    /// <summary>Values up to this go left.</summary>
    public double[] Thresholds { get; }

    /// <summary>Value of each leaf, tree by tree.</summary>
    public double[] Leaves { get; }

    /// <summary>Number of trees.</summary>
    [JsonIgnore]
    public int Count => Leaves.Length >> Depth;

    /// <summary>Sum of the trees at a row.</summary>
    /// <param name="row">One value per feature.</param>
    /// <returns>0 without trees.</returns>
    public double Predict(ReadOnlySpan<double> row)
    {
        var (inner, sum) = ((1 << Depth) - 1, 0.0);
        for (int tree = 0, first = 0; tree < Count; tree++, first += inner)
        {
            var node = 0;
            while (node < inner)
            {
                var feature = Features[first + node];
                node = (2 * node) + (feature >= 0 && row[feature] > Thresholds[first + node] ? 2 : 1);
            }

            sum += Leaves[(tree << Depth) + node - inner];
        }

        return sum;
    }
}
