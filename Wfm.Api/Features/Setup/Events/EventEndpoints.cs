using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Hosting;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Setup.Events;

internal static class EventEndpoints
{
    private static readonly EventRequest Holiday = new()
    {
        Code = "holiday-public-dub-2027-03-17",
        Kind = "holiday-public",
        Name = "St Patrick's Day",
        Hub = "dub",
        LocalStart = new LocalDateTime(2027, 3, 17, 0, 0),
        LocalEnd = new LocalDateTime(2027, 3, 18, 0, 0),
        Repeats = true,
    };

    private static readonly EventRequest Veterans = new()
    {
        Code = "holiday-public-aus-2024-11-11",
        Kind = "holiday-public",
        Name = "Veterans Day",
        Hub = "aus",
        LocalStart = new LocalDateTime(2024, 11, 11, 0, 0),
        LocalEnd = new LocalDateTime(2024, 11, 12, 0, 0),
        Repeats = true,
    };

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/events").WithTags("Events").WithNotModified();
        group.MapGet("/", List).WithName("ListEvents").WithSummary("Lists events in order of start.").Requires(Permission.ReadSetup);
        group.MapGet("/{code}", Get).WithName("GetEvent").WithSummary("Reads an event.").Requires(Permission.ReadSetup).WithExample(path: ("code", Veterans.Code));
        group.MapPost("/", Create).WithName("CreateEvent").WithSummary("Creates an event; the next forecast knows it.").Requires(Permission.WriteSetup).WithExample(Holiday);
        group.MapPut("/{code}", Replace).WithName("ReplaceEvent").WithSummary("Replaces an event; the next forecast knows it.")
            .Requires(Permission.WriteSetup).WithExample(Veterans, ("code", Veterans.Code));
        group.MapDelete("/{code}", Delete).WithName("DeleteEvent").WithSummary("Deletes an event; forecasts already made keep what they learned from it.")
            .Requires(Permission.WriteSetup).WithExample(path: ("code", Veterans.Code));
    }

    /// <param name="hub">Only what touches this hub: its own events and those of every hub.</param>
    /// <param name="queue">Only what touches this queue: its own events and those of every queue.</param>
    /// <param name="kind">Only events of this kind.</param>
    /// <param name="from">Only what ends after this instant.</param>
    /// <param name="to">Only what starts before this instant.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<EventResponse>>> List(
        WfmDbContext db, CancellationToken cancellationToken, string? hub = null, string? queue = null, string? kind = null, QueryInstant? from = null,
        QueryInstant? to = null, int? limit = null, string? after = null)
    {
        var take = Paging.Limit(limit);
        var events = db.Events.AsNoTracking().Where(e => kind == null || e.Kind == kind);
        if (hub is not null)
        {
            var id = (await db.Hubs.AsNoTracking().ByCode("hub", hub, cancellationToken)).Id;
            events = events.Where(e => e.HubId == null || e.HubId == id);
        }

        if (queue is not null)
        {
            var id = (await db.Queues.AsNoTracking().ByCode("queue", queue, cancellationToken)).Id;
            events = events.Where(e => e.QueueId == null || e.QueueId == id);
        }

        if (from?.Value is { } start)
        {
            events = events.Where(e => e.End > start);
        }

        if (to?.Value is { } end)
        {
            events = events.Where(e => e.Start < end);
        }

        if (StartCursor.Read(after) is { } cursor)
        {
            events = events.Where(e => e.Start > cursor.Start || (e.Start == cursor.Start && e.Id > cursor.Id));
        }

        var page = await events.OrderBy(e => e.Start).ThenBy(e => e.Id).Take(take + 1).ToListAsync(cancellationToken);
        var (hubs, queues) = await CodesOf(page, db, cancellationToken);
        return TypedResults.Ok(page.ToPage(
            take, e => StartCursor.Key(e.Start, e.Id),
            e => EventResponse.From(e, e.HubId is { } h ? hubs[h] : null, e.QueueId is { } q ? queues[q] : null)));
    }

    /// <param name="code">Code of the event.</param>
    private static async Task<Ok<EventResponse>> Get(string code, WfmDbContext db, HttpResponse response, CancellationToken cancellationToken)
    {
        var e = await db.Events.AsNoTracking().ByCode("event", code, cancellationToken);
        response.SetETag(e);
        var (hubs, queues) = await CodesOf([e], db, cancellationToken);
        return TypedResults.Ok(EventResponse.From(e, hubs.Values.SingleOrDefault(), queues.Values.SingleOrDefault()));
    }

    private static async Task<Created<EventResponse>> Create(
        EventRequest request, WfmDbContext db, IClock clock, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken)
    {
        Demand(user, request.Hub);
        await db.Events.MustBeFree("event", request.Code, cancellationToken);
        var e = new OperationEvent { Code = request.Code, Kind = request.Kind, Name = request.Name, UpdatedAt = clock.GetCurrentInstant() };
        await Apply(request, e, db, cancellationToken);
        db.Events.Add(e);
        await db.SaveChangesAsync(cancellationToken);
        response.SetETag(e);
        return TypedResults.Created($"/api/v1/events/{e.Code}", EventResponse.From(e, request.Hub, request.Queue));
    }

    /// <param name="code">Code of the event.</param>
    private static async Task<Ok<EventResponse>> Replace(
        string code, EventRequest request, WfmDbContext db, IClock clock, ClaimsPrincipal user, HttpContext http, CancellationToken cancellationToken)
    {
        var e = await db.Events.ByCode("event", code, cancellationToken);
        Demand(user, await HubOf(e, db, cancellationToken));
        Demand(user, request.Hub);
        http.Request.CheckIfMatch(e);
        Codes.MustMatch(code, request.Code);
        await Apply(request, e, db, cancellationToken);
        e.Touch(clock.GetCurrentInstant());
        await db.SaveChangesAsync(cancellationToken);
        http.Response.SetETag(e);
        return TypedResults.Ok(EventResponse.From(e, request.Hub, request.Queue));
    }

    /// <param name="code">Code of the event.</param>
    private static async Task<NoContent> Delete(string code, WfmDbContext db, ClaimsPrincipal user, HttpRequest http, CancellationToken cancellationToken)
    {
        var e = await db.Events.ByCode("event", code, cancellationToken);
        Demand(user, await HubOf(e, db, cancellationToken));
        http.CheckIfMatch(e);
        db.Events.Remove(e);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static void Demand(ClaimsPrincipal user, string? hub)
    {
        if (hub is null)
        {
            user.DemandAllHubs(); // it touches every hub
        }
        else
        {
            user.DemandHub(hub);
        }
    }

    private static async Task<string?> HubOf(OperationEvent e, WfmDbContext db, CancellationToken cancellationToken) =>
        e.HubId is { } id ? await db.Hubs.Where(h => h.Id == id).Select(h => h.Code).SingleOrDefaultAsync(cancellationToken) : null;

    private static async Task Apply(EventRequest request, OperationEvent e, WfmDbContext db, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        Hub? hub = request.Hub is { } h ? await db.Hubs.AsNoTracking().SingleOrDefaultAsync(x => x.Code == h, cancellationToken) : null;
        WorkQueue? queue = request.Queue is { } q ? await db.Queues.AsNoTracking().SingleOrDefaultAsync(x => x.Code == q, cancellationToken) : null;
        findings.Require(request.Hub is null || hub is not null, "/hub", request.Hub, $"There is no hub '{request.Hub}'.");
        findings.Require(request.Queue is null || queue is not null, "/queue", request.Queue, $"There is no queue '{request.Queue}'.");
        var (start, end) = TimeRanges.Resolve(findings, hub?.Zone, request.Start, request.End, request.LocalStart, request.LocalEnd);
        findings.ThrowIfAny();
        (e.Kind, e.Name, e.HubId, e.QueueId, e.Start, e.End, e.Repeats) = (request.Kind, request.Name, hub?.Id, queue?.Id, start, end, request.Repeats);
    }

    private static async Task<(Dictionary<Guid, string> Hubs, Dictionary<Guid, string> Queues)> CodesOf(
        IReadOnlyList<OperationEvent> events, WfmDbContext db, CancellationToken cancellationToken)
    {
        var hubs = events.Where(e => e.HubId is not null).Select(e => e.HubId!.Value).Distinct().ToList();
        var queues = events.Where(e => e.QueueId is not null).Select(e => e.QueueId!.Value).Distinct().ToList();
        return (await db.Hubs.Where(h => hubs.Contains(h.Id)).ToDictionaryAsync(h => h.Id, h => h.Code, cancellationToken),
            await db.Queues.Where(q => queues.Contains(q.Id)).ToDictionaryAsync(q => q.Id, q => q.Code, cancellationToken));
    }
}
