using Wfm.Forecasting.Intraday;
using Wfm.Forecasting.Numerics;

namespace Wfm.Tests.Forecasting.Intraday;

public sealed class StepQuantilesTests
{
    private static readonly double[] Levels = [.. Enumerable.Range(1, 99).Select(i => i / 100.0)];
    private static readonly double[] Scores = Array.ConvertAll(Levels, NormalDistribution.Quantile);

    [TestCase(-3.1)]
    [TestCase(-0.4)]
    [TestCase(1.7)]
    [TestCase(3.3)]
    public void ScoreOf_ValueAtAScore_IsThatScore(double score)
    {
        var step = new StepQuantiles(Scores, Array.ConvertAll(Scores, z => 50 + (9 * z)));

        step.ScoreOf(step.At(score), isCount: false).Should().BeApproximately(score, 1e-9);
    }

    [TestCase(0.2)]
    [TestCase(1)]
    [TestCase(6)]
    public void ScoreOf_CountsAsLikelyAsForecast_AverageToZero(double level)
    {
        // Counts whose probabilities are those of the quantiles rounded: no drift up or down on a thin queue.
        double[] values = [.. Scores.Select(z => Math.Max(0, level + (Math.Sqrt(level) * z)))];
        var sum = 0.0;
        for (var i = 0; i < 10_000; i++)
        {
            var step = new StepQuantiles(Scores, values);
            sum += step.ScoreOf(Math.Round(step.At(NormalDistribution.Quantile((i + 0.5) / 10_000))), isCount: true) / 10_000;
        }

        sum.Should().BeApproximately(0, 0.02);
    }

    [Test]
    public void ScoreOf_ZeroOnAThinQueue_IsMildAndFalls_AsZerosGetRare()
    {
        static double Zero(double level) =>
            new StepQuantiles(Scores, [.. Scores.Select(z => Math.Max(0, level + (Math.Sqrt(level) * z)))]).ScoreOf(0, isCount: true);

        Zero(0.2).Should().BeInRange(-1, 0);
        new[] { 0.2, 1, 3, 8, 20, 60 }.Select(Zero).Should().BeInDescendingOrder();
        Zero(1000).Should().Be(-StepQuantiles.LargestScore);
    }

    [Test]
    public void ScoreOf_FarAboveAll_StopsAtTheLargest() =>
        new StepQuantiles(Scores, Array.ConvertAll(Scores, z => 50 + (9 * z))).ScoreOf(1e12, isCount: true).Should().Be(StepQuantiles.LargestScore);
}
