using Wfm.Forecasting.Combination;

namespace Wfm.Tests.Forecasting.Combination;

public sealed class ThinSlotsTests
{
    private static double[] Leant(double[] mean, double[] y, int week)
    {
        ThinSlots.Lean(mean, y, week);
        return mean;
    }

    [Test]
    public void Lean_SlotsThatWereAlwaysEmpty_AreNearlyEmpty() => // in 12 weeks 12 expected, none came, at most 1 by a standard error
        Leant([0.5, 0.5], new double[24], 2).Should().Equal(0.5 / 12, 0.5 / 12);

    [Test]
    public void Lean_SlotsAsThinAsForecast_StayAsTheyAre() =>
        Leant([0.25, 0.25], [.. Enumerable.Range(0, 24).Select(t => t % 4 == 1 ? 1.0 : 0)], 2).Should().Equal(0.25, 0.25);

    [Test]
    public void Lean_SlotsFullerThanForecast_AreRaised() => // 6 came of 2.4 expected, less a standard error of √7
        Leant([0.1, 0.1], [.. Enumerable.Range(0, 24).Select(t => t % 4 == 1 ? 1.0 : 0)], 2).Should()
            .Equal([0.1 * (6 - Math.Sqrt(7)) / 2.4, 0.1 * (6 - Math.Sqrt(7)) / 2.4], (a, b) => Math.Abs(a - b) < 1e-9);

    [Test]
    public void Lean_BelowNothing_IsWhatCame() => Leant([-0.3], [0, 1, 0, 0], 1).Should().Equal(0.25);

    [Test]
    public void Lean_NextToAFullSlot_HasNothingToDoWithIt() => // 4.8 expected, none came, at most 1
        Leant([0.4, 20], [.. Enumerable.Range(0, 24).Select(t => t % 2 * 20.0)], 2).Should().Equal([0.4 / 4.8, 20], (a, b) => Math.Abs(a - b) < 1e-9);

    [Test]
    public void Lean_SlotOfAContactAndMore_IsTheModels() => Leant([1.2], [0, 0, 0], 1).Should().Equal(1.2);
}
