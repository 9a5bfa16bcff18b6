using Wfm.Forecasting.Combination;

namespace Wfm.Tests.Forecasting.Combination;

public sealed class ThinSlotsTests
{
    [Test]
    public void Lean_SlotThatWasAlwaysEmpty_IsNearlyEmpty()
    {
        double[] mean = [0.2, 6];

        ThinSlots.Lean(mean, [.. Enumerable.Range(0, 40).Select(t => t % 2 == 0 ? 0.0 : 6)], 2);

        // Twelve weeks of nothing against a belief worth two, faded by the forecast itself: 0.2·(1 − 0.9·12/14).
        mean.Should().Equal(0.2 * (1 - (0.9 * 12 / 14)), 6);
    }

    [Test]
    public void Lean_SlotThatIsThinAsForecast_StaysSo()
    {
        double[] mean = [0.5];

        ThinSlots.Lean(mean, [.. Enumerable.Range(0, 12).Select(t => t % 2 * 1.0)], 1);

        mean[0].Should().BeApproximately(0.5, 1e-12);
    }

    [Test]
    public void Lean_BelowNothing_IsNothing()
    {
        double[] mean = [-0.3];

        ThinSlots.Lean(mean, [0, 0, 0], 1);

        mean.Should().Equal(0);
    }

    [Test]
    public void Lean_SlotOfTwoContactsAndMore_IsTheModels()
    {
        double[] mean = [2.2];

        ThinSlots.Lean(mean, [0, 0, 0], 1);

        mean.Should().Equal(2.2);
    }
}
