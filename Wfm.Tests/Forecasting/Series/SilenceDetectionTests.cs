using Wfm.Forecasting.Series;

namespace Wfm.Tests.Forecasting.Series;

public sealed class SilenceDetectionTests
{
    private static double[] Days(int count, double value) => [.. Enumerable.Repeat(value, count)];

    [Test]
    public void Start_WeekOfZeros_IsTheirFirst() => SilenceDetection.Start([.. Days(60, 12), .. Days(7, 0)], 7).Should().Be(60);

    [Test]
    public void Start_MissingDaysAmongThem_CountAsUnknown() =>
        SilenceDetection.Start([.. Days(60, 12), 0, double.NaN, 0, 0, double.NaN, 0, 0], 7).Should().Be(60);

    [Test]
    public void Start_MostlyMissing_IsNoSilence() => SilenceDetection.Start([.. Days(60, 12), .. Days(6, double.NaN), 0], 7).Should().Be(67);

    [Test]
    public void Start_SixDays_IsNotYet() => SilenceDetection.Start([.. Days(60, 12), .. Days(6, 0)], 7).Should().Be(66);

    [Test]
    public void Start_ThinQueue_MayBeChance() => SilenceDetection.Start([.. Days(60, 1), .. Days(14, 0)], 7).Should().Be(74);

    [Test]
    public void Start_SilentForLongerBefore_IsItsWay() =>
        SilenceDetection.Start([.. Days(60, 12), .. Days(30, 0), .. Days(60, 12), .. Days(20, 0)], 7).Should().Be(170);
}
