using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Wfm.Forecasting.Pooled;

/// <summary>Boosts regression trees for squared error with ML.NET: by LightGBM where its library loads, by FastTree elsewhere.</summary>
/// <remarks>One thread and fixed seeds: the same rows give the same trees, bit for bit. Source: Ke et al., “LightGBM: a highly efficient gradient boosting
/// decision tree”, NIPS 2017; Burges, “From RankNet to LambdaRank to LambdaMART”, MSR-TR-2010-82, for FastTree (MART).</remarks>
internal static class TreeTrainer
{
    private const string Features = "Features";

    /// <summary>Name of the method used on this machine.</summary>
    public static string Method => IsLightGbm ? "LightGBM" : "FastTree";

    /// <summary>Whether its library is there for this processor and loads: it needs the system's OpenMP.</summary>
    private static bool IsLightGbm { get; } = RuntimeInformation.ProcessArchitecture == Architecture.X64
        && NativeLibrary.TryLoad("lib_lightgbm", typeof(LightGbmRegressionTrainer).Assembly, null, out _);

    /// <summary>Trains.</summary>
    /// <param name="width">Features in a row.</param>
    /// <param name="rows">Features, row by row, finite.</param>
    /// <param name="targets">One a row, finite.</param>
    public static BoostedTrees Train(int width, ReadOnlySpan<float> rows, ReadOnlySpan<float> targets, TreeOptions options) =>
        Train(width, rows, targets, options, IsLightGbm);

    internal static BoostedTrees Train(int width, ReadOnlySpan<float> rows, ReadOnlySpan<float> targets, TreeOptions options, bool lightGbm)
    {
        var examples = new Example[targets.Length];
        for (var r = 0; r < examples.Length; r++)
        {
            examples[r] = new Example { Features = rows.Slice(r * width, width).ToArray(), Label = targets[r] };
        }

        var schema = SchemaDefinition.Create(typeof(Example));
        schema[Features].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        var context = new MLContext(options.Seed);
        var data = context.Data.LoadFromEnumerable(examples, schema);
        return lightGbm ? Read(context.Regression.Trainers.LightGbm(LightGbm(options)).Fit(data).Model.TrainedTreeEnsemble)
            : Read(context.Regression.Trainers.FastTree(FastTree(options)).Fit(data).Model.TrainedTreeEnsemble);
    }

    private static LightGbmRegressionTrainer.Options LightGbm(TreeOptions options) => new()
    {
        NumberOfIterations = options.Trees,
        NumberOfLeaves = options.Leaves,
        LearningRate = options.LearningRate,
        MinimumExampleCountPerLeaf = options.LeafRows,
        Seed = options.Seed,
        NumberOfThreads = 1, // more of them wait for each other on a busy machine
        Deterministic = true,
        ForceColumnWise = true,
        HandleMissingValue = false,
        Booster = new GradientBooster.Options { FeatureFraction = options.FeatureShare },
    };

    private static FastTreeRegressionTrainer.Options FastTree(TreeOptions options) => new()
    {
        NumberOfTrees = options.Trees,
        NumberOfLeaves = options.Leaves,
        LearningRate = options.LearningRate,
        MinimumExampleCountPerLeaf = options.LeafRows,
        FeatureFraction = options.FeatureShare,
        Seed = options.Seed,
        FeatureSelectionSeed = options.Seed,
        NumberOfThreads = 1,
    };

    private static BoostedTrees Read<T>(TreeEnsemble<T> ensemble)
        where T : RegressionTreeBase
    {
        var (roots, features, thresholds, left, right, leaves) =
            (new List<int>(), new List<int>(), new List<float>(), new List<int>(), new List<int>(), new List<double>());
        for (var t = 0; t < ensemble.Trees.Count; t++)
        {
            var (tree, weight, firstNode, firstLeaf) = (ensemble.Trees[t], ensemble.TreeWeights[t], features.Count, leaves.Count);
            int Child(int child) => child >= 0 ? firstNode + child : ~(firstLeaf + ~child);
            leaves.AddRange(tree.LeafValues.Select(value => weight * value));
            if (tree.NumberOfNodes == 0)
            {
                roots.Add(~firstLeaf);
                continue;
            }

            roots.Add(firstNode);
            features.AddRange(tree.NumericalSplitFeatureIndexes);
            thresholds.AddRange(tree.NumericalSplitThresholds);
            left.AddRange(tree.LeftChild.Select(Child));
            right.AddRange(tree.RightChild.Select(Child));
        }

        if (ensemble.Bias != 0)
        {
            roots.Add(~leaves.Count);
            leaves.Add(ensemble.Bias);
        }

        return new BoostedTrees([.. roots], [.. features], [.. thresholds], [.. left], [.. right], [.. leaves]);
    }

    private sealed class Example
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
