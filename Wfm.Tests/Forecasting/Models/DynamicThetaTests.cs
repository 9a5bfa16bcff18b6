using Wfm.Forecasting.Models;
using Wfm.Forecasting.Numerics;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Models;

public sealed class DynamicThetaTests
{
    [Test]
    public void Mean_AfterEachObservation_IsTheFormulaWithALeastSquaresLine()
    {
        const double alpha = 0.3;
        const double theta = 2.5;
        var y = ReferenceData.Series("Nile");
        var state = new DynamicThetaState(y[0] / 2, alpha, theta);
        var level = y[0] / 2;
        for (var t = 1; t <= y.Length; t++)
        {
            state.Update(y[t - 1]);
            level += alpha * (y[t - 1] - level);

            // Fiorucci et al. (2016), equation of μ for the next time t + 1, the line fitted anew by ordinary least squares.
            var (a, b) = LinearTrend.Fit(y.AsSpan(0, t));
            var expected = level + ((1 - (1 / theta)) * ((Math.Pow(1 - alpha, t) * a) + ((1 - Math.Pow(1 - alpha, t + 1)) / alpha * b)));
            state.Mean.Should().BeApproximately(expected, 1e-8 * Math.Abs(expected));
        }
    }

    [Test]
    public void Mean_ThetaOne_IsSimpleExponentialSmoothing()
    {
        var state = new DynamicThetaState(5, 0.4, 1);
        state.Update(10);
        state.Update(20);

        state.Mean.Should().BeApproximately((0.4 * 20) + (0.6 * ((0.4 * 10) + (0.6 * 5))), 1e-12);
    }

    [Test]
    public void Run_ThetaTwo_IsTheThetaMethodWithTheLineSoFar()
    {
        // θ = 2: half the straight line, half a smoothed line of doubled curvature. With that line started at 2·ℓ(0) the two forms are one.
        const double alpha = 0.35;
        var y = ReferenceData.Series("Nile")[..20];
        var (a, b) = LinearTrend.Fit(y);
        var state = new DynamicThetaState(0, alpha, 2);
        state.Run(y, 0);
        var line = 0.0;
        for (var t = 1; t <= y.Length; t++)
        {
            line += alpha * ((2 * y[t - 1]) - a - (b * t) - line);
        }

        state.Mean.Should().BeApproximately((0.5 * (a + (b * 21))) + (0.5 * line), 1e-8);
    }

    [Test]
    public void Forecast_TrendWithSeason_IsContinued()
    {
        double[] y = [.. Enumerable.Range(0, 140).Select(t => (100 + (0.5 * t)) * (t % 7 < 5 ? 1.1 : 0.75))];

        var forecast = new DynamicTheta().Fit(y, [7]).Forecast(28);

        forecast.Select((f, h) => Math.Abs(f / ((100 + (0.5 * (140 + h))) * ((140 + h) % 7 < 5 ? 1.1 : 0.75)) - 1)).Max().Should().BeLessThan(0.03);
    }
}
