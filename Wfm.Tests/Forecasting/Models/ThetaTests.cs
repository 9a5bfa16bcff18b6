using Wfm.Forecasting.Models;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Models;

public sealed class ThetaTests
{
    // R estimates α and the first level freely and takes a longer route to the seasonal indices; ours come from a grid of α and the first value.
    [TestCase("Nile", 1, 0.02)] // a flat likelihood: α 0.25 in R, 0.20 here
    [TestCase("AirPassengers", 12, 0.01)]
    [TestCase("USAccDeaths", 12, 0.01)]
    public void Forecast_Standard_MatchesThetafOfR(string series, int m, double tolerance)
    {
        var expected = ReferenceData.Of("theta", series, "forecast");

        var forecast = new Theta(optimised: false).Fit(ReferenceData.Series(series), m == 1 ? [] : [m]).Forecast(expected.Length);

        forecast.Zip(expected, (a, b) => Math.Abs(a - b) / b).Max().Should().BeLessThan(tolerance);
    }
}
