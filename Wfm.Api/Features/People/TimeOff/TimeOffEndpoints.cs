using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Features.People.TimeOff.Limits;
using Wfm.Api.Features.People.TimeOff.Requests;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.People.TimeOff;

/// <summary>Granted time off; start and end as instants, or in the time of the agent's hub.</summary>
public sealed record TimeOffRequest
{
    /// <summary>Code of the type of leave, which says whether it is paid and whose balance it takes hours from.</summary>
    [Required, Code]
    public string Type { get; init; } = "";

    /// <summary>Start, inclusive.</summary>
    public Instant? Start { get; init; }

    /// <summary>End, exclusive.</summary>
    public Instant? End { get; init; }

    /// <summary>Start in the hub's time, instead of <c>start</c>.</summary>
    public LocalDateTime? LocalStart { get; init; }

    /// <summary>End in the hub's time, instead of <c>end</c>.</summary>
    public LocalDateTime? LocalEnd { get; init; }

    /// <summary>True for leave that is a fact even where the balance does not hold it: the balance goes below what its type allows.</summary>
    public bool Overdraw { get; init; }

    /// <summary>What the system that grants it adds; seen by the person and by who decides about requests.</summary>
    [StringLength(500)]
    public string? Note { get; init; }
}

/// <summary>Granted time off. Its start never changes; its end comes forward when a part is given back.</summary>
/// <param name="Id">Id of the entry.</param>
/// <param name="Type">Code of the type of leave; null where its reason is hidden from the caller.</param>
/// <param name="Treatment">What it is to pay and to averages, as the type said when it was granted; null where the reason is hidden.</param>
/// <param name="Start">Start, inclusive.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="GrantedAt">When it was granted.</param>
/// <param name="Edits">Edits by which it has taken shifts out of published rosters.</param>
/// <param name="Repairs">Jobs, each of which makes a draft that repairs a published roster out of which the leave has taken shifts.</param>
/// <param name="Note">What the system that granted it added; null for nothing, and for others than the person and who decides about requests.</param>
public sealed record TimeOffResponse(
    Guid Id, string? Type, LeaveKind? Treatment, Instant Start, Instant End, Instant GrantedAt, IReadOnlyList<LeaveEditData> Edits,
    IReadOnlyList<string> Repairs, string? Note)
{
    /// <param name="hidden">Codes of the types whose reason the reader does not see.</param>
    /// <param name="notes">Whether the reader sees notes.</param>
    internal static TimeOffResponse From(TimeOffEntry entry, IReadOnlyCollection<string> hidden, bool notes)
    {
        var shown = !hidden.Contains(entry.Type);
        return new TimeOffResponse(
            entry.Id, shown ? entry.Type : null, shown ? entry.Kind : null, entry.Start, entry.End, entry.GrantedAt, entry.Edits,
            entry.Repairs.ConvertAll(job => $"/api/v1/jobs/{job}"), notes ? entry.Note : null);
    }
}

internal static class TimeOffEndpoints
{
    internal static readonly Duration Longest = Duration.FromDays(3 * 366); // leave is booked day by day

    public static void MapTimeOff(this IEndpointRouteBuilder routes)
    {
        var agents = routes.MapGroup("/api/v1/agents").WithTags("Agents").WithNotModified();
        agents.MapGet("/{code}/time-off", List).WithName("ListTimeOff").WithSummary("Lists an agent's time off in order of start.")
            .Requires(Permission.ReadPeople).WithExample(path: ("code", "dub-001"));
        agents.MapGet("/{code}/time-off/{id:guid}", Get).WithName("GetTimeOff").WithSummary("Reads one entry of time off.").Requires(Permission.ReadPeople);
        agents.MapPost("/{code}/time-off", Create).WithName("CreateTimeOff").WithSummary(
                "Grants time off that another system has decided, back in time too. It books the balance of its type and takes published shifts out, or "
                    + "cuts them, by an edit of each roster they are of, which a job then repairs; the next roster keeps it free.")
            .Requires(Permission.WritePeople).WithDatedExample(today => new OperationExample(
                new TimeOffRequest
                {
                    Type = "annual",
                    LocalStart = today.PlusDays(120).AtMidnight(),
                    LocalEnd = today.PlusDays(125).AtMidnight(),
                },
                [("code", "dub-001")]));
        routes.MapTimeOffImport();
        agents.MapDelete("/{code}/time-off/{id:guid}", Delete).WithName("DeleteTimeOff").WithSummary(
                "Takes time off back that another system had granted, with its hours; another edit gives the shifts back that it had taken, where their "
                    + "days have not changed since and no rule is broken. What was asked for is cancelled by its request.")
            .Requires(Permission.WritePeople).WithMetadata(new NoIfMatch());
    }

