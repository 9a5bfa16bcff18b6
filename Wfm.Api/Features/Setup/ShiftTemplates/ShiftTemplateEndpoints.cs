using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.ShiftTemplates;

internal sealed class ShiftTemplateEndpoints() : SetupResource<ShiftTemplate, ShiftTemplateRequest, ShiftTemplateResponse>("shift template")
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

    protected override SetupSummaries Summaries => new(
        Replace: "Replaces a shift template; rosters already made keep their shifts.",
        Delete: "Deletes a shift template that no contract or wish names.");

    protected override (ShiftTemplateRequest New, ShiftTemplateRequest Known) Examples =>
        (Early, Early with { Code = "dub-day", EarliestStart = new LocalTime(6, 0), LatestStart = new LocalTime(10, 0), Days = [] });

    protected override Delegate Listing => List;

    protected override IQueryable<ShiftTemplate> All(WfmDbContext db) => db.ShiftTemplates.Include(t => t.Hub);

    protected override string HubOf(ShiftTemplateRequest request) => request.Hub;

    protected override string HubOf(ShiftTemplate entity) => entity.Hub!.Code;

    protected override ShiftTemplateResponse Answer(ShiftTemplate entity) => ShiftTemplateResponse.From(entity);

    protected override ShiftTemplate Make(ShiftTemplateRequest request) => new() { Code = request.Code };

    protected override async Task<Action<ShiftTemplate>> Check(ShiftTemplateRequest request, ShiftTemplate? current, SetupCall call, Findings findings)
    {
        var hub = current is null ? await call.Db.Hubs.SingleOrDefaultAsync(h => h.Code == request.Hub, call.Cancelled) : current.Hub;
        findings.Require(hub is not null, "/hub", request.Hub, $"There is no hub '{request.Hub}'.");
        findings.Require(
            current is null || request.Hub == hub!.Code, "/hub", request.Hub,
            $"A template stays at its hub '{hub?.Code}'; make another one for '{request.Hub}'.");
        ShiftTemplateRules.Check(request, findings);
        return template =>
        {
            template.HubId = hub!.Id;
            Apply(request, template);
        };
    }

    /// <param name="hub">Only templates of this hub.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private Task<Ok<Page<ShiftTemplateResponse>>> List(SetupCall call, string? hub = null, int? limit = null, string? after = null) =>
        PageOf(All(call.Db).Where(t => hub == null || t.Hub!.Code == hub), limit, after, ShiftTemplateResponse.From, call.Cancelled);

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
