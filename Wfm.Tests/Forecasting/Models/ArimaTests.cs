using Wfm.Forecasting.Models;
using Wfm.Forecasting.Numerics;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Models;

public sealed class ArimaTests
{
    private static IEnumerable<TestCaseData> Orders() =>
    [
        new("Nile", 1, new ArimaOrder(0, 1, 1)),
        new("Nile", 1, new ArimaOrder(1, 1, 1, Constant: true)),
        new("lh", 1, new ArimaOrder(1, 0, 0, Constant: true)),
        new("lynx", 1, new ArimaOrder(4, 0, 0, Constant: true)),
        new("WWWusage", 1, new ArimaOrder(3, 1, 0)),
        new("WWWusage", 1, new ArimaOrder(1, 1, 1)),
        new("AirPassengers", 12, new ArimaOrder(0, 1, 1, 0, 1, 1)),
        new("USAccDeaths", 12, new ArimaOrder(0, 1, 1, 0, 1, 1)),
        new("USAccDeaths", 12, new ArimaOrder(1, 0, 0, 1, 0, 0, Constant: true)),
    ];

    [TestCaseSource(nameof(Orders))]
    public void Fit_FixedOrder_MatchesR(string series, int m, ArimaOrder order)
    {
        var model = new Arima(order);

        var fit = model.Fit(ReferenceData.Series(series), m == 1 ? [] : [m]);

        double[] Of(string quantity) => ReferenceData.Of(model.Name, series, quantity);
        fit.Exact.Should().BeTrue();
        fit.Coefficients.Zip(Of("coefficient"), (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(5e-4); // R stops there
        fit.LogLikelihood.Should().BeApproximately(Of("loglik")[0], 0.005); // R's differences are diffuse states, ours are taken
        fit.Aicc.Should().BeApproximately(Of("aicc")[0], 0.01);
        fit.Forecast(12).Zip(Of("forecast"), (a, b) => Math.Abs(a - b) / b).Max().Should().BeLessThan(5e-4);
    }

    [Test]
    public void Fit_AirlineModelOnLogarithms_MatchesR()
    {
        var model = new Arima(new ArimaOrder(0, 1, 1, 0, 1, 1), logarithm: true);

        var fit = model.Fit(ReferenceData.Series("AirPassengers"), [12]);

        fit.Coefficients.Zip(ReferenceData.Of(model.Name, "AirPassengers", "coefficient"), (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(5e-4);
        fit.Forecast(12).Zip(ReferenceData.Of(model.Name, "AirPassengers", "forecast"), (a, b) => Math.Abs(a - b) / b).Max().Should().BeLessThan(5e-4);
    }

    [TestCase("AirPassengers", 12)]
    [TestCase("lynx", 1)]
    [TestCase("WWWusage", 1)]
    [TestCase("Nile", 1)]
    [TestCase("USAccDeaths", 12)]
    [TestCase("lh", 1)]
    [TestCase("BJsales", 1)]
    public void Fit_AutomaticOrder_IsAsGoodAsThatOfR(string series, int m) =>
        new Arima().Fit(ReferenceData.Series(series), m == 1 ? [] : [m]).Aicc.Should().BeLessThan(ReferenceData.Of("auto.arima", series, "aicc")[0] + 0.5);

    [Test]
    public void Run_ShortArma_IsTheLikelihoodOfTheWholeCovariance()
    {
        // Five observations of ARMA(1,1): the covariance written out, γ(0) = (1 + 2φθ + θ²)/(1 − φ²), γ(1) = (1 + φθ)(φ + θ)/(1 − φ²), γ(k) = φ·γ(k−1).
        const double phi = 0.6;
        const double theta = 0.3;
        double[] w = [1.2, -0.4, 0.9, 2.1, -1.3];
        var gamma = new double[5];
        gamma[0] = (1 + (2 * phi * theta) + (theta * theta)) / (1 - (phi * phi));
        gamma[1] = (1 + (phi * theta)) * (phi + theta) / (1 - (phi * phi));
        for (var k = 2; k < 5; k++)
        {
            gamma[k] = phi * gamma[k - 1];
        }

        var matrix = new double[25];
        for (var i = 0; i < 25; i++)
        {
            matrix[i] = gamma[Math.Abs((i / 5) - (i % 5))];
        }

        double[] solved = [.. w];
        RidgeRegression.Solve(matrix, solved).Should().BeTrue(); // leaves the Cholesky factor
        var determinant = 2 * Enumerable.Range(0, 5).Sum(i => Math.Log(matrix[i * 6]));
        var squares = w.Zip(solved, (a, b) => a * b).Sum();

        var loss = new ArmaExact(w).Run(new ArmaPolynomials([phi], [theta], [], [], 1), 0, []);

        loss.Should().BeApproximately((5 * Math.Log(squares / 5)) + determinant, 1e-10);
    }

    [Test]
    public void Minimize_SimulatedSeasonalArma_FindsTheCoefficients()
    {
        var random = new PortableRandom(7, 1);
        var (n, m) = (3000, 24);
        var (w, e) = (new double[n], new double[n]);
        for (var t = 0; t < n; t++)
        {
            e[t] = random.NextNormal();
            w[t] = 5 + e[t] + (t > 0 ? (0.6 * (w[t - 1] - 5)) + (0.3 * e[t - 1]) : 0) + (t >= m ? -0.5 * e[t - m] : 0)
                + (t > m ? -0.5 * 0.3 * e[t - m - 1] : 0);
        }

        var order = new ArimaOrder(1, 0, 1, 0, 0, 1, Constant: true);
        var point = new double[4];
        new ArmaConditional(w, order, m).Minimize(point, 40, 1e-9);

        double[] truth = [0.6, 0.3, -0.5, 5];
        point.Zip(truth, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(0.1);
    }

    [Test]
    public void Statistic_Nile_MatchesR() =>
        KpssTest.Statistic(ReferenceData.Series("Nile")).Should().BeApproximately(1.315226, 1e-6); // urca::ur.kpss(Nile, type = "mu", use.lag = 2)

    [Test]
    public void RootsBeyond_KnownPolynomials_TellsThem()
    {
        new ArmaPolynomials([1.5, -0.6], [], [], [], 1).RootsBeyond(1).Should().BeTrue();
        new ArmaPolynomials([1.5, -0.5], [], [], [], 1).RootsBeyond(1).Should().BeFalse(); // a root at 1
        new ArmaPolynomials([], [-1.1], [], [], 1).RootsBeyond(1).Should().BeFalse();
        new ArmaPolynomials([0.995], [], [], [], 1).RootsBeyond(1.01).Should().BeFalse();
    }

    [Test]
    public void Forecast_WeeklyProfileOfHours_IsLearned()
    {
        var y = SyntheticSeries.HourlyCounts(6, 200, 2);

        var fit = new Arima().Fit(y, [24, 168]);

        var wape =
            fit.Forecast(168).Select((f, h) => Math.Abs(f - SyntheticSeries.HourlyRate(h, 200))).Sum()
            / Enumerable.Range(0, 168).Sum(h => SyntheticSeries.HourlyRate(h, 200));
        wape.Should().BeLessThan(0.12);
    }

    [Test]
    public void Resume_MoreObservations_ForecastsAsTheRecursion()
    {
        // ARIMA(1,1,0): ŷ(n+1) = y(n) + φ·(y(n) − y(n−1)).
        var y = ReferenceData.Series("WWWusage");
        var model = new Arima(new ArimaOrder(1, 1, 0));
        var fit = model.Fit(y.AsSpan(0, 80), []);

        var forecast = model.Resume(fit.Parameters, y, []).Forecast(1)[0];

        forecast.Should().BeApproximately(y[^1] + (fit.Coefficients[0] * (y[^1] - y[^2])), 1e-9);
    }
}