    /// <param name="code">Code of the agent.</param>
    /// <param name="from">Only what ends after this instant.</param>
    /// <param name="to">Only what starts before this instant.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<TimeOffResponse>>> List(
        string code, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, QueryInstant? from = null, QueryInstant? to = null,
        int? limit = null, string? after = null)
    {
        var take = Paging.Limit(limit);
        var agent = await AgentEndpoints.Find(db.Agents.AsNoTracking(), code, user, cancellationToken);
        var entries = db.TimeOff.AsNoTracking().Where(t => t.AgentId == agent.Id);
        if (from?.Value is { } start)
        {
            entries = entries.Where(t => t.End > start);
        }

        if (to?.Value is { } end)
        {
            entries = entries.Where(t => t.Start < end);
        }

        if (StartCursor.Read(after) is { } cursor)
        {
            entries = entries.Where(t => t.Start > cursor.Start || (t.Start == cursor.Start && t.Id > cursor.Id));
        }

        var page = await entries.OrderBy(t => t.Start).ThenBy(t => t.Id).Take(take + 1).ToListAsync(cancellationToken);
        var hidden = await Hidden(db, user, cancellationToken);
        return TypedResults.Ok(page.ToPage(take, t => StartCursor.Key(t.Start, t.Id), t => TimeOffResponse.From(t, hidden, user.SeesReasons())));
    }

    /// <param name="code">Code of the agent.</param>
    /// <param name="id">Id of the entry.</param>
    private static async Task<Ok<TimeOffResponse>> Get(
        string code, Guid id, WfmDbContext db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken)
    {
        var entry = await Find(db, code, id, user, cancellationToken);
        response.Headers.ETag = ETags.Of(entry.Id, entry.Version);
        return TypedResults.Ok(TimeOffResponse.From(entry, await Hidden(db, user, cancellationToken), user.SeesReasons()));
    }

    /// <param name="code">Code of the agent.</param>
    private static async Task<Created<TimeOffResponse>> Create(
        string code, TimeOffRequest request, WfmDbContext db, LeaveDesk desk, ClaimsPrincipal user, HttpResponse response, Findings findings,
        CancellationToken cancellationToken)
    {
        var agent = await AgentEndpoints.Find(db.Agents.AsNoTracking(), code, user, cancellationToken);
        var type = await db.LeaveTypes.AsNoTracking().SingleOrDefaultAsync(t => t.Code == request.Type, cancellationToken);
        findings.Require(type is not null, "/type", request.Type, $"There is no leave type '{request.Type}'.");
        var (start, end) = TimeRanges.Resolve(findings, agent.Hub!.Zone, request.Start, request.End, request.LocalStart, request.LocalEnd);
        findings.Require(end - start <= Longest, "/end", end, $"Leave of at most {Longest.Days} days can be entered at once.");
        findings.Storable(request.Note, "/note");
        findings.ThrowIfAny();
        var entry = await desk.Grant(new LeaveFact(agent, type!, start, end, request.Overdraw, request.Note), JobOwner.Of(user), cancellationToken);
        response.Headers.ETag = ETags.Of(entry.Id, entry.Version);
        return TypedResults.Created($"/api/v1/agents/{code}/time-off/{entry.Id}", TimeOffResponse.From(entry, [], notes: true)); // the caller's own words
    }

    /// <param name="code">Code of the agent.</param>
    /// <param name="id">Id of the entry.</param>
    private static async Task<NoContent> Delete(
        string code, Guid id, WfmDbContext db, LeaveDesk desk, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var agent = await AgentEndpoints.Find(db.Agents.AsNoTracking(), code, user, cancellationToken);
        await desk.TakeBack(agent, id, JobOwner.Of(user), cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Codes of the types whose reason the caller does not see.</summary>
    private static async Task<List<string>> Hidden(WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        user.SeesReasons() ? [] : await db.LeaveTypes.Where(t => t.HiddenReason).Select(t => t.Code).ToListAsync(cancellationToken);

    private static async Task<TimeOffEntry> Find(WfmDbContext db, string code, Guid id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var agent = await AgentEndpoints.Find(db.Agents.AsNoTracking(), code, user, cancellationToken);
        return await db.TimeOff.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id && t.AgentId == agent.Id, cancellationToken)
            ?? throw ProblemException.NotFound($"time off of agent '{code}' with id", id.ToString());
    }
}
