using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Wfm.Forecasting;
using Wfm.Forecasting.Models;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Models;

/// <summary>What every model of the catalogue owes its callers.</summary>
public sealed class ModelContractTests
{
    private static readonly int[] Seasons = [24, 168];

    private static IEnumerable<IForecastModel> Models() =>
    [
        .. ModelCatalog.All(8766), new ComplexExponentialSmoothing(CesSeason.None), new ComplexExponentialSmoothing(CesSeason.Simple),
        new ComplexExponentialSmoothing(CesSeason.Partial), new ComplexExponentialSmoothing(CesSeason.Full), new Arima(new ArimaOrder(1, 0, 1, 0, 1, 1)),
    ];


    private static IEnumerable<double[]> AwkwardHistories()
    {
        var random = new Random(1);
        yield return new double[500];
        yield return [.. Enumerable.Repeat(7.0, 500)];
        yield return [.. Enumerable.Range(0, 500).Select(t => t % 97 == 0 ? 1.0 : 0.0)];
        yield return [.. Enumerable.Range(0, 500).Select(t => 1e9 * (1 + (0.1 * Math.Sin(t))))];
        yield return [.. Enumerable.Range(0, 500).Select(t => (t * 1e-9) + 1e-9)];
        yield return [.. Enumerable.Range(0, 500).Select(_ => random.NextDouble() < 0.01 ? 1e8 : random.NextDouble())];
        yield return [.. Enumerable.Range(0, 500).Select(_ => (random.NextDouble() - 0.5) * 100)];
        yield return [.. Enumerable.Range(0, 500).Select(t => Math.Exp(t / 20.0))];
        yield return [.. Enumerable.Range(0, 500).Select(t => t < 490 ? 0.0 : 1000.0)];
    }

    [Test]
    public void Names_OfTheCatalogue_AreUnique() =>
        ModelCatalog.Default(0).Select(e => e.Model.Name).Should().OnlyHaveUniqueItems().And.Contain(ModelCatalog.Benchmark.Name);

    [TestCaseSource(nameof(Models))]
    public void Forecast_AwkwardHistory_IsFinite(IForecastModel model)
    {
        foreach (var y in AwkwardHistories())
        {
            var fitted = model.Fit(y.AsSpan(0, 450), Seasons);
            fitted.Forecast(400).Should().OnlyContain(v => double.IsFinite(v), model.Name);
            model.Resume(fitted.Parameters, y, Seasons).Forecast(400).Should().OnlyContain(v => double.IsFinite(v), model.Name);
        }
    }

    [TestCaseSource(nameof(Models))]
    public void Forecast_ScaledHistory_Scales(IForecastModel model)
    {
        var y = SyntheticSeries.HourlyCounts(5, 50, 3).Select(v => v + 10).ToArray();

        var one = model.Fit(y, Seasons).Forecast(100);
        var eighth = model.Fit([.. y.Select(v => v / 8)], Seasons).Forecast(100); // a power of two, so that rounding is the same

        one.Zip(eighth, (a, b) => Math.Abs(a - (8 * b)) / (1 + Math.Abs(a))).Max().Should().BeLessThan(1e-5, model.Name);
    }

    [TestCaseSource(nameof(Models))]
    public void Forecast_SameHistory_IsTheSameToTheBit(IForecastModel model)
    {
        var y = SyntheticSeries.HourlyCounts(4, 20, 9);

        model.Fit(y, Seasons).Forecast(60).Should().Equal(model.Fit(y, Seasons).Forecast(60));
    }

    [TestCaseSource(nameof(Models))]
    public void Resume_StoredParameters_ForecastsAsTheFit(IForecastModel model)
    {
        var y = SyntheticSeries.HourlyCounts(4, 20, 9);
        var fitted = model.Fit(y, Seasons);
        var stored = JsonSerializer.Deserialize<double[]>(JsonSerializer.Serialize(fitted.Parameters))!;

        model.Resume(stored, y, Seasons).Forecast(60).Should().Equal(fitted.Forecast(60));
    }

    [TestCaseSource(nameof(Models))]
    public void Fit_ShortestHistory_Works(IForecastModel model)
    {
        foreach (var seasons in new int[][] { [], [7], [24, 168] })
        {
            var y = SyntheticSeries.HourlyCounts(3, 20, 9)[..model.MinimumLength(seasons)];
            model.Fit(y, seasons).Forecast(30).Should().OnlyContain(v => double.IsFinite(v));
        }
    }

    [TestCaseSource(nameof(Models))]
    public void Fit_NotFinite_SaysWhere(IForecastModel model)
    {
        var y = SyntheticSeries.HourlyCounts(4, 20, 9);
        y[17] = double.NaN;

        FluentActions.Invoking(() => model.Fit(y, Seasons)).Should().Throw<ForecastDataException>().WithMessage("*index 17*");
    }

    [TestCaseSource(nameof(Models))]
    public void Fit_TooShort_SaysHowMuchIsNeeded(IForecastModel model)
    {
        var needed = model.MinimumLength(Seasons);

        FluentActions.Invoking(() => model.Fit(new double[needed - 1], Seasons))
            .Should().Throw<ForecastDataException>().WithMessage($"*at least {needed} observations*has {needed - 1}*");
    }

    [FsCheck.NUnit.Property(MaxTest = 30)]
    public Property Forecast_AnyFiniteHistory_IsFinite() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(f => Math.Clamp(f.Get, -1e12, 1e12)).ArrayOf(80).ToArbitrary(),
        y => Models().All(m => m.MinimumLength([7]) > 80 || m.Fit(y, [7]).Forecast(20).All(double.IsFinite)));
}
