using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Rostering;

namespace Wfm.Api.Features.Rosters.Repair;

internal static class RosterRepairEndpoints
{
    public static void MapRosterRepair(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/rosters").WithTags("Rosters");
        group.MapPost("/{id:guid}:repair", Repair).WithName("RepairRoster")
            .WithSummary("Repairs a roster after absences, surges or new rules with the least change, in a job that makes a draft.")
            .Requires(Permission.WriteRosters).WithDatedExample(Example);
        group.MapGet("/{id:guid}/changes", Changes).WithName("GetRosterChanges")
            .WithSummary("What a repair changes against its original, each day with the reason.").Requires(Permission.ReadRosters);
        group.MapGet("/{id:guid}/compare", Compare).WithName("CompareRosters").WithSummary("Two rosters of one hub and period side by side.")
            .Requires(Permission.ReadRosters);
        group.MapGet("/{id:guid}/bound", Bound).WithName("GetRosterBound").WithSummary("How far from perfect the roster can still be.")
            .Requires(Permission.ReadRosters);
    }

    /// <summary>An absence of tomorrow and the day after: of the published roster.</summary>
    private static OperationExample Example(LocalDate today)
    {
        Instant Midnight(int days) => today.PlusDays(days).AtMidnight().InUtc().ToInstant();
        return new OperationExample(
            new RepairRosterRequest { Absences = [new AbsenceData { Agent = "dub-001", Start = Midnight(1), End = Midnight(3) }], From = Midnight(1) }, []);
    }

    /// <param name="id">Identity of the roster.</param>
    private static async Task<AcceptedAtRoute<JobAccepted>> Repair(
        Guid id, RepairRosterRequest request, WfmDbContext db, JobQueue jobs, IClock clock, ClaimsPrincipal user, Findings findings,
        CancellationToken cancellationToken)
    {
        var (roster, hub) = await RosterEndpoints.Find(id, db, user, cancellationToken);
        if (roster.State == PublicationState.Superseded)
        {
            throw ProblemException.Conflict("A newer roster of these days has been published since; repair that one.");
        }

        var from = request.From ?? clock.GetCurrentInstant();
        await Check(request, roster, hub, from, db, findings, cancellationToken);
        return JobAccepted.At(
            await jobs.Ask<RosterRepairJob>(new RosterRepairArguments(roster.Id, from, request), hub.Id, JobOwner.Of(user), cancellationToken));
    }

    /// <summary>What the job would find out later is said now.</summary>
    private static async Task Check(
        RepairRosterRequest request, Roster roster, Hub hub, Instant from, WfmDbContext db, Findings findings, CancellationToken cancellationToken)
    {
        var start = hub.Zone.AtStartOfDay(roster.Start).ToInstant();
        var end = hub.Zone.AtStartOfDay(roster.Start.PlusDays(roster.Days)).ToInstant();
        findings.Require(from < end, "/from", from, $"The roster is over at {end}; nothing of it can change from {from} on.");
        var people = await db.Agents.Where(a => a.HubId == hub.Id && a.Active).Select(a => a.Code).ToListAsync(cancellationToken);
        for (var i = 0; i < request.Absences.Count; i++)
        {
            if (request.Absences[i] is not { } absence)
            {
                findings.Add($"/absences/{i}", null, "A null in the list.");
                continue;
            }

            findings.Require(people.Contains(absence.Agent), $"/absences/{i}/agent", absence.Agent, $"Hub '{hub.Code}' has no active agent '{absence.Agent}'.");
            Span(findings, $"/absences/{i}/end", absence.Start, absence.End, Instant.Max(start, from), end);
        }

        var groups = await db.Coverage.Where(c => c.RosterId == roster.Id).Select(c => c.Group).ToListAsync(cancellationToken);
        for (var i = 0; i < request.Surges.Count; i++)
        {
            if (request.Surges[i] is not { } surge)
            {
                findings.Add($"/surges/{i}", null, "A null in the list.");
                continue;
            }

            findings.Require(
                surge.Group is null || groups.Contains(surge.Group), $"/surges/{i}/group", surge.Group, $"The roster covers no group '{surge.Group}'.");
            Span(findings, $"/surges/{i}/end", surge.Start, surge.End, start, end);
        }

        await CheckNewAgents(findings, request.NewAgents, roster, people, db, cancellationToken);
        await CheckReferences(findings, request, roster, hub, db, cancellationToken);
        findings.ThrowIfAny();
    }

    private static async Task CheckNewAgents(
        Findings findings, IReadOnlyList<string> agents, Roster roster, List<string> people, WfmDbContext db, CancellationToken cancellationToken)
    {
        ReferenceLists.CheckDistinct(findings, "/newAgents", agents);
        var rostered = await db.Shifts.Where(s => s.RosterId == roster.Id && agents.Contains(s.Agent!.Code)).Select(s => s.Agent!.Code).Distinct()
            .ToListAsync(cancellationToken);
        for (var i = 0; i < agents.Count; i++)
        {
            findings.Require(people.Contains(agents[i]), $"/newAgents/{i}", agents[i], $"The hub has no active agent '{agents[i]}'.");
            findings.Require(
                !rostered.Contains(agents[i]), $"/newAgents/{i}", agents[i], $"Agent '{agents[i]}' has shifts in the roster already and is not new.");
        }
    }

