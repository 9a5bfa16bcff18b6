using Wfm.Forecasting.Combination;

namespace Wfm.Tests.Forecasting.Combination;

public sealed class OriginErrorsTests
{
    [Test]
    public void Products_Counts_LeaveOutThePoissonVariance()
    {
        var (study, observed, buckets) = TwoModels();
        var all = new OriginErrors(study, observed, buckets, ["near", "far"]).Products(0, leftOut: -1);
        var excess = new OriginErrors(study, observed, buckets, ["near", "far"], counts: true).Products(0, leftOut: -1);

        var variance = observed[1..].Average(); // of a Poisson count: its mean
        all.Zip(excess, (a, e) => a - e).Should().AllSatisfy(noise => noise.Should().BeApproximately(variance, 1e-9));
    }

    [Test]
    public void Products_CountsThatVaryLessThanByChance_KeepATenthOfTheLeast()
    {
        var (study, _, buckets) = TwoModels();
        var even = Enumerable.Repeat(100.0, 21).ToArray(); // errors of 1 and −5 with no noise at all
        var excess = new OriginErrors(study, even, buckets, ["near", "far"], counts: true).Products(0, leftOut: -1);

        excess[0].Should().BeApproximately(0.1, 1e-9);
        excess[3].Should().BeApproximately(25 - 0.9, 1e-9);
    }

    [Test]
    public void Learn_Counts_TrustTheBetterModelMore()
    {
        var (study, observed, buckets) = TwoModels();
        double Better(bool counts) => CombinationWeights.Learn(
            new OriginErrors(study, observed, buckets, ["near", "far"], counts), bucketCount: 1, priors: [1, 1], shrinkage: 0.3, leftOut: -1).ByBucket[0][0];

        Better(counts: true).Should().BeGreaterThan(Better(counts: false));
    }

    // Counts around 100 that vary a little more than Poisson counts, ±14; one model is 1 too low, the other 5 too high.
    private static (RollingOriginStudy Study, double[] Observed, HorizonBuckets Buckets) TwoModels()
    {
        double[] observed = [.. Enumerable.Range(0, 21).Select(t => 100.0 + (t % 2 == 0 ? 14 : -14))];
        var plan = new OriginPlan([.. Enumerable.Range(1, 20)], 1);
        double[][] Level(double level) => [.. plan.Origins.Select(_ => new[] { level })];
        return (new RollingOriginStudy(plan, [Level(99), Level(105)]), observed, new HorizonBuckets(7, 1));
    }
}
