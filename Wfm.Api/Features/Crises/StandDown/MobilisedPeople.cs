using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Crises.Plans;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Rosters.Waivers;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Crises.StandDown;

/// <summary>Finds the people whose days the plans of a crisis have changed.</summary>
internal sealed class MobilisedPeople(WfmDbContext db)
{
    /// <summary>Those with days that were not given back, in order of hub and code.</summary>
    public async Task<List<MobilisedPerson>> Of(Crisis crisis, CancellationToken cancellationToken) =>
        (await All(crisis, cancellationToken)).ConvertAll(p => p with { Days = [.. p.Days.Where(d => !d.IsGivenBack)] }).FindAll(p => p.Days.Count > 0);

    /// <summary>All, in order of hub and code.</summary>
    public async Task<List<MobilisedPerson>> All(Crisis crisis, CancellationToken cancellationToken)
    {
        var plans = await db.CrisisPlans.AsNoTracking().Where(p => p.CrisisId == crisis.Id).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        var applied = plans.SelectMany(p => p.Applied.Where(a => a.Edit is not null)
            .Select(a => (a.Hub, p.Hubs.First(h => h.Hub == a.Hub).RosterId, Edit: a.Edit!.Value))).ToList();
        var rosters = applied.ConvertAll(a => a.RosterId);
        var edits = (await db.RosterEdits.AsNoTracking().Include(e => e.Days).Where(e => rosters.Contains(e.RosterId)).ToListAsync(cancellationToken))
            .ToDictionary(e => (e.RosterId, e.Number));
        var undone = edits.Values.Where(e => e.Undoes is not null)
            .SelectMany(e => e.Days.Select(d => (e.RosterId, e.Undoes!.Value, d.AgentId, d.Date))).ToHashSet();
        var days = applied.Where(a => edits.ContainsKey((a.RosterId, a.Edit)))
            .SelectMany(a => edits[(a.RosterId, a.Edit)].Days.Select(d => (
                a.Hub, d.AgentId,
                Day: new MobilisedDay(a.RosterId, a.Edit, d.Date, d.Before, d.After, undone.Contains((a.RosterId, a.Edit, d.AgentId, d.Date)))))).ToList();
        var ids = days.Select(d => d.AgentId).Distinct().ToList();
        var codes = await db.Agents.AsNoTracking().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Code, cancellationToken);
        var promised = (await db.WaiverUses.AsNoTracking().Include(u => u.Waiver).Where(u => u.CrisisId == crisis.Id && ids.Contains(u.AgentId))
            .ToListAsync(cancellationToken)).DistinctBy(u => (u.WaiverId, u.AgentId)).ToLookup(u => u.AgentId, u => u.Waiver!.RestHours);
        return
        [
            .. days.GroupBy(d => (d.Hub, d.AgentId))
                .Select(g => new MobilisedPerson(g.Key.Hub, g.Key.AgentId, codes[g.Key.AgentId], promised[g.Key.AgentId].Sum(), [.. g.Select(d => d.Day)]))
                .OrderBy(p => p.Hub, StringComparer.Ordinal).ThenBy(p => p.Agent, StringComparer.Ordinal),
        ];
    }
}

/// <summary>Somebody whose days a crisis has changed.</summary>
/// <param name="Hub">Code of the hub whose roster was edited.</param>
/// <param name="AgentId">Identity.</param>
/// <param name="Agent">Code.</param>
/// <param name="PromisedRest">Hours of rest that waivers promise.</param>
/// <param name="Days">The days.</param>
internal sealed record MobilisedPerson(string Hub, Guid AgentId, string Agent, double PromisedRest, IReadOnlyList<MobilisedDay> Days)
{
    /// <summary>Paid hours beyond what was planned, of days that have begun.</summary>
    public double ExtraHours(Instant now) => Days.Where(d => d.HasBegun(now)).Sum(d => d.ExtraHours);

    /// <summary>Paid hours of days ahead as the crisis has them.</summary>
    public double HoursAhead(Instant now) => Days.Where(d => !d.HasBegun(now)).Sum(d => (d.After?.PaidMinutes ?? d.Before!.PaidMinutes) / 60.0);

    /// <summary>Hours of rest owed.</summary>
    public double RestHours(Instant now) => Math.Max(0, ExtraHours(now)) + PromisedRest;

    /// <summary>End of the last day that the crisis changed and that has begun; the moment itself where that is later.</summary>
    public Instant LastEnd(Instant now) =>
        Instant.Max(now, Days.Where(d => d.HasBegun(now)).Select(d => (d.After ?? d.Before)!.End).DefaultIfEmpty(now).Max());
}

/// <summary>A day that a crisis has changed.</summary>
/// <param name="RosterId">The roster.</param>
/// <param name="Edit">Number of the edit.</param>
/// <param name="Date">Local day.</param>
/// <param name="Before">The shift as it was planned.</param>
/// <param name="After">The shift as it was made.</param>
/// <param name="IsGivenBack">Whether it has become again what it was.</param>
internal sealed record MobilisedDay(Guid RosterId, int Edit, LocalDate Date, EditedShift? Before, EditedShift? After, bool IsGivenBack)
{
    public double ExtraHours => ((After?.PaidMinutes ?? 0) - (Before?.PaidMinutes ?? 0)) / 60.0;

    public bool HasBegun(Instant now) => Instant.Min(After?.Start ?? Instant.MaxValue, Before?.Start ?? Instant.MaxValue) <= now;
}
