namespace Wfm.Forecasting.Models;

/// <summary>A model of the default combination.</summary>
/// <param name="Model">The model.</param>
/// <param name="Prior">Its weight before any back-test, relative to the others.</param>
public sealed record CatalogEntry(IForecastModel Model, double Prior);

/// <summary>What is known of a series before any model: some models are worth their time only there.</summary>
[Flags]
public enum SeriesTraits
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A third of the observations or more are zero: methods for intermittent demand.</summary>
    Intermittent = 1,

    /// <summary>Whole numbers, none below zero, with a weekly pattern: count regression.</summary>
    Counts = 2,

    /// <summary>At most one season: ETS and ARIMA, which know no more.</summary>
    OneSeason = 4,

    /// <summary>A day and a week: singular spectrum analysis, whose components are not bound to either.</summary>
    SeveralSeasons = 8,

    /// <summary>A season of more than a few observations, a day of hours or a year of weeks: models with a shape, a decomposition or long lags to learn.
    /// Of days in a week ETS and ARIMA know as much.</summary>
    LongSeason = 16,

    /// <summary>Everything.</summary>
    All = Intermittent | Counts | OneSeason | SeveralSeasons | LongSeason,
}

/// <summary>The models the engine combines. A new model is one new file and one line here.</summary>
public static class ModelCatalog
{
    /// <summary>The default combination.</summary>
    /// <param name="yearLength">Observations in a year, for models with an annual pattern; 0 for none.</param>
    /// <param name="traits">What is known of the series.</param>
    public static IReadOnlyList<CatalogEntry> Default(double yearLength, SeriesTraits traits = SeriesTraits.None) =>
        [
            new(Benchmark, 0.5),
            new(new SeasonalNaive(season: 1), 0.5),
            new(new SeasonalWindowAverage(4), 1),
            new(new SeasonalWindowAverage(6, median: true), 1),
            new(new SlotOfWeekRegression(yearLength), 1),
            .. Where(traits, SeriesTraits.Counts, new CountRegression(yearLength)),
            new(new AutoregressiveRidge(dense: true, logarithm: true), 1),
            .. Where(
                traits, SeriesTraits.LongSeason, new LevelTimesShape(4), new LevelTimesShape(10), new AutoregressiveRidge(dense: false, logarithm: false),
                new AutoregressiveRidge(dense: true, logarithm: false), new DoubleSeasonalHoltWinters(logarithm: false),
                new DoubleSeasonalHoltWinters(logarithm: true), new MstlEts(logarithm: false), new MstlEts(logarithm: true)),
            new(new Theta(optimised: true), 1),
            .. Where(traits, SeriesTraits.SeveralSeasons, new SingularSpectrumAnalysis(logarithm: true)),
            .. Where(traits, SeriesTraits.OneSeason, new Ets(), new Arima()),
            .. Where(traits, SeriesTraits.Intermittent, new Croston(CrostonVariant.Sba), new Croston(CrostonVariant.Tsb)),
        ];

    /// <summary>Every model there is, to be asked for by name.</summary>
    /// <param name="yearLength">Observations in a year; 0 for none.</param>
    public static IReadOnlyList<IForecastModel> All(double yearLength) =>
    [
        .. Default(yearLength, SeriesTraits.All).Select(e => e.Model),
        new Naive(), new Drift(), ExponentialSmoothing.Simple(), ExponentialSmoothing.Holt(), ExponentialSmoothing.DampedHolt(),
        ExponentialSmoothing.HoltWintersAdditive(), ExponentialSmoothing.HoltWintersMultiplicative(), new Theta(optimised: false), new DynamicTheta(),
        new FourTheta(), new ComplexExponentialSmoothing(), new Arima(logarithm: true), new SingularSpectrumAnalysis(logarithm: false),
        new HarmonicRegressionArma(logarithm: false), new HarmonicRegressionArma(logarithm: true),
        new Croston(CrostonVariant.Original), new Adida(), new GrowthTrend(26), new GrowthTrend(52), new GrowthTrend(156),
        new SeasonalWindowAverage(13), new SeasonalWindowAverage(52),
    ];

    /// <summary>The model every other is measured against: the weekly seasonal naive.</summary>
    public static IForecastModel Benchmark { get; } = new SeasonalNaive();

    private static IEnumerable<CatalogEntry> Where(SeriesTraits traits, SeriesTraits needed, params IForecastModel[] models) =>
        traits.HasFlag(needed) ? models.Select(m => new CatalogEntry(m, 1)) : [];
}
