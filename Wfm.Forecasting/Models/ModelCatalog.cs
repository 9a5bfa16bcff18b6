namespace Wfm.Forecasting.Models;

/// <summary>A model of the default combination.</summary>
/// <param name="Model">The model.</param>
/// <param name="Prior">Its weight before any back-test, relative to the others.</param>
public sealed record CatalogEntry(IForecastModel Model, double Prior);

/// <summary>The models the engine combines. A new model is one new file and one line here.</summary>
public static class ModelCatalog
{
    /// <summary>The default combination.</summary>
    /// <param name="yearLength">Observations in a year, for models with an annual pattern; 0 for none.</param>
    /// <param name="intermittent">Whether many observations are zero, so that methods for intermittent demand are worth their time.</param>
    public static IReadOnlyList<CatalogEntry> Default(double yearLength, bool intermittent = false) =>
    [
        new(Benchmark, 0.5),
        new(new SeasonalNaive(season: 1), 0.5),
        new(new SeasonalWindowAverage(4), 1),
        new(new SeasonalWindowAverage(6, median: true), 1),
        new(new SlotOfWeekRegression(yearLength), 1),
        new(new CountRegression(yearLength), 1),
        new(new LevelTimesShape(4), 1),
        new(new LevelTimesShape(10), 1),
        new(new AutoregressiveRidge(dense: false, logarithm: false), 1),
        new(new AutoregressiveRidge(dense: true, logarithm: false), 1),
        new(new AutoregressiveRidge(dense: true, logarithm: true), 1),
        new(new DoubleSeasonalHoltWinters(logarithm: false), 1),
        new(new DoubleSeasonalHoltWinters(logarithm: true), 1),
        new(new MstlEts(logarithm: false), 1),
        new(new MstlEts(logarithm: true), 1),
        new(new Theta(optimised: true), 1),
        .. intermittent ? new CatalogEntry[] { new(new Croston(CrostonVariant.Sba), 1), new(new Croston(CrostonVariant.Tsb), 1) } : [],
    ];

    /// <summary>Every model there is, to be asked for by name.</summary>
    /// <param name="yearLength">Observations in a year; 0 for none.</param>
    public static IReadOnlyList<IForecastModel> All(double yearLength) =>
    [
        .. Default(yearLength, intermittent: true).Select(e => e.Model),
        new Naive(), new Drift(), new Ets(), ExponentialSmoothing.Simple(), ExponentialSmoothing.Holt(), ExponentialSmoothing.DampedHolt(),
        ExponentialSmoothing.HoltWintersAdditive(), ExponentialSmoothing.HoltWintersMultiplicative(), new Theta(optimised: false), new DynamicTheta(),
        new FourTheta(), new ComplexExponentialSmoothing(), new Arima(), new Arima(logarithm: true), new SingularSpectrumAnalysis(logarithm: false),
        new SingularSpectrumAnalysis(logarithm: true), new HarmonicRegressionArma(logarithm: false), new HarmonicRegressionArma(logarithm: true),
        new Croston(CrostonVariant.Original), new Adida(),
    ];

    /// <summary>The model every other is measured against: the weekly seasonal naive.</summary>
    public static IForecastModel Benchmark { get; } = new SeasonalNaive();
}
