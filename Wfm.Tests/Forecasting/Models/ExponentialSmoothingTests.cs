using Wfm.Forecasting.Models;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Models;

public sealed class ExponentialSmoothingTests
{
    private static IEnumerable<TestCaseData> Methods() =>
        [
            new(ExponentialSmoothing.Simple(refineStates: true), "ets-ann", "Nile", 1, 0.001),
            new(ExponentialSmoothing.Holt(refineStates: true), "ets-aan", "WWWusage", 1, 0.001),
            new(ExponentialSmoothing.DampedHolt(refineStates: true), "ets-aadn", "WWWusage", 1, 0.01), // φ is nearly free: 0.81 in R
            // R stops before the likeliest of 13 starting states.
            new(ExponentialSmoothing.HoltWintersAdditive(refineStates: true), "ets-aaa", "USAccDeaths", 12, 0.07),
            new(ExponentialSmoothing.HoltWintersMultiplicative(refineStates: true), "ets-mam", "AirPassengers", 12, 0.03),
        ];

    [TestCaseSource(nameof(Methods))]
    public void Fit_NamedMethod_IsAtLeastAsLikelyAsInRAndForecastsAlike(Ets method, string reference, string series, int m, double tolerance)
    {
        var expected = ReferenceData.Of(reference, series, "forecast");

        var fit = method.Fit(ReferenceData.Series(series), m == 1 ? [] : [m]);

        method.Name.Should().Be(reference + "-refined");
        fit.LogLikelihood.Should().BeGreaterThan(ReferenceData.Of(reference, series, "loglik")[0] - 0.1);
        fit.Forecast(expected.Length).Zip(expected, (a, b) => Math.Abs(a - b) / b).Max().Should().BeLessThan(tolerance);
    }

    [Test]
    public void Name_OfEachMethod_TellsTheMember()
    {
        Ets[] methods =
        [
            ExponentialSmoothing.Simple(), ExponentialSmoothing.Holt(), ExponentialSmoothing.DampedHolt(),
            ExponentialSmoothing.HoltWintersAdditive(), ExponentialSmoothing.HoltWintersMultiplicative(), new(),
        ];

        methods.Select(m => m.Name).Should().Equal("ets-ann", "ets-aan", "ets-aadn", "ets-aaa", "ets-mam", "ets");
    }

    [Test]
    public void HoltWintersMultiplicative_ZeroInHistory_IsAdditive()
    {
        double[] y = [.. Enumerable.Range(0, 56).Select(t => t % 7 == 6 ? 0.0 : 10 + (t % 7))];

        var fit = ExponentialSmoothing.HoltWintersMultiplicative().Fit(y, [7]);

        fit.Form.Should().Be(new EtsForm(EtsComponent.Additive, EtsComponent.Additive, EtsComponent.Additive));
    }

    [Test]
    public void HoltWintersAdditive_NoSeason_IsHolt() =>
        ExponentialSmoothing.HoltWintersAdditive().Fit([1, 2, 4, 3, 5, 7], []).Form.Season.Should().Be(EtsComponent.None);
}