    private static async Task CheckReferences(
        Findings findings, RepairRosterRequest request, Roster roster, Hub hub, WfmDbContext db, CancellationToken cancellationToken)
    {
        if (request.LabourPolicy is { } policy)
        {
            findings.Require(
                policy.Code == hub.LabourPolicy || policy.Code == hub.WellbeingPolicy, "/labourPolicy/code", policy.Code,
                $"Hub '{hub.Code}' does not have the policy '{policy.Code}'.");
            findings.Require(
                await db.LabourPolicies.AnyAsync(p => p.Code == policy.Code && p.ValidFrom == policy.ValidFrom, cancellationToken),
                "/labourPolicy/validFrom", policy.ValidFrom, $"There is no version of the policy '{policy.Code}' from {policy.ValidFrom:uuuu-MM-dd} on.");
        }

        if (request.RequirementId is { } id)
        {
            var complaint = await db.RequirementOf(hub, id, cancellationToken) is not { } requirement
                ? $"Hub '{hub.Code}' has no requirement '{id}'."
                : RosterSpan.WhyNot(hub, requirement, roster.Start, roster.Days) ?? RosterSpan.WhyNot(requirement, roster.RiskLevel);
            findings.Require(complaint is null, "/requirementId", id, complaint ?? "");
        }
    }

    private static void Span(Findings findings, string field, Instant start, Instant end, Instant earliest, Instant latest)
    {
        findings.Require(end > start, field, end, $"The end {end} is not after the start {start}.");
        findings.Require(start < latest && end > earliest, field, end, $"{start} to {end} lies outside what may change, {earliest} to {latest}.");
    }

    /// <param name="id">Identity of the roster.</param>
    private static async Task<RosterBoundResponse> Bound(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (roster, _) = await RosterEndpoints.Find(id, db, user, cancellationToken);
        var (penalty, bound) = (roster.Summary.Penalty, roster.Summary.LowerBound);
        return bound is { } known ? new RosterBoundResponse(penalty, known, Scorecard.GapOf(penalty, known), Reason: null)
            : new RosterBoundResponse(penalty, null, null, "The roster was made without computing a lower bound.");
    }

    /// <param name="id">Identity of a roster that a repair made.</param>
    private static async Task<RosterChangesResponse> Changes(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await RosterEndpoints.Find(id, db, user, cancellationToken);
        var repair = await db.RosterRepairs.AsNoTracking().SingleOrDefaultAsync(r => r.RosterId == id, cancellationToken)
            ?? throw new ProblemException(StatusCodes.Status404NotFound, $"The roster '{id}' repairs no other; compare it with one instead.");
        return new RosterChangesResponse(repair.RosterId, repair.OriginalId, repair.From, repair.Summary, repair.Changes);
    }

    /// <param name="id">Identity of the roster.</param>
    /// <param name="with">Identity of another roster of the same hub and period.</param>
    private static async Task<RosterComparisonResponse> Compare(Guid id, Guid with, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (roster, hub) = await RosterEndpoints.Find(id, db, user, cancellationToken);
        var other = await db.Rosters.AsNoTracking().SingleOrDefaultAsync(r => r.Id == with, cancellationToken)
            ?? throw ProblemException.Semantic("with", $"There is no roster '{with}'.");
        await db.HubOf(other.HubId, user, cancellationToken);
        if (other.HubId != hub.Id || other.Start != roster.Start || other.Days != roster.Days)
        {
            throw ProblemException.Semantic("with", $"The roster '{with}' is not of hub '{hub.Code}' over {roster.Days} days from {roster.Start:uuuu-MM-dd}.");
        }

        var comparison = RosterComparison.Of(await Side(roster, hub, db, cancellationToken), await Side(other, hub, db, cancellationToken));
        return new RosterComparisonResponse(
            ToData(roster, comparison.First), ToData(other, comparison.Second), comparison.PeopleChanged,
            [
                .. comparison.Changes.Select(c => new ShiftDifferenceData(
                    c.AgentId, c.Date, ChangedShift.From(c.From), ChangedShift.From(c.To), RosterChangeData.Name(c.Kind))),
            ]);
    }

    private static async Task<RosterSide> Side(Roster roster, Hub hub, WfmDbContext db, CancellationToken cancellationToken) =>
        new RosterSide(
            hub.Zone, roster.Start, roster.Days, await StoredShifts.Of(db, roster.Id, cancellationToken), roster.Summary.Figures, Score: null,
            roster.Violations.Count);

    private static RosterSideData ToData(Roster roster, RosterFigures figures) => new(
        roster.Id, roster.Revision, figures.Shifts, figures.PaidHours, CoverageTotals.From(figures.Coverage), roster.Summary.Penalty, roster.Summary.Costs,
        ShareData.From(figures.Fairness.Nights), ShareData.From(figures.Fairness.Weekends), figures.Violations, roster.Violations.Count(v => v.Hard));
}
