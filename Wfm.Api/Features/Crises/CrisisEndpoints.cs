using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Crises.StandDown;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Crises;

internal static class CrisisEndpoints
{
    private static readonly Duration Ahead = Duration.FromDays(30);

    public static void MapCrises(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/crises").WithTags("Crises");
        group.MapGet("/", List).WithName("ListCrises").WithSummary("Crises of one's hubs, newest first.").Requires(Permission.ReadRosters);
        group.MapPost("/", Declare).WithName("DeclareCrisis")
            .WithSummary(
                "Declares a crisis at some hubs, from a moment on until it is ended; waivers can be made for it meanwhile. 409 with the other where an open "
                    + "crisis is about one of the queues there: extend that one.")
            .Requires(Permission.DeclareCrises).WithExample(new DeclareCrisisRequest
            {
                Name = "Attack streamed live",
                Kind = "violent-attack",
                Severity = "S4",
                Hubs = ["dub"],
                Queues = ["terror-removal-eu"],
                Description = "Reports of the stream come in since the morning, three times the usual volume.",
            });
        group.MapGet("/{id:guid}", Get).WithName("GetCrisis").WithSummary("Reads one crisis.").Requires(Permission.ReadRosters);
        group.MapPost("/{id:guid}:extend", Extend).WithName("ExtendCrisis")
            .WithSummary(
                "Makes a crisis be about more hubs or queues, or another size. 409 with the other where an open crisis is about one of the queues there.")
            .Requires(Permission.DeclareCrises)
            .WithExample(new ExtendCrisisRequest { Hubs = ["mnl"], Reason = "The stream was copied; reports come in there too." })
            .WithMetadata(new NeedsIfMatch());
        group.MapPost("/{id:guid}:end", End).WithName("EndCrisis")
            .WithSummary(
                "Ends a crisis: its waivers cover nothing more. What was done under them stays, and stays in the record. 409 while people have shifts ahead "
                    + "that it gave them, unless they keep them.")
            .Requires(Permission.DeclareCrises).WithExample(new EndCrisisRequest { Reason = "Volumes are back to normal." }).WithMetadata(new NeedsIfMatch());
    }

