using MathNet.Numerics.LinearAlgebra;
using Wfm.Forecasting.Numerics;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Numerics;

public sealed class LagCovarianceTests
{
    [Test]
    public void LeadingEigenvectors_NoisyWeeks_AreThoseOfTheFullProblem()
    {
        const int window = 48;
        var x = SyntheticSeries.HourlyCounts(3, 100, 4);
        var trajectory = Matrix<double>.Build.Dense(window, x.Length - window + 1, (i, j) => x[i + j]);
        var full = (trajectory * trajectory.Transpose()).Evd(Symmetricity.Symmetric);

        var vectors = new LagCovariance(x, window).LeadingEigenvectors(5);

        vectors.Should().HaveCount(5);
        for (var k = 0; k < 5; k++)
        {
            var expected = full.EigenVectors.Column(window - 1 - k).ToArray();
            Math.Abs(Vectors.Dot(vectors[k], expected)).Should().BeApproximately(1, 1e-6, "eigenvectors are the same up to the sign");
        }
    }

    [Test]
    public void LeadingEigenvectors_FewerThanAskedFor_StopAtTheRank()
    {
        double[] line = [.. Enumerable.Range(0, 60).Select(t => 3.0 + t)]; // a straight line has a trajectory matrix of rank 2

        new LagCovariance(line, 12).LeadingEigenvectors(6).Should().HaveCount(2);
    }

    [Test]
    public void LeadingEigenvectors_NothingButZeros_AreNone() => new LagCovariance(new double[40], 10).LeadingEigenvectors(3).Should().BeEmpty();
}
