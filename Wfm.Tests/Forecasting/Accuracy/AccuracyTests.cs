using Wfm.Forecasting.Accuracy;

namespace Wfm.Tests.Forecasting.Accuracy;

/// <summary>Each measure on numbers small enough to check by hand.</summary>
public sealed class AccuracyTests
{
    [Test]
    public void MaseScale_MissingLeftOut_IsTheMeanDifference() => Mase.Scale([1, 2, 4, 7, double.NaN, 5], 1).Should().Be(2); // |1|, |2|, |3|

    [TestCase(10, 8, 0.9, 1.8)]
    [TestCase(8, 10, 0.9, 0.2)]
    public void PinballLoss_EitherSide_WeighsByLevel(double actual, double quantile, double level, double loss) =>
        PinballLoss.Of(actual, quantile, level).Should().BeApproximately(loss, 1e-12);
}
