using Wfm.Forecasting;
using Wfm.Forecasting.Series;
using Wfm.Forecasting.Uncertainty;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Uncertainty;

public sealed class SamplePathsTests
{
    private static readonly double[] Levels = [0.05, 0.25, 0.5, 0.75, 0.95];

    private static double[][] Rows(int steps) => [.. new[] { 60.0, 85, 100, 118, 150 }.Select(v => Enumerable.Repeat(v, steps).ToArray())];

    [Test]
    public void Generate_SameSeed_IsTheSameToTheBit()
    {
        var dependence = new PathDependence(0.5, 0.3, 0.4);

        var first = SamplePaths.Generate(Levels, Rows(50), 24, dependence, 20, seed: 7);
        var second = SamplePaths.Generate(Levels, Rows(50), 24, dependence, 40, seed: 7);

        second[..20].Should().BeEquivalentTo(first, options => options.WithStrictOrdering());
        SamplePaths.Generate(Levels, Rows(50), 24, dependence, 1, seed: 8)[0].Should().NotEqual(first[0]);
    }

    [Test]
    public void Generate_SeedOfRecord_GivesTheseValuesForEver()
    {
        // A stored forecast keeps its seed, not its paths: a change of these numbers breaks every stored forecast.
        var path = SamplePaths.Generate(Levels, Rows(4), 24, new PathDependence(0.5, 0.3), 1, seed: 1)[0];

        path.Should().Equal(GoldenPath);
    }

    private static readonly double[] GoldenPath = [99.83275147222139, 118.93490174607166, 95.09402335738325, 135.34399750863912];

    [Test]
    public void Generate_ManyPaths_HasTheMarginalsOfTheQuantiles()
    {
        var paths = SamplePaths.Generate(Levels, Rows(10), 24, new PathDependence(0.6, 0.4, 0.5), 4000, seed: 3);

        foreach (var (level, value) in Levels.Zip(new[] { 60.0, 85, 100, 118, 150 }))
        {
            var share = paths.Average(p => p[6] <= value ? 1.0 : 0.0);
            share.Should().BeApproximately(level, 0.03);
        }
    }

    [TestCase(24)]
    [TestCase(1)] // a day a step
    public void Generate_GivenDays_MovesWithThem(int intervalsPerDay)
    {
        double[][] days = [[-1, 2, 0], [1, -2, 0]];

        var paths = SamplePaths.Generate(Levels, Rows(3 * intervalsPerDay), intervalsPerDay, new PathDependence(0, 1), 2, seed: 4, days: days);

        double Of(int path, int day) => paths[path].Skip(day * intervalsPerDay).Take(intervalsPerDay).Average();
        (Of(0, 0) < 100 && Of(1, 0) > 100 && Of(0, 1) > 150 && Of(1, 1) < 60).Should().BeTrue();
        (Of(0, 2), Of(1, 2)).Should().Be((100, 100));
    }

    [Test]
    public void Generate_Dependence_WidensSums()
    {
        static double Spread(PathDependence dependence)
        {
            var sums = SamplePaths.Generate(Levels, Rows(96), 24, dependence, 1000, seed: 5).Select(p => p.Sum()).ToArray();
            var mean = sums.Average();
            return Math.Sqrt(sums.Average(s => (s - mean) * (s - mean)));
        }

        var independent = Spread(PathDependence.Independent);
        Spread(new PathDependence(0.8, 0)).Should().BeGreaterThan(2 * independent);
        Spread(new PathDependence(0, 0.5)).Should().BeGreaterThan(2 * independent);
        Spread(new PathDependence(0, 0.5, 0.9)).Should().BeGreaterThan(1.3 * Spread(new PathDependence(0, 0.5)));
    }

    [Test]
    public void Generate_ClosedStep_StaysAtZero()
    {
        double[][] rows = [.. Levels.Select(_ => new double[3])];

        SamplePaths.Generate(Levels, rows, 24, new PathDependence(0.2, 0.2), 50, 1).SelectMany(p => p).Should().OnlyContain(v => v == 0);
    }

    [Test]
    public void Generate_CorrelationOfOne_Throws() => FluentActions
        .Invoking(() => SamplePaths.Generate(Levels, Rows(2), 24, new PathDependence(1, 0), 1, 1)).Should().Throw<ArgumentOutOfRangeException>();

    [Test]
    public void Generate_RowsMissing_Throws() => FluentActions
        .Invoking(() => SamplePaths.Generate(Levels, Rows(2)[..3], 24, PathDependence.Independent, 1, 1))
        .Should().Throw<ArgumentException>().WithMessage("*5 levels and 3 rows*");

    [Test]
    public void Generate_WholeNumbers_KeepTheMean()
    {
        double[][] rows = [.. new[] { 0, 0.1, 0.2, 0.4, 0.9 }.Select(v => Enumerable.Repeat(v, 50).ToArray())];

        var (smooth, whole) = (Draw(false), Draw(true));

        whole.SelectMany(p => p).Should().OnlyContain(v => v == Math.Floor(v) && v >= 0);
        whole.Average(p => p.Sum()).Should().BeApproximately(smooth.Average(p => p.Sum()), 0.3);

        double[][] Draw(bool wholeNumbers) => SamplePaths.Generate(Levels, rows, 24, PathDependence.Independent, 2000, 1, wholeNumbers: wholeNumbers);
    }

    [Test]
    public void SamplePaths_NightsOfHardlyAContact_AreMostlyEmpty()
    {
        var random = new Random(2);
        bool IsNight(int slot) => slot % 48 is < 15 or > 44;
        double[] values = [.. Enumerable.Range(0, 12 * 336).Select(t => (double)SyntheticSeries.Poisson(random, IsNight(t) ? 0.025 : 6))];

        var forecast = ForecastEngine.Forecast(new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.HalfHourly(), values), 336, new ForecastOptions());

        var paths = forecast.SamplePaths(200, 1);
        var nights = Enumerable.Range(1, 334).Where(h => IsNight(h - 1) && IsNight(h) && IsNight(h + 1)).ToList();
        nights.Average(h => paths.Average(p => p[h] > 0 ? 1.0 : 0)).Should().BeLessThan(0.06);
        nights.Count(h => paths.Select(p => p[h]).Order().ElementAt(180) > 0).Should().BeLessThan(nights.Count / 10, "P90 is nothing in nearly all of them");
    }

    [Test]
    public void SamplePaths_ThinQueue_SumToTheMean()
    {
        var random = new Random(4);
        double[] values = [.. Enumerable.Range(0, 12 * 336).Select(_ => random.NextDouble() < 0.07 ? 1.0 : 0)];

        var forecast = ForecastEngine.Forecast(new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.HalfHourly(), values), 336, new ForecastOptions());

        forecast.SamplePaths(400, 1).Average(path => path.Sum()).Should().BeApproximately(forecast.Mean.Sum(), 0.05 * forecast.Mean.Sum());
    }
}
