using Wfm.Forecasting.Models;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Models;

public sealed class ComplexExponentialSmoothingTests
{
    [Test]
    public void Fit_BjSales_HasTheParametersOfThePackageOfTheAuthors()
    {
        // R, smooth 4.x: ces(BJsales, h = 12, holdout = TRUE) gives 2.0004+1.0035i, its 3.x versions 1.9981+1.0034i, MAE of the last twelve 1.037;
        // vignette “ces() - Complex Exponential Smoothing”. Starting states differ in how often they are cast back.
        var y = ReferenceData.Series("BJsales");

        var fit = new ComplexExponentialSmoothing().Fit(y.AsSpan(0, 138), []);

        fit.Parameters[0].Should().Be((double)CesSeason.None);
        fit.Parameters[2].Should().BeApproximately(2.0, 0.01);
        fit.Parameters[3].Should().BeApproximately(1.0035, 0.0003);
        fit.Forecast(12).Zip(y[138..], (f, a) => Math.Abs(f - a)).Average().Should().BeApproximately(1.037, 0.05);
    }

    [Test]
    public void Fit_AirPassengers_ChoosesThePartialSeasonAtAtLeastTheLikelihoodOfTheAuthors()
    {
        // R, smooth 4.x: auto.ces(AirPassengers, h = 12, holdout = TRUE) gives CES(partial), 1.4921+1i, b 0.942, minus log-likelihood 516.9044.
        var y = ReferenceData.Series("AirPassengers")[..132];

        var fit = new ComplexExponentialSmoothing().Fit(y, [12]);

        fit.Parameters[0].Should().Be((double)CesSeason.Partial);
        fit.Parameters[2].Should().BeApproximately(1.4921, 0.2);
        fit.Parameters[3].Should().BeApproximately(1, 0.02);
        fit.Parameters[4].Should().BeApproximately(0.942, 0.05);
        var squares = new CesState(CesSeason.Partial, 12).Backcast(y, fit.Parameters.AsSpan(2));
        (0.5 * 132 * (Math.Log(2 * Math.PI * squares / 132) + 1)).Should().BeLessThan(516.9044 + 0.5);
    }

    [Test]
    public void After_AlphaOneOne_LevelStandsStill()
    {
        // α₀ = α₁ = 1: ℓ stands still, ℓ(t) = ℓ(t−1), whatever the errors.
        double[] y = [5, 5, 5, 9];
        var state = CesState.After(y, CesSeason.None, 1, [1, 1]);
        var mean = new double[2];

        state.Forecast(mean, [1, 1], -100, 100);

        mean.Should().Equal(5, 5);
    }

    [TestCase(0.95, false)]
    [TestCase(1.05, true)]
    [TestCase(1.95, true)]
    [TestCase(2.05, false)]
    public void IsStable_AlphaOneIsOne_NeedsAlphaZeroBetweenOneAndTwo(double alpha0, bool stable) =>
        CesState.IsStable(CesSeason.None, [alpha0, 1]).Should().Be(stable); // the roots are then 2 − α₀ and 1 − α₀

    [TestCase(CesSeason.Simple)]
    [TestCase(CesSeason.Partial)]
    [TestCase(CesSeason.Full)]
    public void Forecast_WeeklyProfile_IsContinued(CesSeason season)
    {
        double[] y = [.. Enumerable.Range(0, 6 * 168).Select(t => SyntheticSeries.HourlyRate(t % 168, 100))];

        var forecast = new ComplexExponentialSmoothing(season).Fit(y, [24, 168]).Forecast(168);

        forecast.Select((f, h) => Math.Abs(f - SyntheticSeries.HourlyRate(h, 100))).Max().Should().BeLessThan(5);
    }
}
