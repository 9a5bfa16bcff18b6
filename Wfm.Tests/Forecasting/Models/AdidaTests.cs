using Wfm.Forecasting.Models;

namespace Wfm.Tests.Forecasting.Models;

public sealed class AdidaTests
{
    [Test]
    public void Forecast_EveryFourthPeriod_IsAQuarterOfTheSize()
    {
        double[] y = [.. Enumerable.Range(1, 400).Select(t => t % 4 == 0 ? 8.0 : 0.0)];

        new Adida().Fit(y, []).Forecast(2).Should().OnlyContain(v => Math.Abs(v - 2) < 1e-9);
    }

    [Test]
    public void Forecast_DemandInEveryPeriod_IsSimpleExponentialSmoothing()
    {
        double[] y = [5, 7, 6, 9, 4, 6, 8, 7, 5, 6, 9, 7];

        new Adida().Fit(y, []).Forecast(1)[0].Should().Be(ExponentialSmoothing.Simple().Fit(y, []).Forecast(1)[0]);
    }

    [Test]
    public void Fit_RegularDemand_HasBucketsOfTheMeanInterval()
    {
        double[] y = [0, 0, 3, 0, 0, 3, 0, 0, 6, 0, 0, 3, 0, 0, 3];

        new Adida().Fit(y, []).Parameters[0].Should().Be(3);
    }

    [Test]
    public void Forecast_FewBuckets_IsTheMean() => new Adida().Fit([0, 0, 0, 0, 8, 0], []).Forecast(1)[0].Should().BeApproximately(1.6, 1e-12);

    [Test]
    public void Forecast_NoDemand_IsZero() => new Adida().Fit(new double[20], []).Forecast(3).Should().OnlyContain(v => v == 0);
}
