using Wfm.Forecasting.Models;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Models;

public sealed class FourThetaTests
{
    [Test]
    public void Fit_ExponentialGrowth_TakesTheExponentialTrend()
    {
        var random = new Random(3);
        double[] y = [.. Enumerable.Range(0, 80).Select(t => 100 * Math.Exp(0.02 * t) * (1 + (0.02 * (random.NextDouble() - 0.5))))];

        var fit = new FourTheta().Fit(y, []);

        fit.Parameters[0].Should().Be(1);
        // A third of the weight (θ = 3) lies on a flat line, which ten steps of growth leave 22 % behind.
        fit.Forecast(10).Select((f, h) => Math.Abs((f / (100 * Math.Exp(0.02 * (80 + h)))) - 1)).Max().Should().BeLessThan(0.075);
    }

    [Test]
    public void Fit_NegativeValues_TakesTheLinearAdditiveMember()
    {
        double[] y = [.. Enumerable.Range(0, 60).Select(t => Math.Sin(t) - (0.1 * t))];

        new FourTheta().Fit(y, []).Parameters.Take(2).Should().Equal(0, 0);
    }

    [Test]
    public void Fit_AirPassengers_ForecastsWithinSixPercentOfTheta()
    {
        // No published numbers for one series; R's thetaf is the linear additive member with θ = 2 on the same indices.
        var expected = ReferenceData.Of("theta", "AirPassengers", "forecast");

        var forecast = new FourTheta().Fit(ReferenceData.Series("AirPassengers"), [12]).Forecast(12);

        forecast.Zip(expected, (a, b) => Math.Abs(a - b) / b).Max().Should().BeLessThan(0.06);
    }

    [Test]
    public void Resume_LaterObservationsAtZero_FallsBackToTheLinearMember()
    {
        double[] y = [.. Enumerable.Range(0, 60).Select(t => 100 * Math.Exp(0.03 * t))];
        var model = new FourTheta();
        var parameters = model.Fit(y, []).Parameters;

        model.Resume(parameters, [.. y, 0, 0, 0], []).Forecast(20).Should().OnlyContain(v => double.IsFinite(v));
    }
}
