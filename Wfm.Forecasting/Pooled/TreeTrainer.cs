using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Wfm.Forecasting.Pooled;

/// <summary>Boosts regression trees with ML.NET: for squared error by LightGBM where its library loads, by FastTree elsewhere and for counts.</summary>
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
        var (context, data) = Load(width, rows, targets, options);
        return lightGbm ? Read(context.Regression.Trainers.LightGbm(LightGbm(options)).Fit(data).Model.TrainedTreeEnsemble)
            : Read(OnPool(() => context.Regression.Trainers.FastTree(FastTree(new FastTreeRegressionTrainer.Options(), options)).Fit(data))
                .Model.TrainedTreeEnsemble);
    }

    /// <summary>Trains trees whose sum is the logarithm of the mean, for targets that vary as counts do.</summary>
    /// <param name="targets">One a row, at least 0.</param>
    public static BoostedTrees TrainRatios(int width, ReadOnlySpan<float> rows, ReadOnlySpan<float> targets, TreeOptions options) =>
        TrainRatios(width, rows, targets, options, out _);

    /// <param name="said">What ML.NET itself says of the rows.</param>
    internal static BoostedTrees TrainRatios(
        int width, ReadOnlySpan<float> rows, ReadOnlySpan<float> targets, TreeOptions options, out IEnumerable<float> said)
    {
        var (context, data) = Load(width, rows, targets, options);
        var trained = OnPool(() => context.Regression.Trainers.FastTreeTweedie(FastTree(new FastTreeTweedieTrainer.Options(), options)).Fit(data));
        said = trained.Transform(data).GetColumn<float>("Score"); // lazily
        return Read(trained.Model.TrainedTreeEnsemble);
    }

    private static (MLContext Context, IDataView Data) Load(int width, ReadOnlySpan<float> rows, ReadOnlySpan<float> targets, TreeOptions options)
    {
        var examples = new Example[targets.Length];
        for (var r = 0; r < examples.Length; r++)
        {
            examples[r] = new Example { Features = rows.Slice(r * width, width).ToArray(), Label = targets[r] };
        }

        var schema = SchemaDefinition.Create(typeof(Example));
        schema[Features].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        var context = new MLContext(options.Seed);
        return (context, context.Data.LoadFromEnumerable(examples, schema));
    }

    /// <summary>Runs on a thread of the pool. FastTree gives each of its thousands of steps to the pool and waits for it: a thread of the pool takes the step
    /// back and does it itself, any other sleeps until one has done it, which on a busy machine takes tens of times as long.</summary>
    private static T OnPool<T>(Func<T> train) => Task.Run(train).GetAwaiter().GetResult();

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

    private static T FastTree<T>(T trainer, TreeOptions options)
        where T : BoostedTreeOptions
    {
        trainer.NumberOfTrees = options.Trees;
        trainer.NumberOfLeaves = options.Leaves;
        trainer.LearningRate = options.LearningRate;
        trainer.MinimumExampleCountPerLeaf = options.LeafRows;
        trainer.FeatureFraction = options.FeatureShare;
        trainer.Seed = options.Seed;
        trainer.FeatureSelectionSeed = options.Seed;
        trainer.NumberOfThreads = 1;
        return trainer;
    }

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
