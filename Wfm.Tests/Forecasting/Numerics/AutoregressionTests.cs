using Wfm.Forecasting.Numerics;

namespace Wfm.Tests.Forecasting.Numerics;

public sealed class AutoregressionTests
{
    // R's lh, 48 luteinizing hormone levels; ar.yw(lh, aic = FALSE, order.max = 3): 0.6534, −0.0636, −0.2269.
    private static readonly double[] Lh =
    [
        2.4, 2.4, 2.4, 2.2, 2.1, 1.5, 2.3, 2.3, 2.5, 2.0, 1.9, 1.7, 2.2, 1.8, 3.2, 3.2, 2.7, 2.2, 2.2, 1.9, 1.9, 1.8, 2.7, 3.0,
        2.3, 2.0, 2.0, 2.9, 2.9, 2.7, 2.7, 2.3, 2.6, 2.4, 1.8, 1.7, 1.5, 1.4, 2.1, 3.3, 3.5, 3.5, 3.1, 2.6, 2.1, 3.4, 3.0, 2.9,
    ];

    [Test]
    public void YuleWalker_LuteinizingHormone_MatchesR()
    {
        var mean = Lh.Average();

        var phi = Autoregression.YuleWalker([.. Lh.Select(v => v - mean)], 3, out var variances);

        phi.Zip(new[] { 0.6534, -0.0636, -0.2269 }, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-4);
        variances.Should().BeInDescendingOrder();
    }

    [Test]
    public void LeastSquares_ExactRecurrence_IsFound()
    {
        var x = new double[50];
        (x[0], x[1]) = (1, 2);
        for (var t = 2; t < x.Length; t++)
        {
            x[t] = (1.2 * x[t - 1]) - (0.5 * x[t - 2]);
        }

        var phi = Autoregression.LeastSquares(x, 2);

        phi[0].Should().BeApproximately(1.2, 1e-9);
        phi[1].Should().BeApproximately(-0.5, 1e-9);
        Autoregression.Filter(x, phi).Should().OnlyContain(e => Math.Abs(e) < 1e-9);
    }

    [Test]
    public void LeastSquares_Explosion_FallsBackToAStationaryFit()
    {
        double[] x = [.. Enumerable.Range(0, 40).Select(t => Math.Pow(1.1, t))];

        Autoregression.LeastSquares(x, 1)[0].Should().BeInRange(0.5, 0.9999);
    }

    [Test]
    public void YuleWalker_NothingButZeros_IsNothing() => Autoregression.YuleWalker(new double[20], 3, out _).Should().OnlyContain(phi => phi == 0);
}
