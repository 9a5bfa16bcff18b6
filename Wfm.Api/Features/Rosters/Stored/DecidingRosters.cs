using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>Which published roster decides about a day.</summary>
internal sealed class DecidingRosters(WfmDbContext db, ShiftsInForce inForce)
{
    /// <summary>The roster that decides about a person's day at a hub; null for none.</summary>
    public async Task<Guid?> Of(Guid hub, Guid agent, LocalDate date, CancellationToken cancellationToken) =>
        new InForce(await inForce.Layers([agent], date, date.PlusDays(1), drafts: false, cancellationToken)).Of(hub, agent, date)?.RosterId;

    /// <summary>The same, else the last published roster of the hub over the day, which a person joins with a first shift.</summary>
    public async Task<Guid?> ToJoin(Guid hub, Guid agent, LocalDate date, CancellationToken cancellationToken) =>
        await Of(hub, agent, date, cancellationToken) ?? await Last(hub, date, cancellationToken);

    /// <summary>The last published roster of a hub over a day; null for none.</summary>
    public async Task<Guid?> Last(Guid hub, LocalDate date, CancellationToken cancellationToken)
    {
        var earliest = date.PlusDays(1 - Roster.MaximumDays);
        var over = await db.Rosters.AsNoTracking()
            .Where(r => r.HubId == hub && r.State == PublicationState.Published && r.Start >= earliest && r.Start <= date)
            .Select(r => new { r.Id, r.Start, r.Days, r.Publication }).ToListAsync(cancellationToken);
        return over.Where(r => r.Start.PlusDays(r.Days) > date).MaxBy(r => r.Publication)?.Id;
    }
}
