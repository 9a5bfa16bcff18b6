using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Today.Feeds;
using Wfm.Api.Features.Today.States;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Today.Inputs;

/// <summary>Tells whether anything has changed that the day of a hub hangs on.</summary>
internal sealed class TodayStamps(WfmDbContext db, IActualStates states)
{
    /// <param name="at">The moment of the day.</param>
    /// <param name="interval">Start of the interval that holds it.</param>
    public async Task<TodayStamp> Of(Hub hub, LocalDate date, Instant at, Instant interval, CancellationToken cancellationToken)
    {
        var since = hub.Days.StartOfDay(date.PlusDays(-1)); // so that what comes late for yesterday's end is seen too
        var (people, agents) = (db.RosterPeople, db.Agents.Where(a => a.HubId == hub.Id));
        var queues = await db.Queues.Stamp(cancellationToken);
        var own = await agents.Stamp(cancellationToken);
        var forecast = await db.Forecasts.Where(f => f.HubId == hub.Id && f.State == PublicationState.Published).OrderByDescending(f => f.Id)
            .Select(f => (Guid?)f.Id).FirstOrDefaultAsync(cancellationToken);
        var layers = await db.ForecastAdjustments.Where(a => a.ForecastRunId == forecast).OrderByDescending(a => a.Id).Select(a => (Guid?)a.Id)
            .ToListAsync(cancellationToken);
        var volumes = await db.Series.Where(s => s.HubId == hub.Id).GroupBy(_ => 1).Select(g => new { Count = g.Count(), Revisions = g.Sum(s => s.Revision) })
            .FirstOrDefaultAsync(cancellationToken);
        var backlog = await db.BacklogCounts.Where(c => c.HubId == hub.Id && c.At >= since && c.At <= at).Stamp(cancellationToken);
        var served = await db.ServedIntervals.Where(s => s.HubId == hub.Id && s.Start >= since && s.End <= at).Stamp(cancellationToken);
        var (first, dayBefore) = (date.PlusDays(-Roster.MaximumDays), date.PlusDays(-1));
        var rosters = await db.Rosters.AsNoTracking()
            .Where(r => r.HubId == hub.Id && r.State == PublicationState.Published && r.Start >= first && r.Start <= date).OrderBy(r => r.Id)
            .Select(r => new { r.Id, r.Version, r.Publication }).ToListAsync(cancellationToken);
        var worked = await db.WorkedShifts.Where(w => w.HubId == hub.Id && w.Date >= dayBefore && w.Date <= date).Stamp(cancellationToken);
        var ids = rosters.ConvertAll(r => r.Id);
        var leave = await db.TimeOff
            .Where(t => t.End >= since
                && (agents.Any(a => a.Id == t.AgentId) || people.Any(p => p.AgentId == t.AgentId && ids.Contains(p.RosterId))))
            .Stamp(cancellationToken);
        return new TodayStamp(
            $"{hub.Version}|{queues}|{own}", $"{forecast}|{layers.Count}|{layers.FirstOrDefault()}", $"{volumes}", $"{backlog}", $"{served}",
            $"{string.Join(',', rosters)}|{worked}", $"{leave}", await states.Stamp(hub.Id, since, cancellationToken), $"{interval}");
    }
}
