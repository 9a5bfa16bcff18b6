using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Publishing;

/// <summary>Puts a draft in force, checked against what is in force at that moment.</summary>
/// <remarks>
/// Publications are numbered over all hubs under a unique index. Whoever takes a number has checked against everything up to the one before; who finds it
/// taken checks anew, and gives way when the other publication decides about the same days of the same people.
/// </remarks>
public sealed class RosterPublisher(WfmDbContext db, PublicationCheck check, IClock clock)
{
    /// <exception cref="ProblemException">409: a rule would be broken (with the violations), or somebody published the same days meanwhile.</exception>
    public async Task Publish(Roster roster, Hub hub, CancellationToken cancellationToken)
    {
        while (true)
        {
            var last = await db.Rosters.MaxAsync(r => r.Publication, cancellationToken) ?? 0;
            if (await check.Of(roster, hub, cancellationToken) is { Count: > 0 } violations)
            {
                throw ProblemException.Conflict(
                        $"With what is in force around it the roster would break {(violations.Count == 1 ? "a rule" : $"rules {violations.Count} times")}, "
                            + "first for agent "
                            + $"'{violations[0].Agent}' on {violations[0].From:uuuu-MM-dd}: {violations[0].Message} Make a new roster, or repair this one.")
                    .With("violations", violations);
            }

            if (await Take(last + 1, roster, cancellationToken))
            {
                return;
            }

            if (await IsDecidedSince(last, roster, cancellationToken))
            {
                throw ProblemException.Conflict("Another roster of these days and people was published meanwhile; look at it and decide again.");
            }
        }
    }

    /// <returns>False when another publication has the number.</returns>
    private async Task<bool> Take(int publication, Roster roster, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetCurrentInstant();
        try
        {
            var taken = await db.Rosters.Where(r => r.Id == roster.Id && r.Version == roster.Version && r.State == PublicationState.Draft).ExecuteUpdateAsync(
                r => r.SetProperty(x => x.State, PublicationState.Published).SetProperty(x => x.PublishedAt, now).SetProperty(x => x.Publication, publication)
                    .SetProperty(x => x.Version, x => x.Version + 1),
                cancellationToken);
            if (taken == 0)
            {
                throw ProblemException.Conflict("The roster was published by somebody else meanwhile.");
            }
        }
        catch (Exception e) when (StoreConflicts.IsDuplicate(e))
        {
            return false;
        }

        await Supersede(roster, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
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
