using FsCheck.Fluent;
using NodaTime;
using Wfm.Forecasting.Hierarchy;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Hierarchy;

public sealed class TemporalHierarchyTests
{
    /// <summary>Twelve quarters of three days of four, days in one week.</summary>
    private static TemporalLevel[] Levels(int seed)
    {
        var random = new Random(seed);
        double[] Some(int count, double size) => [.. Enumerable.Range(0, count).Select(_ => size * (0.5 + random.NextDouble()))];
        return
        [
            new TemporalLevel(Some(12, 10), Some(12, 9), [.. Enumerable.Range(0, 12).Select(i => i / 4)]),
            new TemporalLevel(Some(3, 40), Some(3, 25), [0, 0, 0]),
            new TemporalLevel(Some(1, 120), Some(1, 100), []),
        ];
    }

    [FsCheck.NUnit.Property(MaxTest = 50)]
    public FsCheck.Property Reconcile_Tree_IsMinimumTraceWithADiagonalCovariance() =>
        Prop.ForAll(
            Gen.Choose(0, 100_000).ToArbitrary(),
            seed =>
            {
                var levels = Levels(seed);
                var structure = SummingStructure.Grouped(
                    [.. Enumerable.Range(0, 12).Select(i => $"{i}")],
                    HierarchyLevel.Total(12),
                    new HierarchyLevel("day", [.. Enumerable.Range(0, 12).Select(i => $"{i / 4}")]));
                var trace = new MinimumTrace(structure, ErrorCovariance.Diagonal([.. levels[2].Variance, .. levels[1].Variance, .. levels[0].Variance]));
                var expected = trace.Reconcile([.. levels[2].Mean, .. levels[1].Mean, .. levels[0].Mean], nonNegative: false);

                var tree = TemporalHierarchy.Reconcile(levels);

                return expected.Any(v => v < 0) || tree[2].Concat(tree[1]).Concat(tree[0]).Zip(expected).All(pair => Math.Abs(pair.First - pair.Second) < 1e-8);
            });

    [FsCheck.NUnit.Property(MaxTest = 50)]
    public FsCheck.Property Reconcile_AnyForecasts_AddUpExactly() =>
        Prop.ForAll(
            Gen.Choose(0, 100_000).ToArbitrary(),
            seed =>
            {
                var result = TemporalHierarchy.Reconcile(Levels(seed));
                return Enumerable.Range(0, 3).All(d => result[1][d] == result[0][(4 * d)..((4 * d) + 4)].Sum())
                    && Math.Abs(result[2][0] - result[0].Sum()) <= 1e-12 * result[2][0];
            });

    [Test]
    public void Reconcile_VarianceInProportionToTheMean_IsOneFactor()
    {
        var result = TemporalHierarchy.Reconcile([new TemporalLevel([0, 10, 30, 0], [0, 5, 15, 0], [0, 0, 0, 0]), new TemporalLevel([60], [20], [])]);

        result[1][0].Should().BeApproximately(50, 1e-12, "both say the same about their doubt, so they meet half-way");
        result[0].Should().Equal(0, 12.5, 37.5, 0);
    }

    [Test]
    public void Reconcile_PartsWouldTurnNegative_GoesByProportions()
    {
        var result = TemporalHierarchy.Reconcile([new TemporalLevel([1, 99], [100, 1], [0, 0]), new TemporalLevel([50], [0.001], [])]);

        result[0][0].Should().BeApproximately(0.5, 0.01);
        result[0].Should().OnlyContain(v => v >= 0);
    }

    [Test]
    public void Reconcile_PeriodOnlyPartlyCovered_KeepsItsForecast()
    {
        var result = TemporalHierarchy.Reconcile([new TemporalLevel([7, 3, 3], [1, 1, 1], [-1, 1, 1]), new TemporalLevel([40, 6], [1, 1], [])]);

        (result[0][0], result[1][0], result[1][1]).Should().Be((7, 40, 6));
    }

    [Test]
    public void Reconcile_LevelWithoutForecast_IsTheSum() =>
        TemporalHierarchy.Reconcile([new TemporalLevel([2, 3], [1, 1], [0, 0]), new TemporalLevel([0], [double.PositiveInfinity], [])])[1].Should().Equal(5);

    [TestCase("Europe/London", "2024-03-31T00:00", 23)]
    [TestCase("Europe/London", "2024-10-27T00:00", 25)]
    [TestCase("Etc/UTC", "2024-10-27T00:00", 24)]
    public void PartsOf_DayOfClockChange_HasItsHours(string zone, string day, int hours)
    {
        var grid = SyntheticSeries.Hourly(zone);
        var start = NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(day).Value.InZoneStrictly(grid.Zone).ToInstant();

        var parts = new TemporalPeriods(start - Duration.FromHours(3), grid, 40).PartsOf(new TemporalPeriods(start, SyntheticSeries.Daily(zone), 2));

        parts[..3].Should().OnlyContain(p => p == -1);
        parts.Count(p => p == 0).Should().Be(hours);
        parts.Count(p => p == 1).Should().Be(0, "the second day is not wholly covered");
    }

    [Test]
    public void Reconcile_WrongArguments_SayWhat()
    {
        FluentActions.Invoking(() => TemporalHierarchy.Reconcile([])).Should().Throw<ArgumentException>().WithMessage("*at least one level*");
        FluentActions.Invoking(() => TemporalHierarchy.Reconcile([new TemporalLevel([1], [1, 1], [0])])).Should().Throw<ArgumentException>()
            .WithMessage("*1 means, 2 variances*");
        FluentActions.Invoking(() => TemporalHierarchy.Reconcile([new TemporalLevel([1], [1], [3]), new TemporalLevel([1], [1], [])])).Should()
            .Throw<ArgumentException>().WithMessage("*Period 0*parent below 1*");
        FluentActions.Invoking(() => TemporalHierarchy.Reconcile([new TemporalLevel([double.NaN], [1], [])])).Should().Throw<ArgumentException>()
            .WithMessage("*NaN*");
    }
}
