using Wfm.Forecasting.Models;
using Wfm.Forecasting.Pooled;

namespace Wfm.Forecasting;

/// <summary>Chooses who may take part in a combination.</summary>
internal static class CandidateModels
{
    /// <summary>The models that can take part in the forecast of a history.</summary>
    /// <exception cref="ArgumentException">A model was named that there is not.</exception>
    public static IReadOnlyList<CatalogEntry> Of(PreparedHistory prepared, ForecastOptions options)
    {
        var shared = LocalForecasts.Models.ToDictionary(m => m.Name, m => new SharedFits(m));
        var serving = options.PooledModels.Where(m => m.Serves(prepared)).Select(m => (Model: m.For(prepared.Frame, shared), m.Prior));
        CatalogEntry[] pooled = [.. serving.Where(m => m.Model is not null).Select(m => new CatalogEntry(m.Model!, m.Prior))];
        CatalogEntry[] entries =
        [
            .. ModelCatalog.Default(prepared.Frame.SlotsPerYear, Traits(prepared))
                .Where(e => pooled.Length == 0 || e.Model is not MstlEts) // the costliest, and no better where many series teach each other
                .Select(e => shared.TryGetValue(e.Model.Name, out var once) ? e with { Model = once } : e),
            .. pooled,
        ];
        if (options.Models is not { } names)
        {
            return entries;
        }

        IForecastModel[] all = [.. ModelCatalog.All(prepared.Frame.SlotsPerYear), .. pooled.Select(e => e.Model)];
        var defaults = entries.ToDictionary(e => e.Model.Name);
        var unknown = names.FirstOrDefault(name => !all.Any(m => m.Name == name));
        return unknown is null ? [.. all.Where(m => names.Contains(m.Name)).Select(m => defaults.GetValueOrDefault(m.Name) ?? new CatalogEntry(m, 1))]
            : throw new ArgumentException($"There is no model '{unknown}'. There are {string.Join(", ", all.Select(m => m.Name))}.", nameof(options));
    }

    private static SeriesTraits Traits(PreparedHistory prepared) =>
        (3 * prepared.Complete.Count(value => value == 0) >= prepared.Complete.Length ? SeriesTraits.Intermittent : SeriesTraits.None)
        | (prepared.Counts && prepared.Frame.DaysPerSlot <= 1 ? SeriesTraits.Counts : SeriesTraits.None)
        | (prepared.Frame.SeasonLengths.Length <= 1 ? SeriesTraits.OneSeason : SeriesTraits.SeveralSeasons)
        | (prepared.Frame.DaysPerSlot > 1 || prepared.Frame.SlotsPerDay >= 1.5 ? SeriesTraits.LongSeason : SeriesTraits.None);
}
