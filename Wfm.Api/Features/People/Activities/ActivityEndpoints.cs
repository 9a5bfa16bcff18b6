using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.Activities;

internal static class ActivityEndpoints
{
    public static void MapActivities(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/activities").WithTags("Activities");
        group.MapPost("/", Create).WithName("CreateActivity").WithSummary(
                "Plans a training, meeting or coaching. Rosters made from now on have it where it hurts coverage least; activities:place puts it into one that "
                    + "is there.")
            .Requires(Permission.WriteRosters).WithDatedExample(Example);
        group.MapGet("/", List).WithName("ListActivities").WithSummary("Activities with their sessions and everybody who has none, newest first.")
            .Requires(Permission.ReadRosters);
        group.MapGet("/{id:guid}", Get).WithName("GetActivity").WithSummary("An activity, where it stands, and who has no session and why.")
            .Requires(Permission.ReadRosters);
        group.MapGet("/{id:guid}/attendance", Attendance).WithName("GetActivityAttendance")
            .WithSummary("Everybody of an activity with the session that their shift has, or why there is none.").Requires(Permission.ReadRosters);
        group.MapPost("/{id:guid}:move", Move).WithName("MoveActivity").WithSummary(
                "Gives a session another time, or the best that is left from now on: one edit of its roster. With check=true nothing is stored.")
            .Requires(Permission.WriteRosters).WithExample(new MoveActivityRequest { Reason = "The morning is too busy." });
        group.MapPost("/{id:guid}:cancel", Cancel).WithName("CancelActivity").WithSummary(
                "Takes an activity back: sessions that have not begun are given back to work.")
            .Requires(Permission.WriteRosters).WithExample(new CancelActivityRequest { Reason = "The trainer is ill." });
        routes.MapActivityImport();
        routes.MapPost("/api/v1/rosters/{id:guid}/activities:place", Place).WithTags("Activities").WithName("PlaceActivities").WithSummary(
                "Places what waits in the shifts of a roster where it hurts coverage least: one edit, and a reason for everybody who finds no place. With "
                    + "check=true it is a proposal.")
            .Requires(Permission.WriteRosters).WithExample(new PlaceActivitiesRequest { Reason = "Trainings of the week." });
    }

    private static OperationExample Example(LocalDate today) => new(
        new CreateActivityRequest
        {
            Code = "training",
            Title = "New policy on self-harm",
            Minutes = 60,
            Hub = "dub",
            Agents = ["dub-001", "dub-002"],
            Grouping = ActivityGrouping.Together,
            Quorum = 1,
            From = today.PlusDays(7),
            To = today.PlusDays(13),
            TimeFrom = new LocalTime(9, 0),
            TimeTo = new LocalTime(17, 0),
        },
        []);

    private static async Task<Created<ActivityResponse>> Create(
        CreateActivityRequest request, WfmDbContext db, ActivityRules rules, ActivityViews views, ClaimsPrincipal user, IClock clock, HttpResponse response,
        Findings findings, CancellationToken cancellationToken)
    {
        if (findings.IsMalformed)
        {
            findings.ThrowIfAny();
        }

        var hub = await db.HubByCode(request.Hub, user, cancellationToken);
        var activity = await rules.Read(request, hub, findings, cancellationToken);
        db.Activities.Add(activity);
        await db.SaveChangesAsync(cancellationToken);
        var view = (await views.Of(hub, [activity], cancellationToken))[0];
        response.Headers.ETag = ETags.Of(activity.Id, activity.Version);
        return TypedResults.Created($"/api/v1/activities/{activity.Id}", view.ToResponse(hub, clock.GetCurrentInstant()));
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="state">planned, placed, done or cancelled.</param>
    /// <param name="agent">Only activities in which this agent takes part or that this agent gives.</param>
    /// <param name="from">Only what may lie on this local day or later.</param>
    /// <param name="to">Only what may lie on this local day or earlier.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<ActivityResponse>> List(
        WfmDbContext db, ActivityViews views, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken, string? hub = null,
        QueryEnum<ActivityState>? state = null, string? agent = null, QueryDate? from = null, QueryDate? to = null, int? limit = null, string? after = null)
    {
        var (take, now, only) = (Paging.Limit(limit), clock.GetCurrentInstant(), state?.Value);
        var hubs = await db.HubsFor(hub, user, cancellationToken);
        var ids = hubs.Keys.ToArray();
        LocalDate? first = from?.Value, last = to?.Value;
        var (before, found) = (Paging.Id(after), new List<ActivityResponse>());
        while (found.Count <= take)
        {
            // what an activity stands at is read from shifts: pages are filled until there are enough
            var chunk = await db.Activities.AsNoTracking().Include(a => a.Sessions)
                .Where(a => ids.Contains(a.HubId) && (first == null || a.To >= first) && (last == null || a.From <= last))
                .Where(a => before == null || a.Id.CompareTo(before.Value) < 0).OrderByDescending(a => a.Id).Take(take + 1).ToListAsync(cancellationToken);
            foreach (var mine in chunk.GroupBy(a => a.HubId))
            {
                var known = await views.Of(hubs[mine.Key], [.. mine], cancellationToken);
                found.AddRange(known.Select(v => v.ToResponse(hubs[mine.Key], now))
                    .Where(r => (only is null || r.State == only) && (agent is null || r.Coach == agent || r.Agents.Contains(agent))));
            }

            if (chunk.Count <= take)
            {
                break;
            }

            before = chunk[^1].Id;
        }

        return found.OrderByDescending(r => r.Id.ToString(), StringComparer.Ordinal).Take(take + 1).ToList().ToPage(take, r => r.Id.ToString(), r => r);
    }

