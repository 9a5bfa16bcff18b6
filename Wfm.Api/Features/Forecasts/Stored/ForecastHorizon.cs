using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Forecasts.Stored;

/// <summary>From when on the forecasts of a hub are all there to be judged by. None while none was removed.</summary>
/// <remarks>Of an interval before it the newest forecast may be gone: judged by an older one that happens to be there, it would look worse
/// than it was.</remarks>
public sealed class ForecastHorizon
{
    public Guid HubId { get; init; }
    public Instant JudgedFrom { get; set; }
}

internal static class ForecastHorizonQuery
{
    /// <summary>From when on forecasts of the hub are judged; null when all are.</summary>
    public static Task<Instant?> ForecastsJudgedFrom(this WfmDbContext db, Guid hubId, CancellationToken cancellationToken) =>
        db.ForecastHorizons.Where(h => h.HubId == hubId).Select(h => (Instant?)h.JudgedFrom).SingleOrDefaultAsync(cancellationToken);

    /// <summary>Moves the horizon on, never back.</summary>
    public static async Task JudgeForecastsFrom(this WfmDbContext db, Guid hubId, Instant from, CancellationToken cancellationToken)
    {
        if (await db.ForecastHorizons.SingleOrDefaultAsync(h => h.HubId == hubId, cancellationToken) is not { } horizon)
        {
            db.ForecastHorizons.Add(horizon = new ForecastHorizon { HubId = hubId, JudgedFrom = from });
        }

        horizon.JudgedFrom = Instant.Max(horizon.JudgedFrom, from);
        await db.SaveChangesAsync(cancellationToken);
    }
}
