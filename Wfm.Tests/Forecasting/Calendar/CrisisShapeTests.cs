using FsCheck;
using Wfm.Forecasting.Calendar;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Calendar;

public sealed class CrisisShapeTests
{
    private static (double[] Usual, double[] Observed) Surge(int hours, double height, double halfLife, double size, int seed)
    {
        var random = new Random(seed);
        var usual = Enumerable.Range(0, hours).Select(t => SyntheticSeries.HourlyRate(t % 168, size)).ToArray();
        return (usual, [.. usual.Select((u, t) => (double)SyntheticSeries.Poisson(random, u * (1 + (height * Math.Pow(0.5, (t + 0.5) / halfLife)))))]);
    }

    [TestCase(12, 36)]
    [TestCase(24, 60)]
    [TestCase(48, 96)]
    [TestCase(96, 168)]
    public void Fit_SyntheticDecay_RecoversItsHalfLife(double halfLife, int hours)
    {
        var (usual, observed) = Surge(hours, 3, halfLife, 200, 5);

        var fit = CrisisShape.Fit(usual, observed, 1);

        fit.HalfLifeHours.Should().BeInRange(0.7 * halfLife, 1.45 * halfLife);
        fit.MeanAt(hours).Should().BeApproximately(1 + (3 * Math.Pow(0.5, hours / halfLife)), 0.25);
    }

    [Test]
    public void Fit_MoreHours_IsSurer()
    {
        var (usual, observed) = Surge(72, 3, 40, 200, 6);

        double Width(int hours)
        {
            var quantiles = CrisisShape.Fit(usual.AsSpan(0, hours), observed.AsSpan(0, hours), 1).QuantilesAt(120, [0.1, 0.9]);
            return quantiles[1] - quantiles[0];
        }

        Width(6).Should().BeGreaterThan(1.3 * Width(24));
        Width(24).Should().BeGreaterThan(1.3 * Width(72));
    }

    [Test]
    public void Fit_NoSurge_StaysNearTheUsual()
    {
        var (usual, observed) = Surge(48, 0, 40, 200, 7);

        CrisisShape.Fit(usual, observed, 1).MeanAt(60).Should().BeInRange(1, 1.05);
    }

    [Test]
    public void Fit_NothingSeen_IsThePrior()
    {
        var fit = CrisisShape.Fit([], [], 1);

        fit.HalfLifeHours.Should().BeInRange(24, 54);
        fit.Families.Values.Sum().Should().BeApproximately(1, 1e-12);
    }

    [Test]
    public void Fit_Plateau_IsNotTakenForAnExponential()
    {
        var usual = Enumerable.Repeat(200.0, 72).ToArray();
        double[] observed = [.. usual.Select((u, t) => Math.Round(u * (1 + (2 * (t < 48 ? 1 : Math.Pow(0.5, (t - 48) / 12.0))))))];

        var families = CrisisShape.Fit(usual, observed, 1).Families;

        families[CrisisFamily.PlateauThenDecay].Should().BeGreaterThan(0.9);
    }

    [Test]
    public void Fit_ClosedAndMissingHours_AreStillTime()
    {
        var (usual, observed) = Surge(72, 3, 24, 200, 8);
        for (var t = 0; t < 72; t++)
        {
            if (t % 24 < 8)
            {
                (usual[t], observed[t]) = (double.NaN, double.NaN);
            }
        }

        observed[30] = double.NaN;

        CrisisShape.Fit(usual, observed, 1).HalfLifeHours.Should().BeInRange(16, 36);
    }

    [Test]
    public void HoursUntil_SyntheticDecay_IsWhenTheExcessIsATenth()
    {
        var (usual, observed) = Surge(72, 3, 24, 300, 9);

        var hours = CrisisShape.Fit(usual, observed, 1).HoursUntil(1.1, [0.1, 0.5, 0.9]);

        hours.Should().BeInAscendingOrder();
        hours[1].Should().BeInRange(90, 170); // 24·log2(30) = 118
    }

    [FsCheck.NUnit.Property(MaxTest = 40)]
    public bool Fit_AnyCounts_GivesMultipliersThatAreFiniteAndInOrder(NonNegativeInt[] counts, PositiveInt size)
    {
        var usual = Enumerable.Repeat((double)size.Get / 10, counts.Length).ToArray();
        var fit = CrisisShape.Fit(usual, [.. counts.Select(c => (double)c.Get)], 0.5);

        return new[] { 0.0, 1, 30, 300, 5000 }.All(hours =>
        {
            var quantiles = fit.QuantilesAt(hours, [0.01, 0.25, 0.5, 0.75, 0.99]);
            return double.IsFinite(fit.MeanAt(hours)) && quantiles.All(q => q >= 1 && double.IsFinite(q)) && quantiles.SequenceEqual(quantiles.Order());
        });
    }

    [Test]
    public void Fit_Twice_IsTheSameToTheBit()
    {
        var (usual, observed) = Surge(30, 2, 30, 50, 4);

        CrisisShape.Fit(usual, observed, 1).QuantilesAt(50, [0.1, 0.9]).Should().Equal(CrisisShape.Fit(usual, observed, 1).QuantilesAt(50, [0.1, 0.9]));
    }

    [Test]
    public void Fit_UnequalLengths_SaysHowMany() => FluentActions.Invoking(() => CrisisShape.Fit([1, 2], [1], 1))
        .Should().Throw<ArgumentException>().WithMessage("*2 usual and 1 observed*");

    [Test]
    public void Fit_NegativeValue_SaysWhich() => FluentActions.Invoking(() => CrisisShape.Fit([1, 2], [1, -3], 1))
        .Should().Throw<ArgumentException>().WithMessage("*Value 1 is -3*");

    [TestCase(0)]
    [TestCase(double.NaN)]
    [TestCase(-1)]
    public void Fit_NoDuration_Throws(double hours) =>
        FluentActions.Invoking(() => CrisisShape.Fit([1], [1], hours)).Should().Throw<ArgumentOutOfRangeException>();

    [Test]
    public void HoursUntil_TheUsualItself_Throws() =>
        FluentActions.Invoking(() => CrisisShape.Fit([], [], 1).HoursUntil(1, [0.5])).Should().Throw<ArgumentOutOfRangeException>();
}
