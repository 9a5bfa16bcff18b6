using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Features.People.TimeOff.Limits;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.TimeOff.Requests;

internal static class LeaveRequestEndpoints
{
    private const string Path = "/api/v1/time-off-requests";

    public static void MapLeaveRequests(this IEndpointRouteBuilder routes)
    {
        var agents = routes.MapGroup("/api/v1/agents").WithTags("Time off");
        agents.MapGet("/{code}/time-off-requests", ListOfAgent).WithName("ListTimeOffRequestsOfAgent")
            .WithSummary("Lists a person's requests for leave, newest first.").Requires(Permission.ReadPeople).WithExample(path: ("code", "dub-001"));
        agents.MapPost("/{code}/time-off-requests", Ask).WithName("CreateTimeOffRequest").WithSummary(
                "Asks for leave. Balance, blackout, notice, allowance, coverage and minimum presence decide in this order; the answer says which one "
                    + "decided, with its numbers: approved, pending (a person decides), waiting (with position and expiry) or refused.")
            .Requires(Permission.WritePeople).WithDatedExample(today => new OperationExample(
                new AskLeaveRequest { Type = "annual", From = today.PlusDays(60), To = today.PlusDays(64), Note = "A week by the sea." },
                [("code", "dub-001")]));
        var group = routes.MapGroup(Path).WithTags("Time off").WithNotModified();
        group.MapGet("/", List).WithName("ListTimeOffRequests").WithSummary("Lists requests for leave, newest first.").Requires(Permission.ReadPeople);
        group.MapGet("/{id:guid}", Get).WithName("GetTimeOffRequest").WithSummary("Reads a request for leave.").Requires(Permission.ReadPeople);
        group.MapPost("/{id:guid}:approve", Approve).WithName("ApproveTimeOffRequest").WithSummary(
                "Grants a request that is pending, waiting or refused. The rules are asked again; what they refuse is granted only with override and a reason, "
                    + "and nothing goes below the balance.")
            .Requires(LeavePermissions.Deciding).WithExample(new DecideLeaveRequest { Reason = "Agreed with the team." });
        group.MapPost("/{id:guid}:refuse", Refuse).WithName("RefuseTimeOffRequest").WithSummary(
                "Refuses a request that is pending or waiting, with a reason; whoever waits for its places moves up.")
            .Requires(LeavePermissions.Deciding).WithExample(new DecideLeaveRequest { Reason = "The launch needs everybody." });
        group.MapPost("/{id:guid}:withdraw", Withdraw).WithName("WithdrawTimeOffRequest").WithSummary(
                "Takes a request back that is not decided; whoever waits for its places moves up.")
            .Requires(Permission.WritePeople).WithExample(new TakeBackLeaveRequest { Reason = "Plans have changed." });
        group.MapPost("/{id:guid}:cancel", Cancel).WithName("CancelTimeOffRequest").WithSummary(
                "Gives granted leave back, all of it before it begins or its days from a date on; its hours and places are free at once.")
            .Requires(Permission.WritePeople).WithExample(new TakeBackLeaveRequest { Reason = "Plans have changed." });
    }

