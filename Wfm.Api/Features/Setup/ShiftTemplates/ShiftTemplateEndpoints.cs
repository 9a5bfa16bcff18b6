using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Hubs;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Hosting;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Setup.ShiftTemplates;

internal static class ShiftTemplateEndpoints
{
    private static readonly List<BreakWindow> EightHours =
        [new("break", 15, 90, 120, true), new("meal", 30, 195, 225, false), new("wellness", 30, 300, 345, true), new("break", 15, 390, 435, true)];

    private static readonly ShiftTemplateRequest Early = new()
    {
        Code = "dub-early",
        Hub = "dub",
        EarliestStart = new LocalTime(5, 0),
        LatestStart = new LocalTime(6, 0),
        StartStepMinutes = 30,
        LengthMinutes = 480,
        Breaks = EightHours,
        Days = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday],
    };

    public static void MapShiftTemplates(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/shift-templates").WithTags("Shift templates").WithNotModified();
        group.MapGet("/", List).WithName("ListShiftTemplates").WithSummary("Lists shift templates in order of code.").Requires(Permission.ReadSetup);
        group.MapGet("/{code}", Get).WithName("GetShiftTemplate").WithSummary("Reads a shift template.").Requires(Permission.ReadSetup).WithExample(path: ("code", "dub-day"));
        group.MapPost("/", Create).WithName("CreateShiftTemplate").WithSummary("Creates a shift template.").Requires(Permission.WriteSetup).WithExample(Early);
        group.MapPut("/{code}", Replace).WithName("ReplaceShiftTemplate").WithSummary("Replaces a shift template; rosters already made keep their shifts.")
            .Requires(Permission.WriteSetup)
            .WithExample(Early with { Code = "dub-day", EarliestStart = new LocalTime(6, 0), LatestStart = new LocalTime(10, 0), Days = [] }, ("code", "dub-day"));
        group.MapDelete("/{code}", Delete).WithName("DeleteShiftTemplate").WithSummary("Deletes a shift template that no contract or wish names.")
            .Requires(Permission.WriteSetup).WithExample(path: ("code", "dub-day"));
    }

    /// <param name="hub">Only templates of this hub.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<ShiftTemplateResponse>>> List(
        WfmDbContext db, CancellationToken cancellationToken, string? hub = null, int? limit = null, string? after = null)
    {
        var take = Paging.Limit(limit);
        var templates = db.ShiftTemplates.Include(t => t.Hub).Where(t => hub == null || t.Hub!.Code == hub);
        return TypedResults.Ok((await templates.PageByCode(after, take, cancellationToken)).ToPage(take, t => t.Code, ShiftTemplateResponse.From));
    }

    /// <param name="code">Code of the shift template.</param>
    private static async Task<Ok<ShiftTemplateResponse>> Get(string code, WfmDbContext db, HttpResponse response, CancellationToken cancellationToken)
    {
        var template = await db.ShiftTemplates.AsNoTracking().Include(t => t.Hub).ByCode("shift template", code, cancellationToken);
        response.SetETag(template);
        return TypedResults.Ok(ShiftTemplateResponse.From(template));
    }

    private static async Task<Created<ShiftTemplateResponse>> Create(
        ShiftTemplateRequest request, WfmDbContext db, IClock clock, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken)
    {
        user.DemandHub(request.Hub);
        await db.ShiftTemplates.MustBeFree("shift template", request.Code, cancellationToken);
        var findings = new Findings();
        var hub = await db.Hubs.SingleOrDefaultAsync(h => h.Code == request.Hub, cancellationToken);
        findings.Require(hub is not null, "/hub", request.Hub, $"There is no hub '{request.Hub}'.");
        ShiftTemplateRules.Check(request, findings);
        findings.ThrowIfAny();
        var template = new ShiftTemplate { Code = request.Code, HubId = hub!.Id, Hub = hub, UpdatedAt = clock.GetCurrentInstant() };
        Apply(request, template);
        db.ShiftTemplates.Add(template);
        await db.SaveChangesAsync(cancellationToken);
        response.SetETag(template);
        return TypedResults.Created($"/api/v1/shift-templates/{template.Code}", ShiftTemplateResponse.From(template));
    }

    /// <param name="code">Code of the shift template.</param>
    private static async Task<Ok<ShiftTemplateResponse>> Replace(
        string code, ShiftTemplateRequest request, WfmDbContext db, IClock clock, ClaimsPrincipal user, HttpContext http, CancellationToken cancellationToken)
    {
        var template = await db.ShiftTemplates.Include(t => t.Hub).ByCode("shift template", code, cancellationToken);
        user.DemandHub(template.Hub!.Code);
        http.Request.CheckIfMatch(template);
        Codes.MustMatch(code, request.Code);
        var findings = new Findings();
        findings.Require(request.Hub == template.Hub.Code, "/hub", request.Hub, $"A template stays at its hub '{template.Hub.Code}'; make another one for '{request.Hub}'.");
        ShiftTemplateRules.Check(request, findings);
        findings.ThrowIfAny();
        Apply(request, template);
        template.Touch(clock.GetCurrentInstant());
        await db.SaveChangesAsync(cancellationToken);
        http.Response.SetETag(template);
        return TypedResults.Ok(ShiftTemplateResponse.From(template));
    }

    /// <param name="code">Code of the shift template.</param>
    private static async Task<NoContent> Delete(string code, WfmDbContext db, ClaimsPrincipal user, HttpRequest http, CancellationToken cancellationToken)
    {
        var template = await db.ShiftTemplates.Include(t => t.Hub).ByCode("shift template", code, cancellationToken);
        user.DemandHub(template.Hub!.Code);
        http.CheckIfMatch(template);
        var contracts = await db.Contracts.AsNoTracking().ToListAsync(cancellationToken);
        var wishes = await db.Agents.AsNoTracking().Where(a => a.HubId == template.HubId).Select(a => a.PreferredTemplates).ToListAsync(cancellationToken);
        Codes.MustBeUnreferenced(
            $"Shift template '{code}'",
            (contracts.Count(c => c.Templates.Contains(code)), "contracts"),
            (wishes.Count(w => w.Contains(code)), "preferences of agents"));
        db.ShiftTemplates.Remove(template);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static void Apply(ShiftTemplateRequest request, ShiftTemplate template)
    {
        template.EarliestStart = request.EarliestStart!.Value; // validation saw to both
        template.LatestStart = request.LatestStart!.Value;
        template.StartStepMinutes = request.StartStepMinutes;
        template.LengthMinutes = ShiftTemplateRules.Length(request);
        template.EndsAt = request.EndsAt;
        template.Breaks = request.Breaks;
        template.Days = request.Days;
    }
}
