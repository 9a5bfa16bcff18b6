using Wfm.Forecasting.Numerics;

namespace Wfm.Tests.Forecasting.Numerics;

public sealed class NegativeBinomialTests
{
    private static readonly double[] Levels = [0.001, 0.05, 0.25, 0.5, 0.9, 0.99, 0.9999];

    // R 4.2.2, qnbinom(levels, size = 1/alpha, mu = mean); alpha = 0: qpois(levels, mean).
    [TestCase(0.01, 0, 0, 0, 0, 0, 0, 0, 1)]
    [TestCase(0.01, 0.5, 0, 0, 0, 0, 0, 0, 1)]
    [TestCase(0.01, 4, 0, 0, 0, 0, 0, 0, 2)]
    [TestCase(0.3, 1e-9, 0, 0, 0, 0, 1, 2, 4)]
    [TestCase(0.3, 4, 0, 0, 0, 0, 1, 4, 10)]
    [TestCase(3, 0, 0, 1, 2, 3, 5, 8, 11)]
    [TestCase(3, 0.02, 0, 0, 2, 3, 5, 8, 12)]
    [TestCase(3, 4, 0, 0, 0, 0, 9, 30, 80)]
    [TestCase(30, 1e-9, 15, 21, 26, 30, 37, 43, 52)]
    [TestCase(30, 0.5, 0, 5, 14, 25, 59, 102, 181)]
    [TestCase(700, 0, 620, 657, 682, 700, 734, 762, 801)]
    [TestCase(700, 0.02, 424, 540, 629, 695, 834, 959, 1144)]
    [TestCase(700, 4, 0, 0, 7, 122, 2101, 6816, 18002)]
    [TestCase(12345, 0.02, 7634, 9615, 11124, 12263, 14633, 16774, 19930)]
    [TestCase(12345, 0.5, 279, 2193, 5933, 10359, 24010, 40978, 72571)]
    [TestCase(1e5, 0, 99024, 99480, 99787, 1e5, 100405, 100736, 101178)]
    [TestCase(1e5, 0.02, 61908, 77924, 90131, 99334, 118503, 135816, 161334)]
    [TestCase(1e5, 4, 0, 2, 1057, 17469, 300157, 973555, 2571329)]
    public void Quantiles_KnownParameters_MatchR(double mean, double dispersion, params double[] expected)
    {
        var quantiles = new double[Levels.Length];

        NegativeBinomial.Quantiles(mean, dispersion, Levels, quantiles);

        quantiles.Should().Equal(expected);
    }

    // R 4.2.2, qnbinom(levels, size = 1/alpha, mu = 1e6). The cube root is an approximation: within a hundredth of the standard deviation.
    [TestCase(0, 996911, 998355, 999325, 1000000, 1001282, 1002327, 1003721)]
    [TestCase(0.02, 619170, 779289, 901330, 993341, 1184985, 1358076, 1613202)]
    public void Quantiles_HugeMean_AreNearR(double dispersion, params double[] expected)
    {
        var quantiles = new double[Levels.Length];

        NegativeBinomial.Quantiles(1e6, dispersion, Levels, quantiles);

        var deviation = Math.Sqrt(1e6 + (dispersion * 1e12));
        quantiles.Zip(expected, (a, b) => Math.Abs(a - b) / deviation).Max().Should().BeLessThan(0.01);
    }

    [Test]
    public void Quantiles_NoMean_AreZero()
    {
        double[] quantiles = [7, 7];

        NegativeBinomial.Quantiles(0, 1, [0.1, 0.9], quantiles);

        quantiles.Should().Equal(0, 0);
    }

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public bool Quantiles_AnyParameters_Ascend(byte size, byte spread)
    {
        var quantiles = new double[99];

        NegativeBinomial.Quantiles(Math.Pow(1.06, size) / 100, spread / 50.0, [.. Enumerable.Range(1, 99).Select(i => i / 100.0)], quantiles);

        return quantiles.Zip(quantiles.Skip(1), (a, b) => a <= b).All(ok => ok) && quantiles.All(q => q >= 0 && double.IsFinite(q));
    }
}
