using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Forecasts.Runs;

/// <summary>Copies forecasts of series from one forecast into another inside the store.</summary>
public sealed class SeriesCopies(WfmDbContext db, Store store)
{
    private const int CopiedAtOnce = 500;

    /// <summary>As EF Core writes identities there.</summary>
    private const string SqliteGuid =
        "hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(6))";

    /// <param name="asUnchanged">True where the other forecast is of the same time, so that a later one may take the copy over again.</param>
    public async Task Copy(Guid from, Guid to, IEnumerable<int> seriesIds, bool asUnchanged, CancellationToken cancellationToken)
    {
        foreach (var part in seriesIds.Order().Chunk(CopiedAtOnce))
        {
            await db.Database.ExecuteSqlRawAsync(CopyOf(part, asUnchanged), [to, from], cancellationToken);
        }
    }

    /// <summary>{0} the new forecast, {1} the old.</summary>
    private string CopyOf(int[] seriesIds, bool asUnchanged)
    {
        var entity = db.Model.FindEntityType(typeof(SeriesForecastRow))!;
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!);
        var columns = entity.GetProperties().Select(p => (p.Name, Column: p.GetColumnName(table)!)).ToList();
        var values = columns.Select(c => c.Name switch
        {
            nameof(SeriesForecastRow.Id) => store.Kind == StoreKind.Postgres ? "gen_random_uuid()" : SqliteGuid,
            nameof(SeriesForecastRow.ForecastRunId) => "{0}",
            nameof(SeriesForecastRow.Revision) when !asUnchanged => SeriesForecastRow.OfAnotherTime.ToString(CultureInfo.InvariantCulture),
            _ => c.Column,
        });
        var ids = string.Join(',', seriesIds.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        return $"INSERT INTO {table.Name} ({string.Join(", ", columns.Select(c => c.Column))}) SELECT {string.Join(", ", values)} FROM {table.Name} "
            + $"WHERE forecast_run_id = {{1}} AND series_id IN ({ids})";
    }
}
