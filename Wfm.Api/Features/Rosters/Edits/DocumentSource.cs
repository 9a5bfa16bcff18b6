using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Problems;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Rosters.Edits;

/// <summary>Opens a stored roster as a document.</summary>
/// <remarks>
/// Of a published roster those days are locked on which another published roster decides, with the shifts that it gives; of every roster the days with a shift
/// at another hub. The people are those of the roster and everybody active at the hub on whom no other roster of these days decides.
/// </remarks>
public sealed class DocumentSource(WfmDbContext db, RosterProblemBuilder builder, ShiftsInForce inForce, ComputeSlots slots)
{
    /// <exception cref="ProblemException">409: the rules by which it would be checked are not in force any more.</exception>
    public async Task<OpenRoster> Open(Roster roster, Hub hub, CancellationToken cancellationToken)
    {
        var isDraft = roster.State == PublicationState.Draft;
        var all = db.RosterPeople;
        var covered = (await all.Where(p => p.RosterId == roster.Id).Select(p => p.AgentId).ToListAsync(cancellationToken)).ToHashSet();
        var known = await db.Agents.AsNoTracking().Where(a => covered.Contains(a.Id) || (a.HubId == hub.Id && a.Active))
            .Select(a => new { a.Id, a.Code, Skills = a.Skills }).ToListAsync(cancellationToken);
        List<Guid> people = [.. known.Select(k => k.Id)];
        var codes = known.ToDictionary(k => k.Id, k => k.Code);
        var (locked, own) = isDraft ? ([], await StoredShifts.Of(db, roster.Id, cancellationToken))
            : await InForceOf(roster, hub, people, covered, codes, cancellationToken);
        var groups = known.SelectMany(k => k.Skills.Select(s => s.Group)).Concat(own.SelectMany(s => s.Activities.Select(a => a.Group).OfType<string>()))
            .ToHashSet(StringComparer.Ordinal);
        var problem = await Problem(roster, hub, people, locked, groups, isDraft, cancellationToken);
        var elsewhere = problem.Pinned.Select(p => (p.AgentId, p.Date)).ToHashSet();
        var document = await slots.Run(
            () => new RosterDocument(problem, [.. own.Where(s => !elsewhere.Contains((s.AgentId, s.Date)))]), cancellationToken);
        return new OpenRoster(roster, hub, document, known.ToDictionary(k => k.Code, k => k.Id, StringComparer.Ordinal), covered);
    }

    /// <summary>Of a published roster the days on which others decide, and the shifts of its own that leave has not taken away, or is about to.</summary>
    private async Task<(List<PinnedShift> Locked, List<RosterShift> Own)> InForceOf(
        Roster roster, Hub hub, List<Guid> people, HashSet<Guid> covered, Dictionary<Guid, string> codes, CancellationToken cancellationToken)
    {
        var end = roster.Start.PlusDays(roster.Days);
        var layers = new InForce(await inForce.Layers(people, roster.Start, end, drafts: false, cancellationToken));
        // Leave takes its shifts out by an edit, which has to find them here.
        var published = (await inForce.Of(people, roster.Start, end, drafts: false, cancellationToken, freed: true))
            .FindAll(s => s.HubId == hub.Id && s.State == ShiftState.Published);
        var leave = await inForce.Leave(people, cancellationToken);
        var standing = published.Where(s => !leave.Frees(s.AgentId, s.Start, s.End, s.Activities)).ToDictionary(s => (s.AgentId, s.Date));
        var own = published.FindAll(s => layers.Of(hub.Id, s.AgentId, s.Date)?.RosterId == roster.Id);
        return (Locked(roster, hub, people, covered, layers, standing, codes), own.ConvertAll(s => s.ToRosterShift(codes[s.AgentId])));
    }

    private static List<PinnedShift> Locked(
        Roster roster, Hub hub, List<Guid> people, HashSet<Guid> covered, InForce layers, Dictionary<(Guid, LocalDate), ShiftInForce> standing,
        Dictionary<Guid, string> codes)
    {
        var locked = new List<PinnedShift>();
        var dates = Enumerable.Range(0, roster.Days).Select(roster.Start.PlusDays).ToArray();
        foreach (var agent in people)
        {
            var decided = Array.ConvertAll(dates, date => layers.Of(hub.Id, agent, date)?.RosterId);
            // Somebody new to the roster is its own on every day or on none: a roster decides about all days of its people.
            var isElsewhere = !covered.Contains(agent) && Array.Exists(decided, d => d is not null);
            for (var day = 0; day < dates.Length; day++)
            {
                if (decided[day] != roster.Id && (isElsewhere || decided[day] is not null))
                    locked.Add(new PinnedShift(codes[agent], dates[day], standing.GetValueOrDefault((agent, dates[day]))?.ToRosterShift(codes[agent])));
            }
        }

        return locked;
    }

    private async Task<RosterProblem> Problem(
        Roster roster, Hub hub, List<Guid> people, List<PinnedShift> locked, HashSet<string> groups, bool isDraft, CancellationToken cancellationToken)
    {
        var requirement = roster.RequirementRunId is { } id ? await db.RequirementOf(hub, id, cancellationToken) : null;
        try
        {
            return await builder.Build(
                hub, roster.Start, roster.Days, requirement, roster.RiskLevel, cancellationToken, locked, people, drafts: isDraft, groups);
        }
        catch (JobFailedException e)
        {
            throw ProblemException.Conflict(e.Message); // no policy in force any more: nobody can say whether it is legal
        }
    }
}
