using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Problems;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;

namespace Wfm.Api.Features.Rosters.Repair;

/// <summary>Turns a request to repair into what the library repairs: the problem as it was and the change.</summary>
public sealed class RepairInput(WfmDbContext db, RosterProblemBuilder builder, ConstraintCatalog kinds)
{
    public async Task<RosterChange> Change(
        Hub hub, Roster original, RosterProblem problem, RepairRosterRequest request, RequirementRun? requirement, CancellationToken cancellationToken) => new()
        {
            Absences = [.. request.Absences.Select(a => new Absence(a.Agent, a.Start, a.End, a.Kind))],
            Surges = [.. request.Surges.Select(s => new DemandSurge(s.Group, s.Start, s.End, s.Factor))],
            Demand = requirement is null ? null
                : (await builder.Demand(hub, original.Start, original.Days, requirement, original.RiskLevel, cancellationToken)).Lines,
            Policy = request.LabourPolicy is { } version ? await Policy(hub, original, version, cancellationToken) : null,
            AddedAgents = [.. problem.Agents.Where(a => request.NewAgents.Contains(a.Id))],
        };

    /// <summary>The people before the change: without the new ones, and with those who have left since, whose shifts cannot stay.</summary>
    public static RosterProblem Before(RosterProblem problem, IReadOnlyList<RosterShift> published, IReadOnlyList<string> newAgents)
    {
        var known = problem.Agents.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        TimeOff[] gone = [new(problem.Origin, problem.Zone.AtStartOfDay(problem.Start.PlusDays(problem.Days + 1)).ToInstant())];
        var contract = new Scheduling.Problem.Contract("left", Duration.Zero, Duration.Zero, null, null);
        var left = published.Select(s => s.AgentId).Where(a => !known.Contains(a)).Distinct(StringComparer.Ordinal)
            .Select(a => new RosterAgent(a, contract, [], [], gone, []));
        RosterAgent[] agents = [.. problem.Agents.Where(a => !newAgents.Contains(a.Id)), .. left];
        return new RosterProblem(
            problem.Zone, problem.Start, problem.Days, problem.Interval, agents, problem.Templates, problem.Demand, problem.Policy, problem.Objective,
            [.. problem.Surroundings.Where(h => !newAgents.Contains(h.AgentId))],
            problem.Pinned)
        {
            Seats = problem.Seats,
            Holidays = problem.Holidays,
            Activities = problem.Activities,
        };
    }

    // The version asked for in place of every later one of its policy; one that begins inside the period binds from its first day on.
    private async Task<LabourPolicy> Policy(Hub hub, Roster original, PolicyVersionData wanted, CancellationToken cancellationToken)
    {
        var version = await db.LabourPolicies.AsNoTracking().SingleAsync(p => p.Code == wanted.Code && p.ValidFrom == wanted.ValidFrom, cancellationToken);
        var versions = await builder.Policies(hub, original.Start, original.Days, cancellationToken);
        var at = versions.FindIndex(v => v.Code == version.Code);
        versions.RemoveAll(v => v.Code == version.Code && v.ValidFrom >= version.ValidFrom);
        versions.Insert(at, version);
        return LabourPolicyMapping.ToProblem(versions, original.Start, kinds);
    }
}
