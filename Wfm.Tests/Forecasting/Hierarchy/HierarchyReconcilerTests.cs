using FsCheck.Fluent;
using Wfm.Forecasting.Hierarchy;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Hierarchy;

public sealed class HierarchyReconcilerTests
{
    private const int Steps = 14;
    private static readonly double[] Rates = [40, 25, 60, 10, 1.5, 0.4];

    private static readonly SummingStructure Structure = SummingStructure.Grouped(
        ["a/1", "a/2", "b/1", "b/2", "a/3", "b/3"], HierarchyLevel.Total(6), new HierarchyLevel("hub", ["a", "a", "b", "b", "a", "b"]));

    /// <summary>Poisson counts, and base forecasts that are off by a tenth or so each on its own.</summary>
    private static HierarchyOrigin Origin(int seed)
    {
        var random = new Random(seed);
        double[][] actual = Transposed([
            .. Enumerable.Range(0, Steps).Select(_ => Structure.Sum([.. Rates.Select(r => (double)SyntheticSeries.Poisson(random, r))])),
        ]);
        var truth = Structure.Sum(Rates);
        double[][] forecast =
        [
            .. truth.Select(rate => 1 + (0.3 * (random.NextDouble() - 0.5))).Zip(truth, (factor, rate) => Enumerable.Repeat(rate * factor, Steps).ToArray()),
        ];
        return new HierarchyOrigin(forecast, actual);
    }

    private static double[][] Transposed(double[][] rows) => [.. rows[0].Select((_, i) => rows.Select(r => r[i]).ToArray())];

    [Test]
    public void Reconcile_BackTest_HelpsWithoutHarmToAnyLevel()
    {
        HierarchyOrigin[] backtest = [.. Enumerable.Range(0, 12).Select(Origin)];

        var result = HierarchyReconciler.Reconcile(Structure, Origin(99).Forecast, backtest);

        result.Weights.Values.Sum().Should().BeApproximately(1, 1e-12);
        result.Levels.Select(l => l.Level).Should().Equal("total", "hub", "bottom");
        result.Levels.Should().OnlyContain(l => l.RelativeError < 1.005);
        result.Levels.Average(l => l.RelativeError).Should().BeLessThan(0.99);
        for (var h = 0; h < Steps; h++)
        {
            Structure.Sum([.. result.Forecast[Structure.AggregateCount..].Select(row => row[h])]).Should().Equal(result.Forecast.Select(row => row[h]));
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 30)]
    public FsCheck.Property With_AnyMethodAndHierarchy_AddsUpAndIsNotNegative() => Prop.ForAll(RandomHierarchy.Any, h =>
    {
        double[][] rows = [.. h.Forecasts.Select((f, i) => new[] { f, f * Math.Sin(i) })];
        return Enum.GetValues<ReconciliationMethod>().All(method =>
        {
            var nodes = HierarchyReconciler.With(method, h.Structure, rows, h.Errors);
            return Enumerable.Range(0, 2).All(s => h.Gap([.. nodes.Select(row => row[s])]) < 1e-12) && nodes.All(row => row.All(v => v >= 0));
        });
    });

    [TestCase(ReconciliationMethod.Variance)]
    [TestCase(ReconciliationMethod.Shrunk)]
    public void With_ThinSeries_AreAdjustedInProportionToTheirSize(ReconciliationMethod method)
    {
        var hub = SummingStructure.Grouped(["big", "thin", "thinner"], HierarchyLevel.Total(3));
        var random = new Random(3);
        double[][] errors =
        [
            .. Enumerable.Range(0, 40).Select(_ => new[] { random.NextDouble() - 0.5, random.NextDouble(), 30 * random.NextDouble(), random.NextDouble() }),
        ];

        var nodes = HierarchyReconciler.With(method, hub, [[80], [60], [2], [0.5]], errors);

        var (thin, thinner) = (nodes[2][0] - 2, nodes[3][0] - 0.5);
        thin.Should().BeGreaterThan(0);
        thin.Should().BeApproximately(4 * thinner, 1e-9, "the thin series share in proportion to their means, whatever their few errors say");
    }

    [Test]
    public void With_ThinSeriesThatNeverErred_StillTakesItsShare()
    {
        var hub = SummingStructure.Grouped(["big", "thin"], HierarchyLevel.Total(2));
        double[][] errors = [.. Enumerable.Range(0, 10).Select(t => new[] { Math.Sin(t) * 10, Math.Cos(t) * 10, 0.0 })];

        var nodes = HierarchyReconciler.With(ReconciliationMethod.Shrunk, hub, [[120], [98], [2]], errors);

        nodes[2][0].Should().BeGreaterThan(2.01, "no error in ten days is no proof of certainty");
    }

    [Test]
    public void Reconcile_WithoutBackTest_IsStructural()
    {
        var forecast = Origin(1).Forecast;

        var result = HierarchyReconciler.Reconcile(Structure, forecast, []);

        result.Weights.Keys.Should().Equal(ReconciliationMethod.Structural);
        result.Levels.Should().BeEmpty();
        result.Forecast.Select(r => r[0]).Should()
            .Equal(new MinimumTrace(Structure, ErrorCovariance.Structural(Structure)).Reconcile([.. forecast.Select(r => r[0])]));
    }

    [Test]
    public void Reconcile_SameInput_IsTheSameToTheBit()
    {
        HierarchyOrigin[] backtest = [.. Enumerable.Range(0, 6).Select(Origin)];

        var first = HierarchyReconciler.Reconcile(Structure, Origin(7).Forecast, backtest);

        HierarchyReconciler.Reconcile(Structure, Origin(7).Forecast, backtest).Forecast.Should().BeEquivalentTo(first.Forecast, o => o.WithStrictOrdering());
    }

    [Test]
    public void Reconcile_MissingActuals_AreLeftOut()
    {
        HierarchyOrigin[] backtest = [.. Enumerable.Range(0, 6).Select(Origin)];
        Array.ForEach(backtest[5].Actual, row => row.AsSpan(5).Fill(double.NaN));

        HierarchyReconciler.Reconcile(Structure, Origin(7).Forecast, backtest).Forecast.Should().OnlyContain(row => row.All(double.IsFinite));
    }

    [Test]
    public void Reconcile_WrongArguments_SayWhat()
    {
        var good = Origin(1);
        double[][] withNaN = [.. good.Forecast.Select((row, i) => i == 1 ? [.. row[..^1], double.NaN] : row)];
        FluentActions.Invoking(() => HierarchyReconciler.Reconcile(Structure, good.Forecast[..^1], [])).Should().Throw<ArgumentException>()
            .WithMessage("*8 rows*9 nodes*");
        FluentActions.Invoking(() => HierarchyReconciler.Reconcile(Structure, withNaN, [])).Should().Throw<ArgumentException>().WithMessage("*not a finite*");
        FluentActions.Invoking(() => HierarchyReconciler.Reconcile(Structure, good.Forecast, [good with { Actual = [.. good.Actual.Select(r => r[..3])] }]))
            .Should().Throw<ArgumentException>().WithMessage("*3 steps*");
        FluentActions.Invoking(() => HierarchyReconciler.With(ReconciliationMethod.Shrunk, Structure, good.Forecast, [new double[9], new double[8]]))
            .Should().Throw<ArgumentException>().WithMessage("*8 values*9 nodes*");
        FluentActions.Invoking(() => HierarchyReconciler.Reconcile(Structure, [.. good.Forecast.Select(_ => Array.Empty<double>())], [])).Should()
            .Throw<ArgumentException>().WithMessage("*0 steps*");
    }
}
