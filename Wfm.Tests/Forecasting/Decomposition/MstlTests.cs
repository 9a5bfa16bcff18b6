using Wfm.Forecasting.Decomposition;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Decomposition;

public sealed class MstlTests
{
    [Test]
    public void Decompose_TwoSeasons_AddsUpAndExplainsTheProfile()
    {
        double[] y = [.. Enumerable.Range(0, 6 * 168).Select(t => SyntheticSeries.HourlyRate(t % 168, 100))];

        var parts = Mstl.Decompose(y, [24, 168]);

        for (var t = 0; t < y.Length; t++)
        {
            (parts.Seasonals[0][t] + parts.Seasonals[1][t] + parts.Trend[t] + parts.Remainder[t]).Should().BeApproximately(y[t], 1e-8);
        }

        parts.Remainder.Average(Math.Abs).Should().BeLessThan(0.02 * y.Average());
    }

    [Test]
    public void Decompose_SeasonTooLong_IsLeftOut() => Mstl.Decompose(SyntheticSeries.HourlyCounts(1, 10, 1), [24, 168]).Seasonals.Should().HaveCount(1);
}
