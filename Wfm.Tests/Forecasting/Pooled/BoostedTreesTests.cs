using System.Text.Json;
using Wfm.Forecasting.Pooled;

namespace Wfm.Tests.Forecasting.Pooled;

public sealed class BoostedTreesTests
{
    // x0 <= 1 ? (x1 <= 5 ? 10 : 20) : 30, and a tree that is one leaf
    private static readonly BoostedTrees Trees = new([0, ~3], [0, 1], [1, 5], [1, ~0], [~2, ~1], [10, 20, 30, 0.5]);

    [TestCase(1, 5, 10.5)]
    [TestCase(0, 6, 20.5)]
    [TestCase(2, 0, 30.5)]
    public void Predict_Row_IsTheSumOfItsLeaves(float first, float second, double sum) => Of(Trees, [first, second]).Should().Be(sum);

    [Test]
    public void Predict_WithoutTrees_IsNothing() => Of(new BoostedTrees([], [], [], [], [], []), [1]).Should().Be(0);

    [Test]
    public void Predict_ManyRowsOfLargeTrees_IsTheWalkOfEach([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var (trees, width, count) = (Grown(random, BoostedTrees.MostLeaves), 5, 1 + random.Next(40));
        float[] rows = [.. Enumerable.Range(0, width * count).Select(_ => random.Next(-4, 5) / 4f)]; // often at a threshold itself
        var sums = new double[count];

        trees.Predict(rows, width, sums);

        sums.Should().Equal(Enumerable.Range(0, count).Select(r => Walked(trees, rows[(r * width)..((r + 1) * width)])));
    }

    [Test]
    public void New_MoreLeavesThanBits_IsRefused() => FluentActions.Invoking(() => Grown(new Random(1), BoostedTrees.MostLeaves + 1))
        .Should().Throw<ArgumentException>().WithMessage("*33 leaves*");

    [Test]
    public void Json_RoundTrip_IsTheSame() =>
        JsonSerializer.Deserialize<BoostedTrees>(JsonSerializer.Serialize(Trees)).Should().BeEquivalentTo(Trees);

    [Test]
    public void New_ChildBeforeItsParent_IsRefused() => // a walk would never end
        FluentActions.Invoking(() => new BoostedTrees([0], [0], [1], [0], [~0], [1])).Should().Throw<ArgumentException>().WithMessage("*before its parent*");

    [Test]
    public void New_LeafThatIsNotThere_IsRefused() =>
        FluentActions.Invoking(() => new BoostedTrees([0], [0], [1], [~0], [~1], [1])).Should().Throw<ArgumentException>().WithMessage("*not there*");

    [Test]
    public void New_LengthsThatDoNotFit_NamesThem() =>
        FluentActions.Invoking(() => new BoostedTrees([0], [0], [1, 2], [~0], [~0], [1])).Should().Throw<ArgumentException>().WithMessage("*2 thresholds*");

    [Test]
    public void New_NumberThatIsNotFinite_IsRefused() =>
        FluentActions.Invoking(() => new BoostedTrees([~0], [], [], [], [], [double.NaN])).Should().Throw<ArgumentException>().WithMessage("*not finite*");

    private static double Of(BoostedTrees trees, float[] row)
    {
        var sums = new double[1];
        trees.Predict(row, row.Length, sums);
        return sums[0];
    }

    private static double Walked(BoostedTrees trees, float[] row)
    {
        var sum = 0.0;
        foreach (var root in trees.Roots)
        {
            var node = root;
            while (node >= 0)
            {
                node = row[trees.Features[node]] <= trees.Thresholds[node] ? trees.Left[node] : trees.Right[node];
            }

            sum += trees.Leaves[~node];
        }

        return sum;
    }

    /// <summary>Three trees of 5 features, split at random.</summary>
    private static BoostedTrees Grown(Random random, int leaves)
    {
        var (roots, features, thresholds, left, right, values) =
            (new List<int>(), new List<int>(), new List<float>(), new List<int>(), new List<int>(), new List<double>());
        int Subtree(int of)
        {
            if (of == 1)
            {
                values.Add(random.NextDouble());
                return ~(values.Count - 1);
            }

            var (node, onLeft) = (features.Count, random.Next(1, of));
            features.Add(random.Next(5));
            thresholds.Add(random.Next(-4, 5) / 4f);
            left.Add(0);
            right.Add(0);
            left[node] = Subtree(onLeft);
            right[node] = Subtree(of - onLeft);
            return node;
        }

        for (var t = 0; t < 3; t++)
        {
            roots.Add(Subtree(leaves));
        }

        return new BoostedTrees([.. roots], [.. features], [.. thresholds], [.. left], [.. right], [.. values]);
    }
}