    /// <param name="code">Code of the agent.</param>
    /// <param name="state">Only requests in this state.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<LeaveRequestResponse>>> ListOfAgent(
        string code, WfmDbContext db, LeaveReading reading, ClaimsPrincipal user, CancellationToken cancellationToken, QueryEnum<LeaveState>? state = null,
        int? limit = null, string? after = null)
    {
        var agent = await AgentEndpoints.Find(db.Agents.AsNoTracking(), code, user, cancellationToken);
        return TypedResults.Ok(await OfAgent(agent, user.SeesReasons(), db, reading, state?.Value, limit, after, cancellationToken));
    }

    /// <summary>A person's requests, whoever reads them.</summary>
    internal static Task<Page<LeaveRequestResponse>> OfAgent(
        Agent agent, bool seesReasons, WfmDbContext db, LeaveReading reading, LeaveState? state, int? limit, string? after,
        CancellationToken cancellationToken) =>
        PageOf(
            db.LeaveRequests.Where(r => r.AgentId == agent.Id && (state == null || r.State == state)), seesReasons, reading, limit, after, cancellationToken);

    /// <param name="hub">Only requests at this hub.</param>
    /// <param name="state">Only requests in this state.</param>
    /// <param name="from">Only leave that ends after this instant.</param>
    /// <param name="to">Only leave that starts before this instant.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<LeaveRequestResponse>>> List(
        WfmDbContext db, LeaveReading reading, ClaimsPrincipal user, CancellationToken cancellationToken, string? hub = null,
        QueryEnum<LeaveState>? state = null, QueryInstant? from = null, QueryInstant? to = null, int? limit = null, string? after = null)
    {
        var hubs = (await db.HubsFor(hub, user, cancellationToken)).Keys.ToList();
        var requests = db.LeaveRequests.Where(r => hubs.Contains(r.HubId));
        if (state?.Value is { } asked)
        {
            requests = requests.Where(r => r.State == asked);
        }

        if (from?.Value is { } start)
        {
            requests = requests.Where(r => r.End > start);
        }

        if (to?.Value is { } end)
        {
            requests = requests.Where(r => r.Start < end);
        }

        return TypedResults.Ok(await PageOf(requests, user.SeesReasons(), reading, limit, after, cancellationToken));
    }

    /// <param name="id">Id of the request.</param>
    private static async Task<Ok<LeaveRequestResponse>> Get(
        Guid id, WfmDbContext db, LeaveReading reading, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken) =>
        await Answer(await Find(db, id, user, cancellationToken), reading, user.SeesReasons(), response, cancellationToken);

    /// <param name="code">Code of the agent.</param>
    private static async Task<Created<LeaveRequestResponse>> Ask(
        string code, AskLeaveRequest request, WfmDbContext db, LeaveDesk desk, LeaveReading reading, ClaimsPrincipal user, IClock clock, HttpResponse response,
        Findings findings, CancellationToken cancellationToken)
    {
        var agent = await AgentEndpoints.Find(db.Agents.AsNoTracking(), code, user, cancellationToken);
        return await AskFor(agent, request, Path, user, db, desk, reading, clock, response, findings, cancellationToken);
    }

    /// <summary>Asks for a person, whoever sends it.</summary>
    /// <param name="path">Under which whoever asks reads it.</param>
    internal static async Task<Created<LeaveRequestResponse>> AskFor(
        Agent agent, AskLeaveRequest request, string path, ClaimsPrincipal user, WfmDbContext db, LeaveDesk desk, LeaveReading reading, IClock clock,
        HttpResponse response, Findings findings, CancellationToken cancellationToken)
    {
        var type = await db.LeaveTypes.AsNoTracking().SingleOrDefaultAsync(t => t.Code == request.Type, cancellationToken);
        var ask = LeaveAskRules.Read(request, agent, type, clock.GetCurrentInstant(), findings);
        findings.ThrowIfAny();
        var asked = await desk.Ask(agent, type!, ask!, JobOwner.Of(user), cancellationToken);
        response.Headers.ETag = ETags.Of(asked.Id, asked.Version);
        return TypedResults.Created($"{path}/{asked.Id}", (await reading.Of([asked], seesReasons: true, cancellationToken))[0]); // one's own words
    }

    /// <param name="id">Id of the request.</param>
    private static async Task<Ok<LeaveRequestResponse>> Approve(
        Guid id, DecideLeaveRequest request, WfmDbContext db, LeaveDesk desk, LeaveReading reading, ClaimsPrincipal user, HttpResponse response,
        Findings findings, CancellationToken cancellationToken)
    {
        await Find(db, id, user, cancellationToken);
        findings.Require(
            !request.Override || !string.IsNullOrWhiteSpace(request.Reason), "/reason", request.Reason, "Who grants leave against a rule says why.");
        findings.ThrowIfAny();
        var approved = await desk.Approve(id, request.Reason, request.Override, JobOwner.Of(user), cancellationToken);
        return await Answer(approved, reading, seesReasons: true, response, cancellationToken);
    }

    /// <param name="id">Id of the request.</param>
    private static async Task<Ok<LeaveRequestResponse>> Refuse(
        Guid id, DecideLeaveRequest request, WfmDbContext db, LeaveDesk desk, LeaveReading reading, ClaimsPrincipal user, HttpResponse response,
        Findings findings, CancellationToken cancellationToken)
    {
        await Find(db, id, user, cancellationToken);
        findings.Require(!string.IsNullOrWhiteSpace(request.Reason), "/reason", request.Reason, "Who refuses leave says why.");
        findings.Require(!request.Override, "/override", request.Override, "Only an approval goes against a rule.");
        findings.ThrowIfAny();
        var refused = await desk.Refuse(id, request.Reason!, JobOwner.Of(user), cancellationToken);
        return await Answer(refused, reading, seesReasons: true, response, cancellationToken);
    }

    /// <param name="id">Id of the request.</param>
    private static async Task<Ok<LeaveRequestResponse>> Withdraw(
        Guid id, TakeBackLeaveRequest request, WfmDbContext db, LeaveDesk desk, LeaveReading reading, ClaimsPrincipal user, HttpResponse response,
        Findings findings, CancellationToken cancellationToken)
    {
        await Find(db, id, user, cancellationToken);
        findings.Require(request.From is null, "/from", request.From, "A request is withdrawn whole; only granted leave is cancelled in part.");
        findings.ThrowIfAny();
        var withdrawn = await desk.Withdraw(id, request.Reason, JobOwner.Of(user), cancellationToken);
        return await Answer(withdrawn, reading, user.SeesReasons(), response, cancellationToken);
    }

    /// <param name="id">Id of the request.</param>
    private static async Task<Ok<LeaveRequestResponse>> Cancel(
        Guid id, TakeBackLeaveRequest request, WfmDbContext db, LeaveDesk desk, LeaveReading reading, ClaimsPrincipal user, HttpResponse response,
        CancellationToken cancellationToken)
    {
        await Find(db, id, user, cancellationToken);
        var cancelled = await desk.Cancel(id, request.From, request.Reason, JobOwner.Of(user), cancellationToken);
        return await Answer(cancelled, reading, user.SeesReasons(), response, cancellationToken);
    }

    internal static async Task<Ok<LeaveRequestResponse>> Answer(
        LeaveRequest request, LeaveReading reading, bool seesReasons, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.ETag = ETags.Of(request.Id, request.Version);
        return TypedResults.Ok((await reading.Of([request], seesReasons, cancellationToken))[0]);
    }

    private static async Task<Page<LeaveRequestResponse>> PageOf(
        IQueryable<LeaveRequest> requests, bool seesReasons, LeaveReading reading, int? limit, string? after, CancellationToken cancellationToken)
    {
        var take = Paging.Limit(limit);
        if (Paging.Id(after) is { } last)
        {
            requests = requests.Where(r => r.Id < last);
        }

        var page = await requests.AsNoTracking().OrderByDescending(r => r.Id).Take(take + 1).ToListAsync(cancellationToken);
        var answers = await reading.Of(page, seesReasons, cancellationToken);
        return answers.ToPage(take, r => r.Id.ToString(), r => r);
    }

    private static async Task<LeaveRequest> Find(WfmDbContext db, Guid id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var request = await db.LeaveRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken)
            ?? throw ProblemException.NotFound("request for leave with id", id.ToString());
        await db.HubOf(request.HubId, user, cancellationToken);
        return request;
    }
}