    /// <param name="id">Identity of the activity.</param>
    private static async Task<ActivityResponse> Get(
        Guid id, WfmDbContext db, ActivityViews views, ClaimsPrincipal user, IClock clock, HttpResponse response, CancellationToken cancellationToken)
    {
        var (view, hub) = await Find(id, db, views, user, cancellationToken);
        response.Headers.ETag = ETags.Of(view.Activity.Id, view.Activity.Version);
        return view.ToResponse(hub, clock.GetCurrentInstant());
    }

    /// <param name="id">Identity of the activity.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<AttendanceRow>> Attendance(
        Guid id, WfmDbContext db, ActivityViews views, ClaimsPrincipal user, CancellationToken cancellationToken, int? limit = null, string? after = null)
    {
        var (take, key) = (Paging.Limit(limit), Paging.Key(after));
        var (view, hub) = await Find(id, db, views, user, cancellationToken);
        var rows = view.Sessions.SelectMany(s => s.Standing.Select(p => new AttendanceRow(
                p.Agent, p.Agent == s.Row.Coach, true, s.Row.Start, s.Row.End, s.Row.Start.InZone(hub.Zone).LocalDateTime, s.InForce, null, null)))
            .Concat(view.Missing.Select(m => new AttendanceRow(m.Agent, false, false, null, null, null, false, m.Code, m.Message)));
        string Key(AttendanceRow r) => $"{r.Agent} {r.Start}";
        return rows.Where(r => key is null || string.CompareOrdinal(Key(r), key) > 0).OrderBy(Key, StringComparer.Ordinal).Take(take + 1).ToList()
            .ToPage(take, Key, r => r);
    }

    /// <param name="id">Identity of the roster.</param>
    /// <param name="check">True for a proposal: nothing changes.</param>
    private static async Task<ActivitiesPlacedResponse> Place(
        Guid id, PlaceActivitiesRequest request, WfmDbContext db, ActivityDesk desk, ClaimsPrincipal user, HttpRequest http,
        CancellationToken cancellationToken, bool check = false)
    {
        var (roster, hub) = await RosterEndpoints.Find(id, db, user, cancellationToken);
        if (roster.State == PublicationState.Superseded)
        {
            throw ProblemException.Conflict("A newer roster decides about all days of this one; place activities in that one.");
        }

        if (http.Headers.IfMatch.Count > 0)
        {
            http.CheckIfMatch(roster.Version);
        }

        return await desk.Place(roster, hub, request, user.KeyName(), check, http.Headers.IfMatch.Count > 0 ? roster.Version : null, cancellationToken);
    }

    /// <param name="id">Identity of the activity.</param>
    /// <param name="check">True for a proposal: nothing changes.</param>
    private static async Task<ActivitiesPlacedResponse> Move(
        Guid id, MoveActivityRequest request, WfmDbContext db, ActivityViews views, ActivityDesk desk, ClaimsPrincipal user, IClock clock, Findings findings,
        CancellationToken cancellationToken, bool check = false)
    {
        var (view, hub) = await Find(id, db, views, user, cancellationToken);
        if (view.Activity.CancelledAt is not null)
        {
            throw ProblemException.Conflict("The activity is cancelled.");
        }

        var sessions = view.Sessions.Where(s => request.Session is null || s.Row.Start == request.Session).ToList();
        findings.Require(
            sessions.Count == 1, "/session", request.Session,
            view.Sessions.Count == 0 ? "The activity has no session yet; place it in a roster first."
                : $"Name the start of one of its sessions: {string.Join(", ", view.Sessions.Select(s => s.Row.Start))}.");
        findings.Require(request.Start is null || request.LocalStart is null, "/localStart", request.LocalStart, "Give start or localStart, not both.");
        var start = request.Start ?? (request.LocalStart is { } local ? TimeRanges.InstantOf(hub.Zone, local) : null);
        var now = clock.GetCurrentInstant();
        findings.Require(!(start < now), request.Start is null ? "/localStart" : "/start", start, $"{start} is in the past.");
        findings.Require(
            start is null || start.Value.ToUnixTimeTicks() % NodaConstants.TicksPerMinute == 0, request.Start is null ? "/localStart" : "/start", start,
            "A whole minute is needed.");
        findings.ThrowIfAny();
        if (sessions[0].Row.Start <= now)
        {
            throw ProblemException.Conflict($"The session of {sessions[0].Row.Start} has begun; it cannot be moved.");
        }

        return await desk.Move(view, sessions[0], hub, start, request.Reason ?? "Activity moved.", user.KeyName(), check, cancellationToken);
    }

    /// <param name="id">Identity of the activity.</param>
    private static async Task<ActivityResponse> Cancel(
        Guid id, CancelActivityRequest request, WfmDbContext db, ActivityViews views, ActivityDesk desk, ClaimsPrincipal user, IClock clock,
        HttpResponse response, CancellationToken cancellationToken)
    {
        var (view, hub) = await Find(id, db, views, user, cancellationToken);
        if (view.Activity.CancelledAt is null)
        {
            await desk.Cancel(view, hub, request.Reason ?? "Activity cancelled.", user.KeyName(), cancellationToken);
        }

        return await Get(id, db, views, user, clock, response, cancellationToken);
    }

    private static async Task<(ActivityView View, Hub Hub)> Find(
        Guid id, WfmDbContext db, ActivityViews views, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var activity = await db.Activities.AsNoTracking().Include(a => a.Sessions).SingleOrDefaultAsync(a => a.Id == id, cancellationToken)
            ?? throw ProblemException.NotFound("activity", id.ToString());
        var hub = await db.HubOf(activity.HubId, user, cancellationToken);
        return ((await views.Of(hub, [activity], cancellationToken))[0], hub);
    }
}
