using System.ComponentModel.DataAnnotations;
using System.Data;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
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
    /// <summary>What it is for: annual, sick, parental, training, unpaid or other. All but unpaid is paid time of the days one would have worked; annual, sick
    /// and
    /// parental leave are left out of averages of working time.</summary>
    [Required]
    public LeaveKind? Kind { get; init; }

    /// <summary>Start, inclusive.</summary>
    public Instant? Start { get; init; }

    /// <summary>End, exclusive.</summary>
    public Instant? End { get; init; }

    /// <summary>Start in the hub's time, instead of <c>start</c>.</summary>
    public LocalDateTime? LocalStart { get; init; }

    /// <summary>End in the hub's time, instead of <c>end</c>.</summary>
    public LocalDateTime? LocalEnd { get; init; }
}

/// <summary>Granted time off; never changes, a correction is a new entry.</summary>
/// <param name="Id">Id of the entry.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Start">Start, inclusive.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="GrantedAt">When it was granted.</param>
/// <param name="Repairs">Jobs, each of which makes a draft that repairs a published roster out of which the leave has taken shifts.</param>
public sealed record TimeOffResponse(Guid Id, LeaveKind Kind, Instant Start, Instant End, Instant GrantedAt, IReadOnlyList<string> Repairs)
{
    internal static TimeOffResponse From(TimeOffEntry entry) =>
        new(entry.Id, entry.Kind, entry.Start, entry.End, entry.GrantedAt, entry.Repairs.ConvertAll(job => $"/api/v1/jobs/{job}"));
}

internal static class TimeOffEndpoints
{
    private const int FirstVersion = 1; // entries never change

    public static void MapTimeOff(this IEndpointRouteBuilder routes)
    {
        var agents = routes.MapGroup("/api/v1/agents").WithTags("Agents").WithNotModified();
        agents.MapGet("/{code}/time-off", List).WithName("ListTimeOff").WithSummary("Lists an agent's time off in order of start.")
            .Requires(Permission.ReadPeople).WithExample(path: ("code", "dub-001"));
        agents.MapGet("/{code}/time-off/{id:guid}", Get).WithName("GetTimeOff").WithSummary("Reads one entry of time off.").Requires(Permission.ReadPeople);
        agents.MapPost("/{code}/time-off", Create).WithName("CreateTimeOff").WithSummary(
                "Grants time off. It takes away published shifts that it meets, at once, and a job repairs each roster they are of; the next roster keeps "
                    + "it free.")
            .Requires(Permission.WritePeople).WithDatedExample(today => new OperationExample(
                new TimeOffRequest
                {
                    Kind = LeaveKind.Annual,
                    LocalStart = today.PlusDays(120).AtMidnight(),
                    LocalEnd = today.PlusDays(125).AtMidnight(),
                },
                [("code", "dub-001")]));
        agents.MapDelete("/{code}/time-off/{id:guid}", Delete).WithName("DeleteTimeOff").WithSummary(
                "Takes time off back; shifts that it had taken away are in force again where no roster published since says otherwise.")
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
        return TypedResults.Ok(page.ToPage(take, t => StartCursor.Key(t.Start, t.Id), TimeOffResponse.From));
    }

    /// <param name="code">Code of the agent.</param>
    /// <param name="id">Id of the entry.</param>
    private static async Task<Ok<TimeOffResponse>> Get(
        string code, Guid id, WfmDbContext db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken)
    {
        var entry = await Find(db, code, id, user, cancellationToken);
        response.Headers.ETag = ETags.Of(entry.Id, FirstVersion);
        return TypedResults.Ok(TimeOffResponse.From(entry));
    }

    /// <param name="code">Code of the agent.</param>
    private static async Task<Created<TimeOffResponse>> Create(
        string code, TimeOffRequest request, WfmDbContext db, LeaveRepairs repairs, ClaimsPrincipal user, IClock clock, HttpResponse response,
        Findings findings, CancellationToken cancellationToken)
    {
        var agent = await AgentEndpoints.Find(db.Agents.AsNoTracking(), code, user, cancellationToken);
        var (start, end) = TimeRanges.Resolve(findings, agent.Hub!.Zone, request.Start, request.End, request.LocalStart, request.LocalEnd);
        findings.ThrowIfAny();
        // Of two at once one is told of the other.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        if (
            await db.TimeOff.AsNoTracking().Where(t => t.AgentId == agent.Id && t.Start < end && t.End > start).OrderBy(t => t.Start)
                .FirstOrDefaultAsync(cancellationToken) is
            { } other)
        {
            throw ProblemException.Conflict($"Agent '{code}' has time off from {other.Start} to {other.End} already, which overlaps; take that back first.");
        }

        var entry = new TimeOffEntry
        {
            AgentId = agent.Id,
            Kind = request.Kind!.Value,
            Start = start,
            End = end,
            GrantedAt = clock.GetCurrentInstant(),
        };
        db.TimeOff.Add(entry);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await repairs.Open(entry, JobOwner.Of(user), cancellationToken);
        response.Headers.ETag = ETags.Of(entry.Id, FirstVersion);
        return TypedResults.Created($"/api/v1/agents/{code}/time-off/{entry.Id}", TimeOffResponse.From(entry));
    }

    /// <param name="code">Code of the agent.</param>
    /// <param name="id">Id of the entry.</param>
    private static async Task<NoContent> Delete(string code, Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var entry = await Find(db, code, id, user, cancellationToken);
        await db.TimeOff.Where(t => t.Id == entry.Id).ExecuteDeleteAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<TimeOffEntry> Find(WfmDbContext db, string code, Guid id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var agent = await AgentEndpoints.Find(db.Agents.AsNoTracking(), code, user, cancellationToken);
        return await db.TimeOff.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id && t.AgentId == agent.Id, cancellationToken)
            ?? throw ProblemException.NotFound($"time off of agent '{code}' with id", id.ToString());
    }
}
