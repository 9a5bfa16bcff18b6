using Wfm.Forecasting.Models;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Models;

public sealed class DriftTests
{
    [Test]
    public void Forecast_Nile_MatchesR()
    {
        var expected = ReferenceData.Of("drift", "Nile", "forecast");

        var forecast = new Drift().Fit(ReferenceData.Series("Nile"), []).Forecast(expected.Length);

        forecast.Zip(expected, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-6); // rounding of the file only
    }

    [Test]
    public void Forecast_StraightLine_GoesOn() => new Drift().Fit([1, 3, 5, 7], []).Forecast(3).Should().Equal(9, 11, 13);
}
