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
    public void Predict_Row_IsTheSumOfItsLeaves(float first, float second, double sum) => Trees.Predict([first, second]).Should().Be(sum);

    [Test]
    public void Predict_WithoutTrees_IsNothing() => new BoostedTrees([], [], [], [], [], []).Predict([1]).Should().Be(0);

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
}
