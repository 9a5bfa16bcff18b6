using Wfm.Forecasting.Uncertainty;

namespace Wfm.Tests.Forecasting.Uncertainty;

public sealed class JointDaysTests
{
    private static readonly PathDependence WholeDays = new(0, 1); // all of an error is the day's

    [TestCase(0.0)]
    [TestCase(0.5)]
    [TestCase(0.9)]
    public void Draw_SeriesThatMovedTogether_MoveTogether(double correlation)
    {
        var (a, b) = (Normals(2000, 1), Normals(2000, 2));
        var mixed = a.Zip(b, (x, y) => (correlation * x) + (Math.Sqrt(1 - (correlation * correlation)) * y)).ToArray();

        var joint = JointDays.Learn([Series(a), Series(mixed)]);

        Correlation(joint).Should().BeApproximately(correlation, 0.06); // 2,000 days and 4,000 paths: three standard errors
    }

    [Test]
    public void Draw_DayFactorIsAPartOfTheDay_CarriesMore()
    {
        var (a, b) = (Normals(2000, 1), Normals(2000, 2));
        double[] mixed = [.. a.Zip(b, (x, y) => (0.5 * x) + (Math.Sqrt(0.75) * y))];
        var half = new PathDependence(0, 1 / 25.0); // with 24 independent intervals beside it half of the day's variance

        var joint = JointDays.Learn([Series(a, half), Series(mixed, half)]);

        Correlation(joint).Should().BeGreaterThan(0.9, "0.5 of the day is all of the half that the factor makes up");
    }

    [Test]
    public void Draw_FewDaysInCommon_AreIndependent()
    {
        var series = Series(Normals(100, 1));
        var other = series with { Errors = new DayErrors([.. series.Errors.Days.Select(day => day + 90)], series.Errors.Errors) };

        var both = JointDays.Learn([other, series]).Draw([5, 6], 3, 10);

        both[1].Should().Equal(JointDays.Learn([series]).Draw([6], 3, 10)[0]);
    }

    [Test]
    public void Draw_WithoutErrorsOrDayFactor_AreIndependent()
    {
        var errors = Normals(100, 1);

        var joint = JointDays.Learn([Series(errors), Series(errors) with { Errors = DayErrors.None }, Series(errors, PathDependence.Independent)]);

        var draws = joint.Draw([1, 2, 3], 0, 5);
        draws.Select((row, i) => row.SequenceEqual(JointDays.Learn([Series(errors)]).Draw([i + 1], 0, 5)[0])).Should().OnlyContain(same => same);
    }

    [Test]
    public void Draw_DaysThatResembleTheDayBefore_AreBelievedLess()
    {
        var (a, b) = (Normals(60, 1), Normals(60, 2));
        double[] mixed = [.. a.Zip(b, (x, y) => (0.6 * x) + (0.8 * y))];
        int[] byRank = [.. Enumerable.Range(0, 60).OrderBy(i => a[i] + mixed[i])]; // the same pairs in an order in which both rise slowly

        var (quick, slow) = (JointDays.Learn([Series(a), Series(mixed)]), JointDays.Learn([Of(a), Of(mixed)]));

        Correlation(slow).Should().BeLessThan(Correlation(quick)).And.BePositive();

        JointSeries Of(double[] errors) => Series([.. byRank.Select(i => errors[i])]);
    }

    [Test] // each pair was seen on days of its own, and no three series move like that
    public void Draw_CorrelationsThatDoNotFitTogether_AreDrawnIn()
    {
        var n = Normals(300, 1);
        var (none, minus) = (n.Select(_ => double.NaN).ToArray(), n.Select(x => -x).ToArray());
        var joint = JointDays.Learn([Seen([n, n, none]), Seen([n, none, n]), Seen([none, n, minus])]);

        joint.Draw([1, 2, 3], 0, 20).Should().OnlyContain(row => row.All(double.IsFinite));
        Correlation(joint).Should().BePositive();
    }

    [Test]
    public void Draw_SameSeeds_AreTheSameToTheBit()
    {
        var joint = JointDays.Learn([Series(Normals(100, 1)), Series(Normals(100, 1))]);

        joint.Draw([1, 2], 7, 30)[1].Should().Equal(joint.Draw([1, 2], 7, 30)[1]);
        joint.Draw([1, 2], 7, 10)[1].Should().Equal(joint.Draw([1, 2], 7, 30)[1][..10], "more days change none before");
    }

    private static double Correlation(JointDays joint)
    {
        var draws = Enumerable.Range(0, 4000).Select(p => joint.Draw([11, 12, 13], p, 1)).ToArray();
        var (x, y) = (draws.Select(d => d[0][0]).ToArray(), draws.Select(d => d[1][0]).ToArray());
        return x.Zip(y, (a, b) => a * b).Sum() / Math.Sqrt(x.Sum(a => a * a) * y.Sum(b => b * b));
    }

    private static JointSeries Series(double[] errors, PathDependence? dependence = null) =>
        new(new DayErrors([.. Enumerable.Range(20_000, errors.Length)], errors), dependence ?? WholeDays, 24);

    /// <summary>Stretches of errors one after another; NaN where the series was not there.</summary>
    private static JointSeries Seen(double[][] stretches)
    {
        var known = stretches.SelectMany(s => s).Index().Where(e => !double.IsNaN(e.Item)).ToArray();
        return new JointSeries(new DayErrors([.. known.Select(e => e.Index)], [.. known.Select(e => e.Item)]), WholeDays, 24);
    }

    private static double[] Normals(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
    }
}
