using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Setup.Events;

internal sealed class EventEndpoints() : SetupResource<OperationEvent, EventRequest, EventResponse>("event")
{
    // How far clocks are from UTC: a date begins on Kiritimati 14 hours before it does there, and ends on Baker Island 12 hours after.
    private static readonly Duration EarliestClock = Duration.FromHours(14);
    private static readonly Duration LatestClock = Duration.FromHours(12);

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

    protected override Permission Writing => Permission.WriteEvents;

    protected override SetupSummaries Summaries => new(
        List: "Lists events in order of start.",
        Create: "Creates an event; the next forecast knows it.",
        Replace: "Replaces an event; the next forecast knows it.",
        Delete: "Deletes an event; forecasts already made keep what they learned from it.");

    protected override (EventRequest New, EventRequest Known) Examples => (Holiday, Veterans);

    protected override Delegate Listing => List;

    protected override IQueryable<OperationEvent> All(WfmDbContext db) => db.Events.Include(e => e.Hub).Include(e => e.Queue);

    protected override string? HubOf(EventRequest request) => request.Hub;

    protected override string? HubOf(OperationEvent entity) => entity.Hub?.Code;

    protected override EventResponse Answer(OperationEvent entity) => EventResponse.From(entity);

    protected override OperationEvent Make(EventRequest request) => new() { Code = request.Code, Kind = request.Kind, Name = request.Name };

    protected override async Task<Action<OperationEvent>> Check(EventRequest request, OperationEvent? current, SetupCall call, Findings findings)
    {
        var hub = await call.Db.Hubs.SingleOrDefaultAsync(h => h.Code == request.Hub, call.Cancelled);
        var queue = await call.Db.Queues.SingleOrDefaultAsync(q => q.Code == request.Queue, call.Cancelled);
        findings.Require(request.Hub is null || hub is not null, "/hub", request.Hub, $"There is no hub '{request.Hub}'.");
        findings.Require(request.Queue is null || queue is not null, "/queue", request.Queue, $"There is no queue '{request.Queue}'.");
        var onLocalClocks = request is { Hub: null, Start: null, End: null, LocalStart: not null, LocalEnd: not null };
        var zone = onLocalClocks ? DateTimeZone.Utc : hub?.Zone; // every hub has a clock of its own: kept as written, for each to read
        var (start, end) = TimeRanges.Resolve(findings, zone, request.Start, request.End, request.LocalStart, request.LocalEnd);
        return e =>
        {
            (e.Kind, e.Name, e.HubId, e.QueueId, e.Repeats) = (request.Kind, request.Name, hub?.Id, queue?.Id, request.Repeats);
            (e.Start, e.End, e.OnLocalClocks) = (start, end, onLocalClocks);
        };
    }

    /// <param name="hub">Only what touches this hub: its own events and those of every hub.</param>
    /// <param name="queue">Only what touches this queue: its own events and those of every queue.</param>
    /// <param name="kind">Only events of this kind.</param>
    /// <param name="from">Only what ends after this instant, at some hub at least.</param>
    /// <param name="to">Only what starts before this instant, at some hub at least.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private async Task<Ok<Page<EventResponse>>> List(
        SetupCall call, string? hub = null, string? queue = null, string? kind = null, QueryInstant? from = null, QueryInstant? to = null, int? limit = null,
        string? after = null)
    {
        var take = Paging.Limit(limit);
        var events = All(call.Db).AsNoTracking().Where(e => kind == null || e.Kind == kind);
        if (hub is not null)
        {
            var id = (await call.Db.Hubs.AsNoTracking().ByCode("hub", hub, call.Cancelled)).Id;
            events = events.Where(e => e.HubId == null || e.HubId == id);
        }

        if (queue is not null)
        {
            var id = (await call.Db.Queues.AsNoTracking().ByCode("queue", queue, call.Cancelled)).Id;
            events = events.Where(e => e.QueueId == null || e.QueueId == id);
        }

        if (from?.Value is { } start)
        {
            var lastClock = start - LatestClock;
            events = events.Where(e => e.End > start || (e.OnLocalClocks && e.End > lastClock));
        }

        if (to?.Value is { } end)
        {
            var firstClock = end + EarliestClock;
            events = events.Where(e => e.Start < end || (e.OnLocalClocks && e.Start < firstClock));
        }

        if (StartCursor.Read(after) is { } cursor)
        {
            events = events.Where(e => e.Start > cursor.Start || (e.Start == cursor.Start && e.Id > cursor.Id));
        }

        var page = await events.OrderBy(e => e.Start).ThenBy(e => e.Id).Take(take + 1).ToListAsync(call.Cancelled);
        return TypedResults.Ok(page.ToPage(take, e => StartCursor.Key(e.Start, e.Id), EventResponse.From));
    }
}
