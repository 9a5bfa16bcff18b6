namespace Wfm.Forecasting.Models;

/// <summary>A model of the default combination.</summary>
/// <param name="Model">The model.</param>
/// <param name="Prior">Its weight before any back-test, relative to the others.</param>
public sealed record CatalogEntry(IForecastModel Model, double Prior);

/// <summary>The models the engine combines. A new model is one new file and one line here.</summary>
public static class ModelCatalog
{
    /// <summary>The default combination.</summary>
    public static IReadOnlyList<CatalogEntry> Default { get; } =
    [
        new(new SeasonalNaive(), 0.5),
        new(new SeasonalWindowAverage(4), 1),
        new(new SeasonalWindowAverage(6, median: true), 1),
        new(new SeasonalNaive(season: 1), 0.5),
        new(new AutoregressiveRidge(dense: false, logarithm: false), 1),
        new(new AutoregressiveRidge(dense: true, logarithm: false), 1),
        new(new AutoregressiveRidge(dense: true, logarithm: true), 1),
        new(new MstlEts(logarithm: false), 1),
        new(new MstlEts(logarithm: true), 1),
        new(new Theta(optimised: true), 1),
    ];

    /// <summary>The model every other is measured against.</summary>
    public static IForecastModel Benchmark { get; } = new SeasonalNaive();
}
