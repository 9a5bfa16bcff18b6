using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Rosters.Problems;
using Wfm.Api.Features.Rosters.Repair;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Rosters.Proof;

/// <summary>The problem that a stored roster answers to, with today's people and rules.</summary>
internal sealed class StoredRosterProblem(WfmDbContext db, RosterProblemBuilder problems, PublishedDays published)
{
    /// <summary>The problem of the roster, with what may not move pinned: days that are published, those its planner had pinned, and shifts that serve the
    /// morning after its last day, which its own demand knows nothing of.</summary>
    /// <param name="shifts">Its shifts, without those that leave has taken away.</param>
    /// <param name="requirement">The requirement that it covers.</param>
    public async Task<RosterProblem> Of(
        Hub hub, Roster roster, IReadOnlyList<RosterShift> shifts, RequirementRun requirement, CancellationToken cancellationToken)
    {
        var standing = shifts.ToDictionary(s => (s.AgentId, s.Date));
        var days = (await published.Of(hub, roster.Start, roster.Days, cancellationToken)).Select(p => (p.AgentId, p.Date)).ToHashSet();
        var known = await db.Agents.Where(a => a.HubId == hub.Id && a.Active).Select(a => a.Code).ToListAsync(cancellationToken);
        days.UnionWith((await Pins(roster, cancellationToken)).Where(p => known.Contains(p.Agent)).Select(p => (p.Agent, p.Date)));
        var end = hub.Days.StartOfDay(roster.Start.PlusDays(roster.Days));
        days.UnionWith(shifts.Where(s => s.End > end && known.Contains(s.AgentId)).Select(s => (s.AgentId, s.Date)));
        var problem = await problems.Build(
            hub, roster.Start, roster.Days, requirement, roster.RiskLevel, cancellationToken,
            [
                .. days.OrderBy(d => d.Item1, StringComparer.Ordinal).ThenBy(d => d.Item2)
                    .Select(d => new PinnedShift(d.Item1, d.Item2, standing.GetValueOrDefault(d))),
            ]);
        return RepairInput.Before(problem, shifts, []);
    }

    /// <summary>The pins of the job that made the roster; a roster that a proof made has those of the one the proof began with.</summary>
    private async Task<IReadOnlyList<PinRequest>> Pins(Roster roster, CancellationToken cancellationToken)
    {
        for (var at = roster.JobId; at is { } id;)
        {
            if (await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == id, cancellationToken) is not { } maker)
            {
                break;
            }

            var made = new JobContext(maker.Id, maker.HubId, maker.Owner, maker.Arguments, Progress: null!);
            if (maker.Kind == RosterJob.Kind)
            {
                return made.Arguments<RosterArguments>().Pins;
            }

            if (maker.Kind != RosterProofJob.Kind)
            {
                break;
            }

            var original = made.Arguments<RosterProofArguments>().RosterId;
            at = await db.Rosters.Where(r => r.Id == original).Select(r => r.JobId).SingleOrDefaultAsync(cancellationToken);
        }

        return [];
    }
}
