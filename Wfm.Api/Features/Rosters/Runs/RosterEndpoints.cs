using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Publishing;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Rosters.Waivers;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Api.Security;
using Wfm.Scheduling.Rostering;

namespace Wfm.Api.Features.Rosters.Runs;

internal static class RosterEndpoints
{
    public static void MapRosterRuns(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/rosters").WithTags("Rosters");
        group.MapPost("/", Create).WithName("CreateRoster").WithSummary("Rosters a hub in a job; poll the returned location.")
            .Requires(Permission.WriteRosters);
        group.MapGet("/", List).WithName("ListRosters").WithSummary("Rosters, newest first.").Requires(Permission.ReadRosters);
        group.MapGet("/{id:guid}", Get).WithName("GetRoster").WithSummary("A roster with its figures.").Requires(Permission.ReadRosters);
        group.MapGet("/{id:guid}/shifts", Shifts).WithName("GetRosterShifts").WithSummary("Shifts by agent and day, in order of start.")
            .Requires(Permission.ReadRosters);
        group.MapGet("/{id:guid}/coverage", Coverage).WithName("GetRosterCoverage")
            .WithSummary("Required against scheduled heads by skill group and interval, and deferrable work against its deadlines.")
            .Requires(Permission.ReadRosters);
        group.MapGet("/{id:guid}/violations", Violations).WithName("GetRosterViolations")
            .WithSummary("Rules and contract hours that could not be kept, each with the reason, and the waiver under which it was allowed.")
            .Requires(Permission.ReadRosters);
        group.MapPost("/{id:guid}:publish", Publish).WithName("PublishRoster").WithSummary(
                "Publishes a draft: from now on it decides about its days of its people, earlier rosters keep the others. Refused with 409 and the "
                    + "violations when it would break a hard rule with what is in force around it, or somebody would work twice at once.")
            .Requires(Permission.WriteRosters);
        routes.MapGet("/api/v1/agents/{code}/shifts", ShiftsOfAgent).WithTags("Rosters").WithName("GetAgentShifts").WithSummary(
                "Shifts that count for one agent, at whatever hub: of published rosters, and imported where nothing is published; with drafts=true also of "
                    + "the newest draft where nothing else is known. A shift that leave has taken away is none.")
            .Requires(Permission.ReadRosters);
    }

    private static async Task<AcceptedAtRoute<JobAccepted>> Create(
        CreateRosterRequest request, WfmDbContext db, RosterPins pins, JobQueue jobs, ClaimsPrincipal user, Findings findings,
        CancellationToken cancellationToken)
    {
        var hub = await db.HubByCode(request.Hub, user, cancellationToken);
        if (hub.LabourPolicy is null)
        {
            throw ProblemException.Semantic(
                "/hub", $"Hub '{hub.Code}' has no labour policy; people are not rostered without rules. Set labourPolicy on the hub.");
        }

        await Check(request, hub, pins, db, findings, cancellationToken);
        var arguments = new RosterArguments(
            request.RequirementId, request.Start, request.Days, request.RiskLevel, request.ToLimits(RosterDefaults.MaximumMoves))
        {
            Pins = request.Pins,
            Replan = request.Replan,
        };
        return JobAccepted.At(await jobs.Ask<RosterJob>(arguments, hub.Id, JobOwner.Of(user), cancellationToken));
    }

