using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Rosters.Turns;
using Wfm.Api.Features.Rosters.Waivers;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Publishing;

/// <summary>Puts a draft in force, checked against what is in force at that moment.</summary>
/// <remarks>
/// Publications are numbered over all hubs under a unique index. Whoever takes a number has checked against everything up to the one before; who finds it
/// taken checks anew, and gives way when the other publication decides about the same days of the same people.
/// </remarks>
public sealed class RosterPublisher(WfmDbContext db, PublicationCheck check, WaiverBook waivers, IClock clock)
{
    /// <param name="by">Name of the key, for the record of what is waived.</param>
    /// <exception cref="ProblemException">409: a rule would be broken (with the violations), or somebody published the same days meanwhile.</exception>
    public async Task Publish(Roster roster, Hub hub, string by, CancellationToken cancellationToken)
    {
        while (true)
        {
            var last = await db.Rosters.MaxAsync(r => r.Publication, cancellationToken) ?? 0;
            var stamp = await RosterStamp.Of(db, roster, hub, cancellationToken);
            var breaches = await check.Of(roster, hub, cancellationToken);
            if (breaches.Where(b => b.Shown.Waiver is null).Select(b => b.Shown).ToList() is { Count: > 0 } violations)
            {
                throw ProblemException.Conflict(
                        $"With what is in force around it the roster would break {(violations.Count == 1 ? "a rule" : $"rules {violations.Count} times")}, "
                            + "first for agent "
                            + $"'{violations[0].Agent}' on {violations[0].From:uuuu-MM-dd}: {violations[0].Message} Make a new roster, or repair this one.")
                    .With("violations", violations);
            }

            if (await Take(last + 1, roster, hub, stamp, breaches, by, cancellationToken))
            {
                return;
            }

            if (await IsDecidedSince(last, roster, cancellationToken))
            {
                throw ProblemException.Conflict("Another roster of these days and people was published meanwhile; look at it and decide again.");
            }
        }
    }

    /// <returns>False when another publication has the number, or something has changed that the roster was checked against.</returns>
    private async Task<bool> Take(
        int publication, Roster roster, Hub hub, RosterStamp stamp, IReadOnlyList<PublicationBreach> breaches, string by,
        CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await RosterTurn.Take(db, cancellationToken);
        if (await RosterStamp.Of(db, roster, hub, cancellationToken) != stamp)
        {
            return false;
        }

        var now = clock.GetCurrentInstant();
        try
        {
            var taken = await db.Rosters.Where(r => r.Id == roster.Id && r.Version == roster.Version && r.State == PublicationState.Draft).ExecuteUpdateAsync(
                r => r.SetProperty(x => x.State, PublicationState.Published).SetProperty(x => x.PublishedAt, now).SetProperty(x => x.Publication, publication)
                    .SetProperty(x => x.Version, x => x.Version + 1),
                cancellationToken);
            if (taken == 0)
            {
                throw ProblemException.Conflict("The roster was published or edited by somebody else meanwhile; look at it again.");
            }
        }
        catch (Exception e) when (StoreConflicts.IsDuplicate(e))
        {
            return false;
        }

        if (!await Waive(roster, breaches, by, now, cancellationToken))
        {
            return false;
        }

        await Supersede(roster, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Says in the roster what stands under waivers, and notes what publishing it breaks under them.</summary>
    /// <returns>False when a waiver holds no more.</returns>
    private async Task<bool> Waive(
        Roster roster, IReadOnlyList<PublicationBreach> breaches, string by, Instant now, CancellationToken cancellationToken)
    {
        if (breaches.Count == 0)
        {
            return true;
        }

        List<RosterViolation> told = [.. roster.Violations, .. breaches.Select(b => b.Shown).ExceptBy(roster.Violations.Select(Place), Place)];
        await db.Rosters.Where(r => r.Id == roster.Id).ExecuteUpdateAsync(r => r.SetProperty(x => x.Violations, told), cancellationToken);
        var broken = breaches.Where(b => b.Breach is not null).Select(b => (Waiver: b.Shown.Waiver!.Value, Breach: b.Breach!)).ToList();
        var codes = broken.ConvertAll(b => b.Breach.AgentId);
        var agents = await db.Agents.Where(a => codes.Contains(a.Code)).ToDictionaryAsync(a => a.Code, a => a.Id, cancellationToken);
        if (!await waivers.Use(broken.ConvertAll(b => WaiverUse.Of(b.Waiver, b.Breach, roster, agents[b.Breach.AgentId!], now, by)), cancellationToken))
        {
            return false;
        }

        await db.SaveChangesAsync(cancellationToken);
        return true;

        static (string, string?, LocalDate?, LocalDate?) Place(RosterViolation v) => (v.Rule, v.Agent, v.From, v.To);
    }

    /// <summary>Earlier rosters of which no day is left.</summary>
    private async Task Supersede(Roster roster, CancellationToken cancellationToken)
    {
        var (people, end) = (db.RosterPeople, roster.Start.PlusDays(roster.Days));
        var earliest = roster.Start.PlusDays(1 - (2 * Roster.MaximumDays)); // those that reach into it, and those that cover the rest of these
        var published = await db.Rosters.AsNoTracking()
            .Where(r => r.HubId == roster.HubId && r.State == PublicationState.Published && r.Start > earliest && r.Start < end.PlusDays(Roster.MaximumDays))
            .Select(r => new { r.Id, r.Start, r.Days, r.Publication }).ToListAsync(cancellationToken);
        var ids = published.ConvertAll(r => r.Id);
        var covered = (await people.AsNoTracking().Where(p => ids.Contains(p.RosterId)).ToListAsync(cancellationToken)).ToLookup(
            p => p.RosterId,
            p => p.AgentId);
        var inForce = new InForce(published.Select(r => new RosterLayer(r.Id, roster.HubId, r.Start, r.Days, r.Publication, covered[r.Id].ToHashSet())));
        var over = inForce.Rosters.Where(r => r.RosterId != roster.Id && r.Start < end && r.End > roster.Start && !inForce.HasDays(r)).Select(r => r.RosterId)
            .ToList();
        await db.Rosters.Where(r => over.Contains(r.Id)).ExecuteUpdateAsync(
            r => r.SetProperty(x => x.State, PublicationState.Superseded).SetProperty(x => x.Version, x => x.Version + 1), cancellationToken);
    }

    private async Task<bool> IsDecidedSince(int publication, Roster roster, CancellationToken cancellationToken)
    {
        var (people, end) = (db.RosterPeople, roster.Start.PlusDays(roster.Days));
        var later = await db.Rosters.AsNoTracking().Where(r => r.Publication > publication && r.HubId == roster.HubId && r.Start < end)
            .Where(r => people.Any(p => p.RosterId == r.Id && people.Any(mine => mine.RosterId == roster.Id && mine.AgentId == p.AgentId)))
            .Select(r => new { r.Start, r.Days }).ToListAsync(cancellationToken);
        return later.Exists(r => r.Start.PlusDays(r.Days) > roster.Start);
    }
}
