using Wfm.Forecasting.Calendar;

namespace Wfm.Tests.Forecasting.Calendar;

public sealed class CrisisPathsTests
{
    private static readonly double[] Mean = [10, 20, 0, 40];

    private static double[][] Usual(int paths) => [.. Enumerable.Range(0, paths).Select(_ => Mean.ToArray())];

    [Test]
    public void Over_OneCourse_BringsWhatItSaysOnAverage()
    {
        var paths = CrisisPaths.Over(Usual(4_000), Mean, [[3, 3, 3, 1]], seed: 1);

        // Excess 20, 40, 0 and 0; the standard error of a mean of 4,000 Poisson counts of 40 is √(40 ÷ 4000) = 0.1.
        Enumerable.Range(0, 4).Select(i => paths.Average(p => p[i])).Should().SatisfyRespectively(
            a => a.Should().BeApproximately(30, 0.3), b => b.Should().BeApproximately(60, 0.4), c => c.Should().Be(0), d => d.Should().Be(40));
        Variance(paths, 0).Should().BeApproximately(20, 1.5, "that of a Poisson count");
        Variance(paths, 1).Should().BeApproximately(40, 3);
    }

    [Test]
    public void Over_PathThatBringsTwiceTheUsual_HasTwiceTheExcess()
    {
        double[][] usual = [.. Enumerable.Range(0, 2_000).Select(i => Mean.Select(m => i % 2 == 0 ? 2 * m : 0).ToArray())];

        var paths = CrisisPaths.Over(usual, Mean, [[1, 1, 1, 2]], seed: 2);

        paths.Where((_, i) => i % 2 == 0).Average(p => p[3]).Should().BeApproximately(160, 1.5, "80 usual ones, and 80 beyond");
        paths.Where((_, i) => i % 2 == 1).Should().OnlyContain(p => p.Sum() == 0, "nothing comes that could be multiplied");
    }

    [Test]
    public void Place_FirstPaths_SeeSmallAndLargeCoursesAlike()
    {
        // Van der Corput: 1/2, 1/4, 3/4, 1/8, 5/8, 3/8, 7/8, 1/16 of 256.
        Enumerable.Range(0, 8).Select(p => CrisisPaths.Place(p, 256)).Should().Equal(128, 64, 192, 32, 160, 96, 224, 16);
        Enumerable.Range(0, 5_000).Select(p => CrisisPaths.Place(p, 7)).Should().OnlyContain(p => p >= 0 && p < 7);
    }

    [Test]
    public void Over_SameSeed_IsTheSame()
    {
        double[][] courses = [[1, 1, 1, 1], [2, 4, 2, 1]];

        CrisisPaths.Over(Usual(20), Mean, courses, 7).Should().BeEquivalentTo(CrisisPaths.Over(Usual(20), Mean, courses, 7), o => o.WithStrictOrdering());
        CrisisPaths.Over(Usual(20), Mean, courses, 8).Should().NotBeEquivalentTo(CrisisPaths.Over(Usual(20), Mean, courses, 7), o => o.WithStrictOrdering());
    }

    [Test]
    public void Over_LengthsThatDiffer_SaysWhich()
    {
        FluentActions.Invoking(() => CrisisPaths.Over(Usual(2), Mean, [[1, 1]], 1)).Should().Throw<ArgumentException>()
            .WithMessage("A course has 2 intervals, 4 are expected.*");
        FluentActions.Invoking(() => CrisisPaths.Over([[1]], Mean, [[1, 1, 1, 1]], 1)).Should().Throw<ArgumentException>()
            .WithMessage("A path has 1 intervals, 4 are expected.*");
        FluentActions.Invoking(() => CrisisPaths.Over(Usual(2), Mean, [], 1)).Should().Throw<ArgumentException>().WithMessage("*at least one course*");
    }

    [Test]
    public void Courses_OfAFit_AreOrderedAndAverageToItsMean()
    {
        var fit = CrisisShape.Fit([100, 100, 100], [300, 280, 290], 1);
        double[] hours = [4, 10, 24];

        var courses = fit.Courses(hours);

        courses.Select(c => c.Sum()).Should().BeInAscendingOrder();
        for (var k = 0; k < hours.Length; k++) courses.Average(c => c[k]).Should().BeApproximately(fit.MeanAt(hours[k]), 1e-9);
    }

    private static double Variance(double[][] paths, int interval)
    {
        var mean = paths.Average(p => p[interval]);
        return paths.Average(p => (p[interval] - mean) * (p[interval] - mean));
    }
}
