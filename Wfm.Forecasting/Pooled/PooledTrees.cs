using System.Text.Json.Serialization;

namespace Wfm.Forecasting.Pooled;

/// <summary>Gradient-boosted trees on the features of <see cref="PooledRidge"/>: what depends on what, where a line does not do.</summary>
public sealed class PooledTrees : PooledModel
{
    /// <summary>Creates a trained model.</summary>
    /// <param name="trees">What training found.</param>
    /// <exception cref="ArgumentException">The trees ask for a feature there is not.</exception>
    [JsonConstructor]
    public PooledTrees(GradientBoostedTrees trees)
    {
        ArgumentNullException.ThrowIfNull(trees);
        if (Array.Exists(trees.Features, f => f >= PooledFeatures.Names.Count))
        {
            throw new ArgumentException($"The trees ask for feature {trees.Features.Max()}; there are {PooledFeatures.Names.Count}.", nameof(trees));
        }

        Trees = trees;
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => "pooled-trees";

    /// <summary>What training found; all there is to store.</summary>
    public GradientBoostedTrees Trees { get; }

    internal override double Predict(ReadOnlySpan<double> features) => Trees.Predict(features);

    internal static PooledTrees Train(PooledSample training, PooledSample heldBack, BoostingOptions options, CancellationToken cancellationToken) =>
        new(
            TreeBoosting.Train(
                PooledSample.Width, training.Rows, training.Targets, training.Weights, (heldBack.Rows, heldBack.Targets, heldBack.Weights), options,
                cancellationToken));
}
