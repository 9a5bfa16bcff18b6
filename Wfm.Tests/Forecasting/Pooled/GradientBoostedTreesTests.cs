using System.Text.Json;
using Wfm.Forecasting.Pooled;

namespace Wfm.Tests.Forecasting.Pooled;

public sealed class GradientBoostedTreesTests
{
    private static readonly (double[], double[], double[]) NothingHeldBack = ([], [], []);
    private static readonly BoostingOptions Options = new() { Depth = 3, Trees = 80, LearningRate = 0.2, LeafRows = 2, RowShare = 0.8 };

    private static GradientBoostedTrees Train(Func<double, double, double> truth, int count = 2000, BoostingOptions? options = null)
    {
        var (rows, targets) = Data(truth, count, 1);
        return TreeBoosting.Train(2, rows, targets, Ones(count), NothingHeldBack, options ?? Options);
    }

    private static (double[] Rows, double[] Targets) Data(Func<double, double, double> truth, int count, int seed, double noise = 0)
    {
        var random = new Random(seed);
        var (rows, targets) = (new double[2 * count], new double[count]);
        for (var r = 0; r < count; r++)
        {
            (rows[2 * r], rows[(2 * r) + 1]) = (random.NextDouble(), random.NextDouble());
            targets[r] = truth(rows[2 * r], rows[(2 * r) + 1]) + (noise * (random.NextDouble() - 0.5));
        }

        return (rows, targets);
    }

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];

    [TestCase(0.1, 0.2, -1)]
    [TestCase(0.4, 0.9, -1)]
    [TestCase(0.6, 0.1, 3)]
    [TestCase(0.95, 0.5, 3)]
    public void Predict_Step_IsFound(double x, double z, double expected) =>
        Train((a, _) => a <= 0.5 ? -1 : 3).Predict([x, z]).Should().BeApproximately(expected, 0.05);

    [TestCase(0.2, 0.2, 1)]
    [TestCase(0.2, 0.8, -1)]
    [TestCase(0.8, 0.2, -1)]
    [TestCase(0.8, 0.8, 1)]
    public void Predict_ExclusiveOr_NeedsBothFeatures(double x, double z, double expected) =>
        Train((a, b) => (a > 0.5) == (b > 0.5) ? 1 : -1).Predict([x, z]).Should().BeApproximately(expected, 0.1);

    [Test]
    public void Train_WeightsOfOneHalf_DecideTheAnswer()
    {
        double[] rows = [.. Enumerable.Repeat(1.0, 400)];
        double[] targets = [.. Enumerable.Range(0, 400).Select(r => r % 2 == 0 ? 0.0 : 8)];
        double[] weights = [.. Enumerable.Range(0, 400).Select(r => r % 2 == 0 ? 3.0 : 1)];

        var trees = TreeBoosting.Train(1, rows, targets, weights, NothingHeldBack, Options with { LeafRows = 0.001, RowShare = 1 });

        trees.Predict([1]).Should().BeApproximately(2, 1e-3, "the weighted mean is 8 ÷ 4");
    }

    [Test]
    public void Train_PureNoise_StopsEarly()
    {
        var (rows, targets) = Data((_, _) => 0, 1000, 1, noise: 1);
        var (heldRows, heldTargets) = Data((_, _) => 0, 1000, 2, noise: 1);

        var trees = TreeBoosting.Train(2, rows, targets, Ones(1000), (heldRows, heldTargets, Ones(1000)), Options);

        trees.Count.Should().BeLessThan(10, "nothing helps on rows held back");
    }

    [Test]
    public void Train_Twice_IsTheSameToTheBit() => Train((a, b) => Math.Sin(5 * a) * b).Leaves.Should().Equal(Train((a, b) => Math.Sin(5 * a) * b).Leaves);

    [Test]
    public void Train_ShiftedFeature_PredictsTheSame()
    {
        var (rows, targets) = Data((a, b) => (a * 4) + b, 500, 3);
        double[] shifted = [.. rows.Select(v => v + 1024)];

        var one = TreeBoosting.Train(2, rows, targets, Ones(500), NothingHeldBack, Options);
        var other = TreeBoosting.Train(2, shifted, targets, Ones(500), NothingHeldBack, Options);

        other.Predict([1024.3, 1024.6]).Should().BeApproximately(one.Predict([0.3, 0.6]), 1e-9);
    }

    [Test]
    public void Json_RoundTrip_PredictsTheSame()
    {
        var trees = Train((a, b) => a * b, options: Options with { Trees = 5 });

        var read = JsonSerializer.Deserialize<GradientBoostedTrees>(JsonSerializer.Serialize(trees))!;

        read.Predict([0.3, 0.7]).Should().Be(trees.Predict([0.3, 0.7]));
        read.Count.Should().Be(5);
    }

    [Test]
    public void Train_NoRows_PredictsZero() => TreeBoosting.Train(2, [], [], [], NothingHeldBack, Options).Predict([1, 1]).Should().Be(0);

    [TestCase(0, 1, 1, 2)]
    [TestCase(11, 1, 1, 2)]
    [TestCase(1, 2, 1, 4)]
    [TestCase(1, 1, 1, 3)]
    [TestCase(2, 2, 2, 4)]
    public void Constructor_LengthsThatDoNotFit_AreRefused(int depth, int features, int thresholds, int leaves) =>
        FluentActions.Invoking(() => new GradientBoostedTrees(depth, new int[features], new double[thresholds], new double[leaves])).Should()
            .Throw<ArgumentException>();

    [Test]
    public void Constructor_NotFinite_IsRefused() =>
        FluentActions.Invoking(() => new GradientBoostedTrees(1, [0], [double.NaN], [1, 2])).Should().Throw<ArgumentException>().WithMessage("*finite*");
}
