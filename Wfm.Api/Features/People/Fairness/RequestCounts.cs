using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.Availability;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Features.People.Swaps;
using Wfm.Api.Features.People.TimeOff.Requests;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Fairness;

/// <summary>How often people asked for something, and how often they were refused.</summary>
/// <remarks>
/// Requests for leave (what is told, such as sickness, is not asked for), swaps and open shifts by who asked, and availability. What somebody took back was
/// not refused and does not count; what is still open was asked and is not refused; what expired without a decision, or failed by a rule after all had agreed,
/// was refused.
/// </remarks>
internal sealed class RequestCounts(WfmDbContext db)
{
    /// <param name="agents">Whose.</param>
    /// <param name="from">First local day of the hub on which it was asked.</param>
    /// <param name="until">First local day after them.</param>
    /// <returns>Nothing for people who asked for nothing.</returns>
    public async Task<Dictionary<Guid, (int Asked, int Refused)>> Of(
        Hub hub, IReadOnlyCollection<Guid> agents, LocalDate from, LocalDate until, CancellationToken cancellationToken)
    {
        var (first, end) = (hub.Zone.AtStartOfDay(from).ToInstant(), hub.Zone.AtStartOfDay(until).ToInstant());
        var told = await db.LeaveTypes.Where(t => t.Told).Select(t => t.Code).ToListAsync(cancellationToken);
        var leave = await db.LeaveRequests.AsNoTracking()
            .Where(r => agents.Contains(r.AgentId) && r.AskedAt >= first && r.AskedAt < end && r.State != LeaveState.Withdrawn && !told.Contains(r.Type))
            .Select(r => new Asked(r.AgentId, r.State == LeaveState.Refused || r.State == LeaveState.Expired)).ToListAsync(cancellationToken);
        var swaps = await db.Swaps.AsNoTracking()
            .Where(s => agents.Contains(s.AgentId) && s.AskedAt >= first && s.AskedAt < end && s.State != SwapState.Withdrawn)
            .Select(s => new Asked(s.AgentId, s.State == SwapState.Refused || s.State == SwapState.Expired || s.State == SwapState.Failed))
            .ToListAsync(cancellationToken);
        var availability = await db.AvailabilityRequests.AsNoTracking()
            .Where(r => agents.Contains(r.AgentId) && r.AskedAt >= first && r.AskedAt < end && r.State != AvailabilityState.Withdrawn)
            .Select(r => new Asked(r.AgentId, r.State == AvailabilityState.Refused)).ToListAsync(cancellationToken);
        return leave.Concat(swaps).Concat(availability).GroupBy(a => a.Agent).ToDictionary(g => g.Key, g => (g.Count(), g.Count(a => a.IsRefused)));
    }

    private sealed record Asked(Guid Agent, bool IsRefused);
}
