using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Features.Volumes.Storage;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Hosting;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Setup.Hubs;

internal static class HubEndpoints
{
    public static void MapHubs(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/hubs").WithTags("Hubs").WithNotModified();
        group.MapGet("/", List).WithName("ListHubs").WithSummary("Lists hubs in order of code.").Requires(Permission.ReadSetup);
        group.MapGet("/{code}", Get).WithName("GetHub").WithSummary("Reads a hub.").Requires(Permission.ReadSetup).WithExample(path: ("code", "dub"));
        group.MapPost("/", Create).WithName("CreateHub").WithSummary("Creates a hub.").Requires(Permission.WriteSetup).WithExample(HubExamples.Lisbon);
        group.MapPut("/{code}", Replace).WithName("ReplaceHub").WithSummary("Replaces a hub; the next night runs at its new time.")
            .Requires(Permission.WriteSetup).WithExample(HubExamples.Dublin, ("code", "dub"));
        group.MapDelete("/{code}", Delete).WithName("DeleteHub").WithSummary("Deletes a hub that nothing refers to.")
            .Requires(Permission.WriteSetup).WithExample(path: ("code", "dub"));
    }

    /// <param name="country">Only hubs of this country, ISO 3166-1 alpha-2.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<HubResponse>>> List(
        WfmDbContext db, CancellationToken cancellationToken, string? country = null, int? limit = null, string? after = null)
    {
        var take = Paging.Limit(limit);
        var hubs = db.Hubs.Where(h => country == null || h.Country == country);
        return TypedResults.Ok((await hubs.PageByCode(after, take, cancellationToken)).ToPage(take, h => h.Code, HubResponse.From));
    }

    /// <param name="code">Code of the hub.</param>
    private static async Task<Ok<HubResponse>> Get(string code, WfmDbContext db, HttpResponse response, CancellationToken cancellationToken)
    {
        var hub = await db.Hubs.AsNoTracking().ByCode("hub", code, cancellationToken);
        response.SetETag(hub);
        return TypedResults.Ok(HubResponse.From(hub));
    }

    private static async Task<Created<HubResponse>> Create(
        HubRequest request, WfmDbContext db, IClock clock, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken)
    {
        user.DemandHub(request.Code);
        await db.Hubs.MustBeFree("hub", request.Code, cancellationToken);
        await Check(request, db, cancellationToken);
        var hub = new Hub { Code = request.Code, Name = request.Name, TimeZone = request.TimeZone, Country = request.Country, UpdatedAt = clock.GetCurrentInstant() };
        Apply(request, hub);
        db.Hubs.Add(hub);
        await db.SaveChangesAsync(cancellationToken);
        response.SetETag(hub);
        return TypedResults.Created($"/api/v1/hubs/{hub.Code}", HubResponse.From(hub));
    }

    /// <param name="code">Code of the hub.</param>
    private static async Task<Ok<HubResponse>> Replace(
        string code, HubRequest request, WfmDbContext db, IClock clock, ClaimsPrincipal user, HttpContext http, CancellationToken cancellationToken)
    {
        user.DemandHub(code);
        var hub = await db.Hubs.ByCode("hub", code, cancellationToken);
        http.Request.CheckIfMatch(hub);
        Codes.MustMatch(code, request.Code);
        await Check(request, db, cancellationToken);
        Apply(request, hub);
        hub.Touch(clock.GetCurrentInstant());
        await db.SaveChangesAsync(cancellationToken);
        http.Response.SetETag(hub);
        return TypedResults.Ok(HubResponse.From(hub));
    }

    /// <param name="code">Code of the hub.</param>
    private static async Task<NoContent> Delete(
        string code, WfmDbContext db, ClaimsPrincipal user, HttpRequest http, CancellationToken cancellationToken)
    {
        user.DemandHub(code);
        var hub = await db.Hubs.ByCode("hub", code, cancellationToken);
        http.CheckIfMatch(hub);
        Codes.MustBeUnreferenced(
            $"Hub '{code}'",
            (await db.Agents.CountAsync(a => a.HubId == hub.Id, cancellationToken), "agents"),
            (await db.ShiftTemplates.CountAsync(t => t.HubId == hub.Id, cancellationToken), "shift templates"),
            (await db.Events.CountAsync(e => e.HubId == hub.Id, cancellationToken), "events"),
            (await db.Series.CountAsync(s => s.HubId == hub.Id, cancellationToken), "series of volume"),
            (await db.Forecasts.CountAsync(f => f.HubId == hub.Id, cancellationToken), "forecasts"),
            (await db.Requirements.CountAsync(r => r.HubId == hub.Id, cancellationToken), "requirements"),
            (await db.Rosters.CountAsync(r => r.HubId == hub.Id, cancellationToken), "rosters"),
            ((await db.ApiKeys.AsNoTracking().Where(k => k.RevokedAt == null).ToListAsync(cancellationToken)).Count(k => k.Hubs.Contains(code)), "API keys"));
        db.Hubs.Remove(hub);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static void Apply(HubRequest request, Hub hub)
    {
        hub.Name = request.Name;
        hub.TimeZone = request.TimeZone;
        hub.Country = request.Country;
        hub.LabourPolicy = request.LabourPolicy;
        hub.Seats = request.Seats;
        hub.OpeningHours = request.OpeningHours;
        hub.PlannedShrinkage = request.PlannedShrinkage;
        hub.UnplannedShrinkage = request.UnplannedShrinkage;
        hub.NightlyAt = request.NightlyAt;
    }

    private static async Task Check(HubRequest request, WfmDbContext db, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        findings.Require(
            DateTimeZoneProviders.Tzdb.Ids.Contains(request.TimeZone), "/timeZone", request.TimeZone,
            $"'{request.TimeZone}' is not an IANA time zone such as Europe/Dublin.");
        findings.Require(
            request.LabourPolicy is not { } policy || await db.LabourPolicies.AnyAsync(p => p.Code == policy, cancellationToken),
            "/labourPolicy", request.LabourPolicy, $"There is no labour policy '{request.LabourPolicy}'.");
        findings.Require(
            request.NightlyAt == new LocalTime(request.NightlyAt.Hour, request.NightlyAt.Minute), "/nightlyAt", request.NightlyAt,
            "The nightly chain starts at a whole minute.");
        WeeklyWindows.Check(findings, "/openingHours", request.OpeningHours);
        Shrinkage(findings, request.PlannedShrinkage, "/plannedShrinkage");
        Shrinkage(findings, request.UnplannedShrinkage, "/unplannedShrinkage");
        findings.ThrowIfAny();
    }

    private static void Shrinkage(Findings findings, double value, string field) =>
        findings.Require(value is >= 0 and < 1, field, value, $"A fraction of at least 0 and below 1 is needed, {value} is not: with 1 nobody ever works.");
}
