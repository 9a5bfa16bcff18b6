using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Pooled;

/// <summary>Trains gradient-boosted trees for weighted squared error.</summary>
internal static class TreeBoosting
{
    /// <summary>Trains until rows held back stop getting better.</summary>
    /// <param name="width">Features in a row.</param>
    /// <param name="rows">Features, row by row.</param>
    /// <param name="targets">One a row.</param>
    /// <param name="weights">One a row, above 0.</param>
    /// <param name="held">Rows, targets and weights held back; without any, the most trees are grown.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Checked between trees.</param>
    public static GradientBoostedTrees Train(
        int width, double[] rows, double[] targets, double[] weights, (double[] Rows, double[] Targets, double[] Weights) held,
        BoostingOptions options, CancellationToken cancellationToken = default)
    {
        var model = new Model(options.Depth);
        if (targets.Length == 0)
        {
            return model.Take(0);
        }

        var grower = new TreeGrower(new FeatureBins(rows, width), weights, options);
        var (residuals, heldResiduals) = ((double[])[.. targets], (double[])[.. held.Targets]);
        var random = new PortableRandom(options.Seed, 0);
        var (best, bestCount) = (Loss(heldResiduals, held.Weights), 0);
        for (var tree = 0; tree < options.Trees && (held.Targets.Length == 0 || tree < bestCount + options.Patience); tree++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (features, thresholds, leaves) = grower.Grow(residuals, Sample(targets.Length, options.RowShare, ref random));
            var grown = model.Add(features, thresholds, leaves);
            Subtract(grown, rows, width, residuals);
            Subtract(grown, held.Rows, width, heldResiduals);
            var loss = Loss(heldResiduals, held.Weights);
            if (loss < best || held.Targets.Length == 0)
            {
                (best, bestCount) = (loss, tree + 1);
            }
        }

        return model.Take(bestCount);
    }

    private static int[] Sample(int count, double share, ref PortableRandom random)
    {
        var taken = new List<int>((int)(count * share) + 1);
        var bound = (int)(share * 1000);
        for (var r = 0; r < count; r++)
        {
            if (random.NextBelow(1000) < bound)
            {
                taken.Add(r);
            }
        }

        return taken.Count > 0 ? [.. taken] : [.. Enumerable.Range(0, count)];
    }

    private static void Subtract(GradientBoostedTrees tree, double[] rows, int width, double[] residuals)
    {
        for (var r = 0; r < residuals.Length; r++)
        {
            residuals[r] -= tree.Predict(rows.AsSpan(r * width, width));
        }
    }

    private static double Loss(double[] residuals, double[] weights)
    {
        var loss = 0.0;
        for (var r = 0; r < residuals.Length; r++)
        {
            loss += weights[r] * residuals[r] * residuals[r];
        }

        return loss;
    }

    private sealed class Model(int depth)
    {
        private readonly List<int> _features = [];
        private readonly List<double> _thresholds = [];
        private readonly List<double> _leaves = [];

        public GradientBoostedTrees Add(int[] features, double[] thresholds, double[] leaves)
        {
            _features.AddRange(features);
            _thresholds.AddRange(thresholds);
            _leaves.AddRange(leaves);
            return new GradientBoostedTrees(depth, features, thresholds, leaves);
        }

        public GradientBoostedTrees Take(int trees)
        {
            var inner = (1 << depth) - 1;
            return new GradientBoostedTrees(
                depth, [.. _features.Take(trees * inner)], [.. _thresholds.Take(trees * inner)], [.. _leaves.Take(trees << depth)]);
        }
    }
}
