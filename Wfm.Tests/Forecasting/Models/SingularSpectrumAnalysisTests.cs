using Wfm.Forecasting.Models;
using Wfm.Forecasting.Numerics;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Models;

public sealed class SingularSpectrumAnalysisTests
{
    // Golyandina et al. (2001), §2.1: a sum of k sinusoids and an exponential has rank 2k + 1 and is continued without error; the mean taken off
    // adds a constant, one more.
    private static double Wave(int t) =>
        (10 * Math.Exp(0.002 * t))
        + (3 * Math.Sin(2 * Math.PI * t / 24))
        + (1.5 * Math.Cos(2 * Math.PI * t / 7.3))
        + (0.7 * Math.Sin((2 * Math.PI * t / 5) + 1));

    [TestCase(8)]
    [TestCase(0)]
    public void Forecast_SinusoidsAndExponential_AreContinuedExactly(int rank)
    {
        double[] y = [.. Enumerable.Range(0, 300).Select(Wave)];

        var fitted = new SingularSpectrumAnalysis(logarithm: false, window: 60, rank).Fit(y, [24]);

        fitted.Forecast(50).Select((f, h) => Math.Abs(f - Wave(300 + h))).Max().Should().BeLessThan(1e-5);
    }

    [Test]
    public void Recurrence_GeometricSeries_HasTheCoefficientsOfItsEigenvector()
    {
        const double ratio = 1.03;
        const int window = 10;
        double[] x = [.. Enumerable.Range(0, 60).Select(t => Math.Pow(ratio, t))];

        var coefficients = new SsaComponents(new LagCovariance(x, window).LeadingEigenvectors(1), window).Recurrence(1);

        // P ∝ (1, a, …, a^(L−1)), so R(k) = a^(L−1)·a^k ÷ Σ a^(2j), j below L − 1.
        var sum = Enumerable.Range(0, window - 1).Sum(j => Math.Pow(ratio, 2 * j));
        coefficients.Select((r, k) => Math.Abs(r - (Math.Pow(ratio, window - 1 + k) / sum))).Max().Should().BeLessThan(1e-12);
    }

    [Test]
    public void Forecast_WeeklyProfile_IsLearned()
    {
        var y = SyntheticSeries.HourlyCounts(6, 200, 2);

        var forecast = new SingularSpectrumAnalysis(logarithm: false).Fit(y, [24, 168]).Forecast(168);

        var wape =
            forecast.Select((f, h) => Math.Abs(f - SyntheticSeries.HourlyRate(h, 200))).Sum()
            / Enumerable.Range(0, 168).Sum(h => SyntheticSeries.HourlyRate(h, 200));
        wape.Should().BeLessThan(0.12);
    }

    [Test]
    public void Stabilize_ExplodingRecurrence_DoublesWithinAWindowAtMost()
    {
        double[] coefficients = [0, 0, 0, 1.5];

        SsaRecurrence.Stabilize(coefficients);

        coefficients[3].Should().BeLessThanOrEqualTo(Math.Pow(2, 1.0 / 5)).And.BeGreaterThan(0.9);
    }

    [Test]
    public void Forecast_Explosion_StaysWithinTheHistoryAndHalfItsRange()
    {
        double[] y = [.. Enumerable.Range(0, 120).Select(t => Math.Exp(t / 8.0))];

        new SingularSpectrumAnalysis(logarithm: false).Fit(y, [7]).Forecast(200).Max().Should().BeLessThan(1.6 * y[^1]);
    }

    [TestCase(1, 0)]
    [TestCase(-3, 0)]
    [TestCase(10, 10)]
    [TestCase(0, -1)]
    public void Constructor_ImpossibleSizes_AreRefused(int window, int rank) =>
        FluentActions.Invoking(() => new SingularSpectrumAnalysis(logarithm: false, window, rank)).Should().Throw<ArgumentOutOfRangeException>();
}