    /// <summary>What the job would find out later is said now.</summary>
    private static async Task Check(
        CreateRosterRequest request, Hub hub, RosterPins pins, WfmDbContext db, Findings findings, CancellationToken cancellationToken)
    {
        if (await db.RequirementOf(hub, request.RequirementId, cancellationToken) is not { } requirement)
        {
            throw request.RequirementId is { } id
                ? ProblemException.Semantic("/requirementId", $"Hub '{hub.Code}' has no requirement '{id}'.")
                : ProblemException.Semantic("/hub", $"Hub '{hub.Code}' has no requirement yet; compute one with POST /api/v1/requirements.");
        }

        var start = request.Start ?? HubRosterer.FirstDay(hub.Zone, requirement.Forecast!.CutOff);
        if (!findings.IsMalformed && RosterSpan.WhyNot(hub, requirement, start, request.Days) is { } span)
        {
            findings.Add(request.Start is null ? "/days" : "/start", start, span);
        }

        if (RosterSpan.WhyNot(requirement, request.RiskLevel) is { } level)
        {
            findings.Add("/riskLevel", request.RiskLevel, level);
        }

        await pins.Read(request.Pins, hub, start, request.Days, findings, cancellationToken);
        findings.ThrowIfAny();
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="state">draft, published or superseded.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<RosterResponse>> List(
        WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, string? hub = null, QueryEnum<PublicationState>? state = null,
        int? limit = null, string? after = null)
    {
        var (take, only) = (Paging.Limit(limit), state?.Value);
        var hubs = await db.HubsFor(hub, user, cancellationToken);
        var ids = hubs.Keys.ToArray();
        var before = Paging.Id(after);
        var found = await db.Rosters.AsNoTracking()
            .Where(r => ids.Contains(r.HubId) && (only == null || r.State == only) && (before == null || r.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(r => r.Id).Take(take + 1).ToListAsync(cancellationToken);
        var service = await db.ServiceOf(found.ConvertAll(r => r.Id), cancellationToken);
        return found.ToPage(take, r => r.Id.ToString(), r => ToResponse(r, hubs[r.HubId].Code, service.GetValueOrDefault(r.Id)));
    }

    /// <param name="id">Identity of the roster.</param>
    private static async Task<RosterResponse> Get(Guid id, WfmDbContext db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken)
    {
        var (roster, hub) = await Find(id, db, user, cancellationToken);
        response.SetETag(roster.Version);
        return ToResponse(roster, hub.Code, (await db.ServiceOf([roster.Id], cancellationToken)).GetValueOrDefault(roster.Id));
    }

    /// <param name="id">Identity of the roster.</param>
    /// <param name="agent">Code of an agent.</param>
    /// <param name="from">First local day.</param>
    /// <param name="to">Last local day, inclusive.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<ShiftResponse>> Shifts(
        Guid id, WfmDbContext db, ShiftsInForce inForce, ClaimsPrincipal user, CancellationToken cancellationToken, string? agent = null,
        QueryDate? from = null, QueryDate? to = null, int? limit = null, string? after = null)
    {
        var take = Paging.Limit(limit);
        // without what is wrong with it and why: a page of shifts is read far more often
        var roster = await db.Rosters.AsNoTracking().Where(r => r.Id == id).Select(r => new RosterDays(r.Id, r.HubId, r.State, r.Start, r.Days))
            .SingleOrDefaultAsync(cancellationToken) ?? throw ProblemException.NotFound("roster", id.ToString());
        var hub = await db.HubOf(roster.HubId, user, cancellationToken);
        if (agent is not null && !await db.Agents.AnyAsync(a => a.Code == agent && a.HubId == hub.Id, cancellationToken))
        {
            throw ProblemException.Semantic("agent", $"Hub '{hub.Code}' has no agent '{agent}'.");
        }

        var (onwards, earlier, lastId) = StartCursor.Read(after) is { } cursor ? (true, cursor.Start, cursor.Id) : (false, default(Instant), default(Guid));
        LocalDate? first = from?.Value, last = to?.Value;
        var found = await db.Shifts.AsNoTracking().Where(s =>
                s.RosterId == roster.Id && (agent == null || s.Agent!.Code == agent) && (first == null || s.Date >= first) && (last == null || s.Date <= last))
            .Where(s => !onwards || s.Start > earlier || (s.Start == earlier && s.Id > lastId)).OrderBy(s => s.Start).ThenBy(s => s.Id).Take(take + 1)
            .ToListAsync(cancellationToken);
        var agents = found.Select(s => s.AgentId).Distinct().ToList();
        var codes = await db.Agents.Where(a => agents.Contains(a.Id)).Select(a => new { a.Id, a.Code })
            .ToDictionaryAsync(a => a.Id, a => a.Code, cancellationToken);
        var state = await States(roster, agents, inForce, cancellationToken);
        return found.ToPage(take, s => StartCursor.Key(s.Start, s.Id), s => ToResponse(s, codes[s.AgentId], state(s), hub));
    }

    /// <summary>Which of a roster's shifts count.</summary>
    private static async Task<Func<Shift, RosterShiftState>> States(
        RosterDays roster, List<Guid> agents, ShiftsInForce inForce, CancellationToken cancellationToken)
    {
        if (roster.State == PublicationState.Draft)
        {
            return _ => RosterShiftState.Draft;
        }

        var published = new InForce(await inForce.Layers(agents, roster.Start, roster.Start.PlusDays(roster.Days), drafts: false, cancellationToken));
        var leave = await inForce.Leave(agents, cancellationToken);
        return s => published.Of(roster.HubId, s.AgentId, s.Date)?.RosterId != roster.Id ? RosterShiftState.Superseded
            : leave.Frees(s.AgentId, s.Start, s.End, s.Activities) ? RosterShiftState.Freed : RosterShiftState.Published;
    }

    /// <param name="code">Code of the agent.</param>
    /// <param name="from">First local day; the first there is when left out.</param>
    /// <param name="to">Last local day, inclusive; the last there is when left out.</param>
    /// <param name="drafts">True for drafts too; false when left out.</param>
    private static async Task<IReadOnlyList<AgentShiftResponse>> ShiftsOfAgent(
        string code, WfmDbContext db, ShiftsInForce inForce, ClaimsPrincipal user, CancellationToken cancellationToken, QueryDate? from = null,
        QueryDate? to = null, bool drafts = false)
    {
        var agent =
            await db.Agents.AsNoTracking().SingleOrDefaultAsync(a => a.Code == code, cancellationToken) ?? throw ProblemException.NotFound("agent", code);
        await db.HubOf(agent.HubId, user, cancellationToken);
        var hubs = await db.Hubs.AsNoTracking().ToDictionaryAsync(h => h.Id, cancellationToken);
        var shifts = await inForce.Of([agent.Id], from?.Value, to?.Value.PlusDays(1), drafts, cancellationToken);
        return shifts.ConvertAll(s => AgentShiftResponse.From(s, agent.Code, hubs[s.HubId]));
    }

    /// <param name="id">Identity of the roster.</param>
    /// <param name="group">Skill group; all when left out.</param>
    private static async Task<IReadOnlyList<CoverageResponse>> Coverage(
        Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, string? group = null)
    {
        var (roster, _) = await Find(id, db, user, cancellationToken);
        var found = await db.Coverage.AsNoTracking().Where(c => c.RosterId == roster.Id && (group == null || c.Group == group)).OrderBy(c => c.Group)
            .ToListAsync(cancellationToken);
        var deadlines = (
            await db.DeadlineCoverage.AsNoTracking().Where(d => d.RosterId == roster.Id && (group == null || d.Group == group)).OrderBy(d => d.Place)
                .ToListAsync(cancellationToken)
        ).ToLookup(d => d.Group);
        return
        [
            .. found.Select(c => new CoverageResponse(
                c.Group, c.Start, c.IntervalMinutes, c.Required, c.Scheduled,
                CoverageFigures.Of([(c.Required, c.Scheduled)], roster.IntervalMinutes / 60.0).Coverage,
                [
                    .. deadlines[c.Group]
                        .Select(d => new DeferrableResponse(d.Queue, d.DueHours, d.ArrivedHours, d.WorkedHours, d.LateHours, d.UndoneHours, d.FirstLate)),
                ])),
        ];
    }

    /// <param name="id">Identity of the roster.</param>
    private static async Task<IReadOnlyList<RosterViolation>> Violations(
        Guid id, WfmDbContext db, PublicationCheck check, WaiverBook waivers, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (roster, hub) = await Find(id, db, user, cancellationToken);
        var now = roster.State == PublicationState.Draft ? await check.Of(roster, hub, cancellationToken) : [];
        var known = await waivers.Named(hub.Id, roster.Violations, cancellationToken);
        return [.. known, .. now.Select(b => b.Shown).ExceptBy(known.Select(Kind), Kind)];

        static (string, string?, LocalDate?, LocalDate?, string?) Kind(RosterViolation v) => (v.Rule, v.Agent, v.From, v.To, v.Group);
    }

    /// <param name="id">Identity of the roster.</param>
    private static async Task<RosterResponse> Publish(
        Guid id, WfmDbContext db, RosterPublisher publisher, ClaimsPrincipal user, HttpRequest request, HttpResponse response,
        CancellationToken cancellationToken)
    {
        var (roster, hub) = await Find(id, db, user, cancellationToken);
        if (request.Headers.IfMatch.Count > 0)
        {
            request.CheckIfMatch(roster.Version);
        }

        if (roster.State == PublicationState.Superseded)
        {
            throw ProblemException.Conflict("A newer roster of these days has been published since; make a new one instead.");
        }

        if (roster.State == PublicationState.Draft)
        {
            await publisher.Publish(roster, hub, user.KeyName(), cancellationToken);
        }

        return await Get(id, db, user, response, cancellationToken);
    }

    internal static async Task<(Roster Roster, Hub Hub)> Find(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var roster =
            await db.Rosters.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken)
            ?? throw ProblemException.NotFound("roster", id.ToString());
        return (roster, await db.HubOf(roster.HubId, user, cancellationToken));
    }

    private static RosterResponse ToResponse(Roster roster, string hub, ServiceCheckSummary? service) => new(
        roster.Id, hub, roster.Start, roster.Days, roster.Revision, roster.State, roster.RequirementRunId, roster.RiskLevel, roster.Seed, roster.MaximumMoves,
        roster.Summary, roster.Violations.Count, roster.Uncovered.Count, roster.CreatedAt, roster.PublishedAt, roster.Edits,
        service);

    private static ShiftResponse ToResponse(Shift shift, string agent, RosterShiftState state, Hub hub) =>
        new(
            shift.Id, state, agent, hub.Code, shift.Date, shift.Template, shift.Start, shift.End, AgentShiftResponse.Local(shift.Start, hub),
            AgentShiftResponse.Local(shift.End, hub), shift.PaidMinutes, shift.Activities);

    /// <summary>A roster as far as its shifts need it.</summary>
    private sealed record RosterDays(Guid Id, Guid HubId, PublicationState State, LocalDate Start, int Days);
}
