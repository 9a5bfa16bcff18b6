using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Problems;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;

namespace Wfm.Api.Features.Rosters.Repair;

/// <param name="RosterId">The roster to repair.</param>
/// <param name="From">The moment from which it may change.</param>
/// <param name="Request">What has changed.</param>
public sealed record RosterRepairArguments(Guid RosterId, Instant From, RepairRosterRequest Request);

/// <summary>Repairs a stored roster and keeps the result as a draft beside it, with the list of changes.</summary>
public sealed class RosterRepairJob(
    WfmDbContext db, RepairBasis basis, RosterProblemBuilder builder, RepairInput input, HubRosterer rosterer, IClock clock) : IJobHandler
{
    public static string Kind => "roster-repair";

    public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
    {
        if (await db.Rosters.Where(r => r.JobId == job.Id).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(cancellationToken) is { } made)
        {
            return $"/api/v1/rosters/{made}"; // stored before the worker died
        }

        var arguments = job.Arguments<RosterRepairArguments>();
        job.Progress.Report(0.02, "reading the roster, people and rules");
        var hub = await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == job.HubId, cancellationToken);
        var original = await db.Rosters.AsNoTracking().SingleAsync(r => r.Id == arguments.RosterId, cancellationToken);
        var requirement = await RequirementOf(hub, original.RequirementRunId, cancellationToken);
        var covered = arguments.Request.RequirementId is { } id ? await RequirementOf(hub, id, cancellationToken) : requirement;
        var problem = await builder.Build(hub, original.Start, original.Days, requirement, original.RiskLevel, cancellationToken);
        var published = await basis.Of(original, cancellationToken);
        var change = await input.Change(hub, original, problem, arguments.Request, covered == requirement ? null : covered, cancellationToken);

        var before = RepairInput.Before(problem, published, arguments.Request.NewAgents);
        var limits = arguments.Request.ToLimits(RepairOptions.DefaultMoves);
        var result = await rosterer.Repair(
            before, published, change, new RepairOptions(limits)
            {
                From = arguments.From,
                Costs = ClosenessCosts.Of(problem.Policy.Rules, arguments.From.InZone(hub.Zone).Date),
            },
            new SearchSteps(job.Progress, limits, 0.1, 0.85), cancellationToken);
        job.Progress.Report(0.97, "storing");
        return $"/api/v1/rosters/{await Store(hub, original, arguments, covered, before, result, job.Id, cancellationToken)}";
    }

    private async Task<RequirementRun> RequirementOf(Hub hub, Guid? id, CancellationToken cancellationToken) =>
        (id is null ? null : await db.RequirementOf(hub, id, cancellationToken))
        ?? throw new JobFailedException("The requirement of the roster is not stored any more; make a new roster instead.");

    private async Task<Guid> Store(
        Hub hub, Roster original, RosterRepairArguments arguments, RequirementRun requirement, RosterProblem problem, RepairResult result, Guid jobId,
        CancellationToken cancellationToken)
    {
        var agents = await db.AgentIds(problem.Agents.Select(a => a.Id), cancellationToken);
        var roster = RosterRows.From(
            hub, original.Start,
            new RosterArguments(requirement.Id, original.Start, original.Days, original.RiskLevel, arguments.Request.ToLimits(RepairOptions.DefaultMoves)),
            requirement, problem, result.Roster, agents, jobId, clock.GetCurrentInstant());
        db.RosterRepairs.Add(new RosterRepairRecord
        {
            RosterId = roster.Id,
            OriginalId = original.Id,
            From = arguments.From,
            Summary = new RepairSummary(result.PeopleChanged, result.OthersChanged, CoverageTotals.From(result.Before), CoverageTotals.From(result.Unrepaired),
                CoverageTotals.From(result.After), result.ClosenessCost),
            Changes = [.. result.Changes.Where(c => c.To?.Template != KnownShifts.OtherHub).Select(RosterChangeData.Of)],
        });
        await db.AddRevision(roster, cancellationToken);
        return roster.Id;
    }
}
