using System.Text.Json;
using Wfm.Forecasting.Pooled;

namespace Wfm.Tests.Forecasting.Pooled;

public sealed class PooledRidgeTests
{
    private static readonly int Width = PooledFeatures.Names.Count;

    /// <summary>Rows that use the first two features alone.</summary>
    private static double[] Rows(params (double A, double B)[] pairs)
    {
        var rows = new double[pairs.Length * Width];
        for (var r = 0; r < pairs.Length; r++)
        {
            (rows[r * Width], rows[(r * Width) + 1]) = pairs[r];
        }

        return rows;
    }

    [Test]
    public void Solve_TwoFeatures_IsTheClosedForm()
    {
        // X = [1 0; 1 1; 0 2], r = [1 2 3], w = [1 2 1]: X'WX = [3 2; 2 6], X'Wr = [5 10]; a penalty of ½ of the diagonal makes [4.5 2; 2 9],
        // whose inverse is [9 −2; −2 4.5] ÷ 36.5: β = [25 35] ÷ 36.5.
        var (gram, right) = PooledRidge.Normal(Rows((1, 0), (1, 1), (0, 2)), [1, 2, 3], [1, 2, 1]);

        var beta = PooledRidge.Solve(gram, right, penalty: 0.5)!;

        beta[0].Should().BeApproximately(25 / 36.5, 1e-12);
        beta[1].Should().BeApproximately(35 / 36.5, 1e-12);
        beta[2..].Should().OnlyContain(b => b == 0, "features that are always 0 have no say");
    }

    [Test]
    public void Solve_FeatureInAnotherUnit_PredictsTheSame()
    {
        var (gram, right) = PooledRidge.Normal(Rows((1, 0), (1, 1), (0, 2)), [1, 2, 3], [1, 1, 1]);
        var (scaledGram, scaledRight) = PooledRidge.Normal(Rows((1, 0), (1, 1000), (0, 2000)), [1, 2, 3], [1, 1, 1]);

        var (one, other) = (PooledRidge.Solve(gram, right, 0.1)!, PooledRidge.Solve(scaledGram, scaledRight, 0.1)!);

        other[1].Should().BeApproximately(one[1] / 1000, 1e-12);
    }

    [Test]
    public void Json_RoundTrip_HasTheSameCoefficients()
    {
        var ridge = new PooledRidge([.. Enumerable.Range(0, Width).Select(i => 1.0 / (i + 3))]);

        JsonSerializer.Deserialize<PooledRidge>(JsonSerializer.Serialize(ridge))!.Coefficients.Should().Equal(ridge.Coefficients);
    }

    [Test]
    public void Constructor_WrongCoefficients_IsRefused()
    {
        FluentActions.Invoking(() => new PooledRidge(new double[3])).Should().Throw<ArgumentException>().WithMessage($"*3 coefficients*{Width}*");
        FluentActions.Invoking(() => new PooledRidge([.. Enumerable.Repeat(double.NaN, Width)])).Should().Throw<ArgumentException>();
    }
}