    /// <param name="hub">Code of a hub at which it is declared.</param>
    /// <param name="state">declared, active, closing or closed.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<CrisisResponse>> List(
        WfmDbContext db, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken, string? hub = null, QueryEnum<CrisisState>? state = null,
        int? limit = null, string? after = null)
    {
        var (take, before, now) = (Paging.Limit(limit), Paging.Id(after), clock.GetCurrentInstant());
        var ids = (await db.HubsFor(hub, user, cancellationToken)).Keys.ToArray();
        var found = await OfState(db.Crises.AsNoTracking().Include(c => c.Hubs).ThenInclude(h => h.Hub), state?.Value, now)
            .Where(c => c.Hubs.Any(h => ids.Contains(h.HubId)) && (before == null || c.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(c => c.Id).Take(take + 1).ToListAsync(cancellationToken);
        return found.ToPage(take, c => c.Id.ToString(), c => CrisisResponse.Of(c, now));
    }

    private static IQueryable<Crisis> OfState(IQueryable<Crisis> crises, CrisisState? state, Instant now) => state switch
    {
        CrisisState.Declared => crises.Where(c => c.EndedAt == null && c.StandDown == null && c.From > now),
        CrisisState.Active => crises.Where(c => c.EndedAt == null && c.StandDown == null && c.From <= now),
        CrisisState.Closing => crises.Where(c => c.EndedAt == null && c.StandDown != null),
        CrisisState.Closed => crises.Where(c => c.EndedAt != null),
        _ => crises,
    };

    private static async Task<Created<CrisisResponse>> Declare(
        DeclareCrisisRequest request, WfmDbContext db, CrisisClaims claims, ClaimsPrincipal user, IClock clock, HttpResponse response, Findings findings,
        CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var hubs = await db.Hubs.Where(h => request.Hubs.Contains(h.Code)).ToListAsync(cancellationToken);
        ReferenceLists.CheckKnown(findings, "/hubs", request.Hubs, hubs.Select(h => h.Code), "hub");
        var queues = await claims.Queues(request.Queues, findings, cancellationToken);
        findings.Require(
            request.From is null || request.From <= now + Ahead, "/from", request.From,
            $"It can begin {Ahead.TotalDays:0} days ahead at most, by {now + Ahead}.");
        findings.ThrowIfAny();
        hubs.ForEach(h => user.DemandHub(h.Code));
        var crisis = new Crisis
        {
            Name = request.Name,
            Kind = request.Kind,
            Severity = request.Severity,
            Description = request.Description,
            Queues = [.. queues.Select(q => q.Code)],
            Expected = request.Expected?.ToStored(),
            From = request.From ?? now,
            DeclaredAt = now,
            DeclaredBy = user.KeyName(),
            Hubs = hubs.ConvertAll(h => new CrisisHub { Hub = h, HubId = h.Id }),
            Entries = [new CrisisEntry(now, user.KeyName(), "Declared.", request.Description)],
        };
        db.Crises.Add(crisis);
        await claims.Save(crisis, hubs, queues, cancellationToken);
        response.Headers.ETag = ETags.Of(crisis.Id, crisis.Version);
        return TypedResults.Created($"/api/v1/crises/{crisis.Id}", CrisisResponse.Of(crisis, now));
    }

    /// <param name="id">Identity of the crisis.</param>
    private static async Task<CrisisResponse> Extend(
        Guid id, ExtendCrisisRequest request, WfmDbContext db, CrisisClaims claims, ClaimsPrincipal user, IClock clock, HttpContext http, Findings findings,
        CancellationToken cancellationToken)
    {
        var crisis = await db.FindCrisis(id, user, cancellationToken);
        var more = await db.Hubs.Where(h => request.Hubs.Contains(h.Code)).ToListAsync(cancellationToken);
        ReferenceLists.CheckKnown(findings, "/hubs", request.Hubs, more.Select(h => h.Code), "hub");
        await claims.Queues(request.Queues, findings, cancellationToken);
        findings.Require(
            request.Hubs.Count + request.Queues.Count > 0 || request.Expected is not null, "", null, "Name hubs, queues or an expected size; nothing changes.");
        findings.ThrowIfAny();
        crisis.Hubs.ForEach(h => user.DemandHub(h.Hub!.Code));
        more.ForEach(h => user.DemandHub(h.Code));
        crisis.DemandOpen();
        http.Request.CheckIfMatch(ETags.Of(crisis.Id, crisis.Version));
        foreach (var hub in more.Where(h => !crisis.Hubs.Exists(c => c.HubId == h.Id)))
        {
            crisis.Hubs.Add(new CrisisHub { CrisisId = crisis.Id, Hub = hub, HubId = hub.Id });
        }

        crisis.Queues = [.. crisis.Queues.Union(request.Queues).Order(StringComparer.Ordinal)];
        crisis.Expected = request.Expected?.ToStored() ?? crisis.Expected;
        string[] what =
        [
            .. request.Hubs.Select(h => $"hub '{h}'"), .. request.Queues.Select(q => $"queue '{q}'"),
            .. request.Expected is null ? [] : new[] { "expected size" },
        ];
        crisis.Enter(clock.GetCurrentInstant(), user.KeyName(), $"Extended: {string.Join(", ", what)}.", request.Reason);
        var queues = await claims.Queues(crisis.Queues, findings, cancellationToken);
        await claims.Save(crisis, [.. crisis.Hubs.Select(h => h.Hub!)], queues, cancellationToken);
        return Answer(crisis, clock, http.Response);
    }

    /// <param name="id">Identity of the crisis.</param>
    private static async Task<CrisisResponse> Get(
        Guid id, WfmDbContext db, ClaimsPrincipal user, IClock clock, HttpResponse response, CancellationToken cancellationToken) =>
        Answer(await db.FindCrisis(id, user, cancellationToken), clock, response);

    /// <param name="id">Identity of the crisis.</param>
    private static async Task<CrisisResponse> End(
        Guid id, EndCrisisRequest request, WfmDbContext db, MobilisedPeople mobilised, ClaimsPrincipal user, IClock clock, HttpContext http, Findings findings,
        CancellationToken cancellationToken)
    {
        findings.ThrowIfAny();
        var crisis = await db.FindCrisis(id, user, cancellationToken);
        crisis.Hubs.ForEach(h => user.DemandHub(h.Hub!.Code));
        crisis.DemandOpen();
        http.Request.CheckIfMatch(ETags.Of(crisis.Id, crisis.Version));
        var now = clock.GetCurrentInstant();
        var ahead = request.KeepShifts ? [] : (await mobilised.Of(crisis, cancellationToken)).FindAll(p => p.HoursAhead(now) > 0);
        if (ahead.Count > 0)
        {
            throw ProblemException.Conflict(
                $"{ahead.Count} people have shifts ahead that the crisis gave them, first '{ahead[0].Agent}' of hub '{ahead[0].Hub}'. Stand it down, or end it "
                    + "with keepShifts.");
        }

        (crisis.EndedAt, crisis.EndedBy, crisis.EndReason) = (now, user.KeyName(), request.Reason);
        crisis.Enter(now, user.KeyName(), "Ended.", request.Reason);
        db.CrisisClaims.RemoveRange(await db.CrisisClaims.Where(c => c.CrisisId == id).ToListAsync(cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
        return Answer(crisis, clock, http.Response);
    }

    private static CrisisResponse Answer(Crisis crisis, IClock clock, HttpResponse response)
    {
        response.Headers.ETag = ETags.Of(crisis.Id, crisis.Version);
        return CrisisResponse.Of(crisis, clock.GetCurrentInstant());
    }
}
