using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
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
            .WithSummary("Declares a crisis at some hubs, from a moment on until it is ended; waivers can be made for it meanwhile.")
            .Requires(Permission.DeclareCrises).WithExample(new DeclareCrisisRequest
            {
                Name = "Attack streamed live",
                Kind = "violent-attack",
                Severity = "S4",
                Hubs = ["dub"],
                Description = "Reports of the stream come in since the morning, three times the usual volume.",
            });
        group.MapGet("/{id:guid}", Get).WithName("GetCrisis").WithSummary("Reads one crisis.").Requires(Permission.ReadRosters);
        group.MapPost("/{id:guid}:end", End).WithName("EndCrisis")
            .WithSummary("Ends a crisis: its waivers cover nothing more. What was done under them stays, and stays in the record.")
            .Requires(Permission.DeclareCrises).WithExample(new EndCrisisRequest { Reason = "Volumes are back to normal." }).WithMetadata(new NeedsIfMatch());
    }

    /// <param name="hub">Code of a hub at which it is declared.</param>
    /// <param name="state">declared, active or closed.</param>
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
        CrisisState.Declared => crises.Where(c => c.EndedAt == null && c.From > now),
        CrisisState.Active => crises.Where(c => c.EndedAt == null && c.From <= now),
        CrisisState.Closed => crises.Where(c => c.EndedAt != null),
        _ => crises,
    };

    private static async Task<Created<CrisisResponse>> Declare(
        DeclareCrisisRequest request, WfmDbContext db, ClaimsPrincipal user, IClock clock, HttpResponse response, Findings findings,
        CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var hubs = await db.Hubs.Where(h => request.Hubs.Contains(h.Code)).ToListAsync(cancellationToken);
        ReferenceLists.CheckKnown(findings, "/hubs", request.Hubs, hubs.Select(h => h.Code), "hub");
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
            From = request.From ?? now,
            DeclaredAt = now,
            DeclaredBy = user.KeyName(),
            Hubs = hubs.ConvertAll(h => new CrisisHub { Hub = h, HubId = h.Id }),
        };
        db.Crises.Add(crisis);
        await db.SaveChangesAsync(cancellationToken);
        response.Headers.ETag = ETags.Of(crisis.Id, crisis.Version);
        return TypedResults.Created($"/api/v1/crises/{crisis.Id}", CrisisResponse.Of(crisis, now));
    }

    /// <param name="id">Identity of the crisis.</param>
    private static async Task<CrisisResponse> Get(
        Guid id, WfmDbContext db, ClaimsPrincipal user, IClock clock, HttpResponse response, CancellationToken cancellationToken) =>
        Answer(await db.FindCrisis(id, user, cancellationToken), clock, response);

    /// <param name="id">Identity of the crisis.</param>
    private static async Task<CrisisResponse> End(
        Guid id, EndCrisisRequest request, WfmDbContext db, ClaimsPrincipal user, IClock clock, HttpContext http, Findings findings,
        CancellationToken cancellationToken)
    {
        findings.ThrowIfAny();
        var crisis = await db.FindCrisis(id, user, cancellationToken);
        crisis.Hubs.ForEach(h => user.DemandHub(h.Hub!.Code));
        if (crisis.EndedAt is { } ended)
        {
            throw ProblemException.Conflict($"The crisis '{crisis.Name}' was ended at {ended} by {crisis.EndedBy}.");
        }

        http.Request.CheckIfMatch(ETags.Of(crisis.Id, crisis.Version));
        (crisis.EndedAt, crisis.EndedBy, crisis.EndReason) = (clock.GetCurrentInstant(), user.KeyName(), request.Reason);
        crisis.Version++;
        await db.SaveChangesAsync(cancellationToken);
        return Answer(crisis, clock, http.Response);
    }

    private static CrisisResponse Answer(Crisis crisis, IClock clock, HttpResponse response)
    {
        response.Headers.ETag = ETags.Of(crisis.Id, crisis.Version);
        return CrisisResponse.Of(crisis, clock.GetCurrentInstant());
    }
}
