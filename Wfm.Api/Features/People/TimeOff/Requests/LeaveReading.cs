using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Features.People.TimeOff.Balances;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Leave;

namespace Wfm.Api.Features.People.TimeOff.Requests;

/// <summary>Requests as they are answered, with no more than the reader may see.</summary>
public sealed class LeaveReading(WfmDbContext db)
{
    /// <param name="seesReasons">Whether the reader is the person, or decides about requests.</param>
    public async Task<List<LeaveRequestResponse>> Of(IReadOnlyList<LeaveRequest> requests, bool seesReasons, CancellationToken cancellationToken)
    {
        var (agents, hubs) = (requests.Select(r => r.AgentId).Distinct().ToList(), requests.Select(r => r.HubId).Distinct().ToList());
        var codes = await db.Agents.AsNoTracking().Where(a => agents.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Code, cancellationToken);
        var places = await db.Hubs.AsNoTracking().Where(h => hubs.Contains(h.Id)).ToDictionaryAsync(h => h.Id, cancellationToken);
        var hidden = seesReasons ? [] : await db.LeaveTypes.Where(t => t.HiddenReason).Select(t => t.Code).ToListAsync(cancellationToken);
        var waiting = requests.Any(r => r.State == LeaveState.Waiting)
            ? await db.LeaveRequests.AsNoTracking().Where(r => hubs.Contains(r.HubId) && r.State == LeaveState.Waiting).OrderBy(r => r.AskedAt)
                .ThenBy(r => r.Id).Select(r => new Place(r.Id, r.HubId, r.Start, r.End)).ToListAsync(cancellationToken) : [];
        return [.. requests.Select(r => Of(r, codes[r.AgentId], places[r.HubId], seesReasons, hidden.Contains(r.Type), Position(r, waiting)))];
    }

    private static LeaveRequestResponse Of(LeaveRequest request, string agent, Hub hub, bool seesReasons, bool isHidden, int? position) => new(
        request.Id, agent, hub.Code, isHidden ? null : request.Type, request.Start, request.End, request.Start.InZone(hub.Zone).LocalDateTime,
        request.End.InZone(hub.Zone).LocalDateTime, BalanceHours.Of(request.Days.Sum(d => d.Minutes)),
        request.Days.ConvertAll(d => new LeaveDayResponse(d.Date, BalanceHours.Of(d.Minutes))), request.State,
        new LeaveVerdict(request.Findings).DecidedBy, isHidden ? [] : request.Findings, position, request.IsOpen ? request.ExpiresAt : null,
        seesReasons ? request.Note : null, request.AskedAt, seesReasons ? request.History : request.History.ConvertAll(h => h with { Reason = null }),
        request.EntryId is { } entry && request.State == LeaveState.Approved ? $"/api/v1/agents/{agent}/time-off/{entry}" : null,
        ETags.Of(request.Id, request.Version), request.Version);

    private static int? Position(LeaveRequest request, List<Place> waiting)
    {
        if (request.State != LeaveState.Waiting)
        {
            return null;
        }

        var place = waiting.FindIndex(w => w.Id == request.Id);
        return 1 + waiting.Take(Math.Max(0, place)).Count(w => w.HubId == request.HubId && w.Start < request.End && w.End > request.Start);
    }

    private sealed record Place(Guid Id, Guid HubId, Instant Start, Instant End);
}
