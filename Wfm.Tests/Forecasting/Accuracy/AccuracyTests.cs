using Wfm.Forecasting.Accuracy;

namespace Wfm.Tests.Forecasting.Accuracy;

/// <summary>Each measure on numbers small enough to check by hand.</summary>
public sealed class AccuracyTests
{
    private static readonly double[] Actual = [10, 0, double.NaN, 30];
    private static readonly double[] Forecast = [12, 1, 99, 27];

    [Test]
    public void Wape_MissingLeftOut_IsErrorOverVolume() => Wape.Of(Actual, Forecast).Should().BeApproximately(6.0 / 40, 1e-12);

    [Test]
    public void Wape_AllZero_IsZeroOnlyWhenHit()
    {
        Wape.Of([0, 0], [0, 0]).Should().Be(0);
        Wape.Of([0, 0], [0, 1]).Should().Be(double.PositiveInfinity);
    }

    [Test]
    public void Bias_OverAndUnder_NetsOut() => Bias.Of(Actual, Forecast).Should().Be(0);

    [Test]
    public void Mase_ByHand_Matches()
    {
        var scale = Mase.Scale([1, 2, 4, 7, double.NaN, 5], 1); // |1|, |2|, |3|

        scale.Should().Be(2);
        Mase.Of(Actual, Forecast, scale).Should().BeApproximately(1, 1e-12);
    }

    [TestCase(10, 8, 0.9, 1.8)]
    [TestCase(8, 10, 0.9, 0.2)]
    public void PinballLoss_EitherSide_WeighsByLevel(double actual, double quantile, double level, double loss) =>
        PinballLoss.Of(actual, quantile, level).Should().BeApproximately(loss, 1e-12);

    [Test]
    public void Coverage_BoundsCount_AsInside() => Coverage.Of([1, 2, 3, 9], [1, 1, 1, 1], [3, 3, 3, 3]).Should().Be(0.75);

    [Test]
    public void Wape_LengthsDiffer_Throws() => FluentActions.Invoking(() => Wape.Of([1], [1, 2])).Should().Throw<ArgumentException>();
}
