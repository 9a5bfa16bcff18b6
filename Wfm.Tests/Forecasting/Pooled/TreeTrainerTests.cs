using Wfm.Forecasting.Pooled;

namespace Wfm.Tests.Forecasting.Pooled;

/// <summary>Both methods of ML.NET that train trees, and the walk over what they found.</summary>
public sealed class TreeTrainerTests
{
    private const int Rows = 2000;
    private static readonly TreeOptions Options = new() { Trees = 100, LearningRate = 0.1, LeafRows = 20, FeatureShare = 1 };

    [TestCase(true)]
    [TestCase(false)]
    public void Train_StepFunction_IsFound(bool lightGbm)
    {
        var (rows, targets) = Data((a, _) => a > 0.5 ? 3 : 1);

        var trees = TreeTrainer.Train(2, rows, targets, Options, lightGbm);

        At(trees, 0.2f, 0.5f).Should().BeApproximately(1, 0.05);
        At(trees, 0.8f, 0.5f).Should().BeApproximately(3, 0.05);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Train_Interaction_IsFound(bool lightGbm) // exclusive or: no sum of functions of one feature each
    {
        var (rows, targets) = Data((a, b) => a > 0.5 == b > 0.5 ? 1 : -1);

        var trees = TreeTrainer.Train(2, rows, targets, Options, lightGbm);

        At(trees, 0.2f, 0.2f).Should().BeGreaterThan(0.8);
        At(trees, 0.2f, 0.8f).Should().BeLessThan(-0.8);
        At(trees, 0.8f, 0.8f).Should().BeGreaterThan(0.8);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Train_Twice_GivesTheSameTreesToTheBit(bool lightGbm)
    {
        var (rows, targets) = Data((a, b) => (float)Math.Sin(6 * a) * b);
        var options = Options with { FeatureShare = 0.5, Seed = 7 };

        var (one, other) = (TreeTrainer.Train(2, rows, targets, options, lightGbm), TreeTrainer.Train(2, rows, targets, options, lightGbm));

        one.Thresholds.Should().Equal(other.Thresholds);
        one.Leaves.Should().Equal(other.Leaves);
        one.Left.Should().Equal(other.Left);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Train_NothingToSplit_SaysTheMean(bool lightGbm)
    {
        var (rows, targets) = Data((_, _) => 4);

        At(TreeTrainer.Train(2, rows, targets, Options, lightGbm), 0.1f, 0.9f).Should().BeApproximately(4, 0.01);
    }

    [Test]
    public void TrainRatios_TheExponentialOfTheSum_IsWhatMlNetItselfSays()
    {
        var (rows, targets) = Data((a, b) => (float)Math.Round(8 * a * b) + 0.1f);

        var trees = TreeTrainer.TrainRatios(2, rows, targets, Options, out var said);
        var sums = new double[Rows];
        trees.Predict(rows, 2, sums);

        said.Zip(sums, (theirs, sum) => Math.Abs((Math.Exp(sum) / theirs) - 1)).Max().Should().BeLessThan(1e-5); // they add up single floats
    }

    [Test]
    public void TrainRatios_StepFunction_IsFoundAsLogarithms()
    {
        var (rows, targets) = Data((a, _) => a > 0.5 ? 3 : 0.5f);

        var trees = TreeTrainer.TrainRatios(2, rows, targets, Options);

        At(trees, 0.2f, 0.5f).Should().BeApproximately(Math.Log(0.5), 0.01);
        At(trees, 0.8f, 0.5f).Should().BeApproximately(Math.Log(3), 0.01);
    }

    [Test]
    public void TrainRatios_Twice_GivesTheSameTreesToTheBit()
    {
        var (rows, targets) = Data((a, b) => (float)Math.Round(8 * a * b) + 0.1f);
        var options = Options with { FeatureShare = 0.5, Seed = 7 };

        TreeTrainer.TrainRatios(2, rows, targets, options).Leaves.Should().Equal(TreeTrainer.TrainRatios(2, rows, targets, options).Leaves);
    }

    private static (float[] Rows, float[] Targets) Data(Func<float, float, float> truth)
    {
        var random = new Random(1);
        var (rows, targets) = (new float[2 * Rows], new float[Rows]);
        for (var r = 0; r < Rows; r++)
        {
            (rows[2 * r], rows[(2 * r) + 1]) = (random.NextSingle(), random.NextSingle());
            targets[r] = truth(rows[2 * r], rows[(2 * r) + 1]);
        }

        return (rows, targets);
    }

    private static double At(BoostedTrees trees, params float[] row)
    {
        var sums = new double[1];
        trees.Predict(row, row.Length, sums);
        return sums[0];
    }
}
