using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;

namespace Wfm.Api.Features.Rosters.Repair;

/// <summary>Turns a request to repair into what the library repairs: the problem as it was and the change.</summary>
public sealed class RepairInput(WfmDbContext db, RosterProblemBuilder builder)
{
    public async Task<RosterChange> Change(
        Hub hub, Roster original, RosterProblem problem, RepairRosterRequest request, RequirementRun? requirement, CancellationToken cancellationToken) => new()
        {
            Absences = [.. request.Absences.Select(a => new Absence(a.Agent, a.Start, a.End, a.Kind))],
            Surges = [.. request.Surges.Select(s => new DemandSurge(s.Group, s.Start, s.End, s.Factor))],
            Demand = requirement is null ? null
                : (await builder.Build(hub, original.Start, original.Days, requirement, original.RiskLevel, cancellationToken)).Demand,
            Policy = request.LabourPolicy is { } version ? await Policy(hub, original, version, cancellationToken) : null,
            AddedAgents = [.. problem.Agents.Where(a => request.NewAgents.Contains(a.Id))],
        };

    /// <summary>The people before the change: without the new ones, and with those who have left since, whose shifts cannot stay.</summary>
    public static RosterProblem Before(RosterProblem problem, IReadOnlyList<RosterShift> published, IReadOnlyList<string> newAgents)
    {
        var known = problem.Agents.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        TimeOff[] gone = [new(problem.Origin, problem.Zone.AtStartOfDay(problem.Start.PlusDays(problem.Days + 1)).ToInstant())];
        var contract = new Scheduling.Problem.Contract("left", Duration.Zero, Duration.Zero, null, null);
        var left = published.Select(s => s.AgentId).Where(a => !known.Contains(a)).Distinct(StringComparer.Ordinal).Select(a => new RosterAgent(a, contract, [], [], gone, []));
        RosterAgent[] agents = [.. problem.Agents.Where(a => !newAgents.Contains(a.Id)), .. left];
        return new RosterProblem(problem.Zone, problem.Start, problem.Days, problem.Interval, agents, problem.Templates, problem.Demand, problem.Policy, problem.Objective,
            [.. problem.Surroundings.Where(h => !newAgents.Contains(h.AgentId))], problem.Pinned)
        {
            Seats = problem.Seats,
        };
    }

    // A version that begins inside the period binds from its first day on, the earlier one until the day before.
    private async Task<LabourPolicy> Policy(Hub hub, Roster original, PolicyVersionData wanted, CancellationToken cancellationToken)
    {
        var inForce = await builder.Policies(hub, original.Start, cancellationToken);
        var version = await db.LabourPolicies.AsNoTracking().SingleAsync(p => p.Code == wanted.Code && p.ValidFrom == wanted.ValidFrom, cancellationToken);
        if (version.ValidFrom <= original.Start)
        {
            return LabourPolicyMapping.ToProblem(inForce.ConvertAll(p => p.Code == version.Code ? version : p));
        }

        var rules = inForce.SelectMany(p => p.Rules.Select(LabourPolicyMapping.ToRule).Select(r => p.Code == version.Code ? Dated(r, null, version.ValidFrom.PlusDays(-1)) : r));
        return new LabourPolicy(LabourPolicyMapping.ToProblem(inForce).Code, original.Start,
            [.. rules, .. version.Rules.Select(LabourPolicyMapping.ToRule).Select(r => Dated(r, version.ValidFrom, null))]);
    }

    private static LabourRule Dated(LabourRule rule, LocalDate? from, LocalDate? to) => new(rule.Kind, rule.Parameters, rule.Source, rule.AsOf, rule.Text, from, to);
}
