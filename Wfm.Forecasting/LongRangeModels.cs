using Wfm.Forecasting.Models;

namespace Wfm.Forecasting;

/// <summary>Who may take part in a forecast by week: models of a level and its growth, on weeks without their season of the year, which goes by date.</summary>
internal static class LongRangeModels
{
    /// <summary>The models.</summary>
    /// <param name="years">Seasons of the series by date.</param>
    /// <param name="names">Names of those that may take part, with or without <c>-by-date</c>; others of the catalogue serve as they are. Null for all.</param>
    /// <param name="prepared">The history.</param>
    /// <param name="options">What the caller decided.</param>
    public static IReadOnlyList<CatalogEntry> Of(YearsByDate years, IReadOnlyList<string>? names, PreparedHistory prepared, ForecastOptions options) =>
        names is null ? [.. Levels().Select(m => new CatalogEntry(new ByDate(m, years), 1))]
        : [
            .. CandidateModels.Of(prepared, options with { Models = [.. names.Select(Plain)] })
                .Select(e => names.Contains(e.Model.Name) ? e : new CatalogEntry(new ByDate(e.Model, years), 1)),
        ];

    private static IForecastModel[] Levels() =>
    [
        new SeasonalNaive(), new SeasonalWindowAverage(4), new SeasonalWindowAverage(13), new SeasonalWindowAverage(52), new Theta(optimised: true), new Ets(),
        new Arima(), new GrowthTrend(26), new GrowthTrend(52), new GrowthTrend(156),
    ];

    private static string Plain(string name) => name.EndsWith(ByDate.Suffix, StringComparison.Ordinal) ? name[..^ByDate.Suffix.Length] : name;
}
