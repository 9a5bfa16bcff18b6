using Wfm.Forecasting.Numerics;

namespace Wfm.Tests.Forecasting.Numerics;

public sealed class NumericsTests
{
    [TestCase(0.5, 0)]
    [TestCase(0.975, 1.959963984540054)] // R, qnorm(p)
    [TestCase(0.01, -2.326347874040841)]
    [TestCase(1e-10, -6.361340902404056)]
    [TestCase(1e-20, -9.262340089798408)]
    public void NormalQuantile_KnownLevels_MatchR(double p, double z) => NormalDistribution.Quantile(p).Should().BeApproximately(z, 1e-12);

    [Test]
    public void PortableLog_ManyNumbers_MatchesTheLibrary()
    {
        for (var x = 1e-300; x < 1e300; x *= 1.7)
        {
            PortableMath.Log(x).Should().BeApproximately(Math.Log(x), 1e-14 * Math.Max(1, Math.Abs(Math.Log(x))));
        }
    }

    [Test]
    public void Solve_KnownSystem_FindsTheSolution()
    {
        double[] a = [4, 0, 0, 2, 5, 0, 1, 3, 6]; // lower triangle of [[4,2,1],[2,5,3],[1,3,6]]
        double[] b = [11, 21, 25]; // times (1, 2, 3)

        RidgeRegression.Solve(a, b).Should().BeTrue();

        b.Zip(new double[] { 1, 2, 3 }, (got, want) => Math.Abs(got - want)).Max().Should().BeLessThan(1e-12);
    }

    [Test]
    public void Solve_NotPositiveDefinite_SaysNo() => RidgeRegression.Solve([1, 0, 2, 1], [1, 1]).Should().BeFalse();

    [Test]
    public void NelderMead_Rosenbrock_FindsTheValley()
    {
        double[] x = [-1.2, 1];

        var least = NelderMead.Minimize(p => (100 * Math.Pow(p[1] - (p[0] * p[0]), 2)) + Math.Pow(1 - p[0], 2), x, [0.5, 0.5], 2000, 1e-14);

        least.Should().BeLessThan(1e-9);
        x[0].Should().BeApproximately(1, 1e-3);
    }

    [TestCase(0.3)]
    [TestCase(4)]
    [TestCase(24.9)]
    [TestCase(25.1)]
    [TestCase(400)]
    public void PoissonQuantile_AnyMean_AscendsAroundTheMean(double mean)
    {
        var quantiles = new double[99];
        new PoissonQuantiles([.. Enumerable.Range(1, 99).Select(i => i / 100.0)]).Write(mean, quantiles);

        quantiles.Should().BeInAscendingOrder();
        quantiles[49].Should().BeApproximately(mean, 0.5);
        if (mean > 20)
        {
            (quantiles[83] - quantiles[15]).Should().BeApproximately(2 * Math.Sqrt(mean), 0.05 * Math.Sqrt(mean)); // one standard deviation each side
        }
    }

    [Test]
    public void Dot_AnyLength_IsTheSum()
    {
        for (var n = 0; n < 40; n++)
        {
            double[] a = [.. Enumerable.Range(1, n).Select(i => (double)i)];
            Vectors.Dot(a, a).Should().Be(n * (n + 1) * ((2 * n) + 1) / 6.0);
        }
    }

    [Test]
    public void Median_AnyNumbers_IsTheMiddleOfTheSorted([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        double[] values = [.. Enumerable.Range(0, random.Next(1, 400)).Select(_ => (double)random.Next(seed % 2 == 0 ? 10 : 100_000))];
        double[] sorted = [.. values.Order()];

        Statistics.Median(values).Should().Be((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2);
    }
}
