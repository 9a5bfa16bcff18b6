using Wfm.Forecasting.Models;

namespace Wfm.Tests.Forecasting.Models;

public sealed class EtsTests
{
    // Saudi oil production 1996–2013, Mt: fpp2::oil, Hyndman & Athanasopoulos, FPP 2nd ed., §7.1.
    private static readonly double[] SaudiOil =
    [
        445.3641, 453.1950, 454.4096, 422.3789, 456.0371, 440.3866, 425.1944, 486.2052, 500.4291,
        521.2759, 508.9476, 488.8889, 509.8706, 456.7229, 473.8166, 525.9509, 549.8338, 542.3405,
    ];

    // Visitor nights of international tourists in Australia, 2005Q1–2015Q4, millions: fpp2::austourists.
    private static readonly double[] Tourists =
    [
        42.20566, 24.64917, 32.66734, 37.25735, 45.24246, 29.35048, 36.34421, 41.78208, 49.27660, 31.27540, 37.85063,
        38.83704, 51.23690, 31.83855, 41.32342, 42.79900, 55.70836, 33.40714, 42.31664, 45.15712, 59.57608, 34.83733,
        44.84168, 46.97125, 60.01903, 38.37118, 46.97586, 50.73380, 61.64687, 39.29957, 52.67121, 54.33232, 66.83436,
        40.87119, 51.82854, 57.49191, 65.25147, 43.06121, 54.76076, 59.83447, 73.25703, 47.69662, 61.09777, 66.05576,
    ];

    private static EtsForm Form(EtsComponent error, EtsComponent trend, EtsComponent season, bool damped = false) => new(error, trend, season, damped);

    [Test]
    public void Fit_SaudiOilSes_MatchesR()
    {
        var ses = Form(EtsComponent.Additive, EtsComponent.None, EtsComponent.None);

        var fit = new Ets(ses, refineStates: true).Fit(SaudiOil, []);

        // R, forecast::ses(window(fpp2::oil, start = 1996)): alpha 0.8339, forecast 542.6806; FPP 2nd ed., §7.1.
        fit.Alpha.Should().BeApproximately(0.8339, 0.001);
        fit.Forecast(1)[0].Should().BeApproximately(542.6806, 0.01);
    }

    [Test]
    public void Fit_Tourists_ChoosesTheFormOfR()
    {
        var fit = new Ets(refineStates: true).Fit(Tourists, [4]);

        // R, forecast::ets(window(fpp2::austourists, start = 2005)): ETS(M,A,M), AIC 224.9; FPP 2nd ed., §7.6. R's optimiser stops at
        // α = 0.19 on a flat ridge, ours goes on along it: the same form, a criterion no worse.
        fit.Form.Should().Be(Form(EtsComponent.Multiplicative, EtsComponent.Additive, EtsComponent.Multiplicative));
        fit.Aic.Should().BeInRange(215, 225);
        (fit.Aicc - fit.Aic).Should().BeApproximately(2.0 * 9 * 10 / (44 - 9 - 1), 1e-9);
    }

    [Test]
    public void Run_ParametersOfR_GivesItsLikelihood()
    {
        // The parameters and starting states printed for the fit above; they have four digits, so the AIC has one.
        var state = new EtsState(Form(EtsComponent.Multiplicative, EtsComponent.Additive, EtsComponent.Multiplicative), 4)
        {
            Alpha = 0.1908,
            Beta = 0.0392,
            Gamma = 2e-4,
            Level = 32.3679,
            Slope = 0.9281,
        };
        new[] { 1.247, 0.7683, 0.9628, 1.022 }.CopyTo(state.Season, 0);

        (state.Run(Tourists) + (2 * 9)).Should().BeApproximately(224.9, 0.1);
    }

    [Test]
    public void Run_ParametersOfR_GivesItsForecast()
    {
        // R, forecast::ets(austourists, model = "AAA", damped = TRUE): parameters, states after 2015Q4 and forecasts as recorded in the tests of
        // statsmodels (fit_ets_results_seasonal.json). One year on from the state of 2014Q4 must give the state of 2015Q4.
        var state = new EtsState(Form(EtsComponent.Additive, EtsComponent.Additive, EtsComponent.Additive, damped: true), 4)
        {
            Alpha = 0.35445427,
            Beta = 0.03200749,
            Gamma = 0.39993387,
            Phi = 0.97999997,
            Level = 56.54489237,
            Slope = 0.46833082,
        };
        new[] { 11.46821429, -11.85942625, -0.86517996, 2.83152506 }.CopyTo(state.Season, 0);

        state.Run([73.25703, 47.69662, 61.09777, 66.05576]);

        state.Level.Should().BeApproximately(62.00340579, 1e-4);
        state.Slope.Should().BeApproximately(0.70652496, 1e-5);
        var mean = new double[4];
        state.Forecast(mean);
        double[] expected = [76.07768073, 51.61741109, 63.96457729, 68.27886241];
        mean.Zip(expected, (m, e) => Math.Abs(m - e)).Max().Should().BeLessThan(1e-4);
    }

    [Test]
    public void Fit_ScaledSeries_ScalesTheForecast()
    {
        var one = new Ets().Fit(Tourists, [4]).Forecast(8);
        var thousand = new Ets().Fit([.. Tourists.Select(v => v * 1000)], [4]).Forecast(8);

        thousand.Zip(one, (a, b) => Math.Abs((a / 1000) - b)).Max().Should().BeLessThan(1e-6);
    }
}
