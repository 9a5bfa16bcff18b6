using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Volumes;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Api.Security;
using Wfm.Scheduling.Capacity;

namespace Wfm.Api.Features.Staffing.CapacityPlans;

internal static class CapacityPlanEndpoints
{
    private const int MostCompared = 8;
    private const long MostLifetimes = 40_000_000;

    private static readonly CapacityPlanRequest Example = new()
    {
        Name = "Dublin policy team, as we are",
        Hub = "dub",
        Group = "policy-en",
        Weeks = 26,
        Requirement = new CapacityRequirementSpec { Fte = [.. Enumerable.Range(0, 26).Select(w => Math.Round(24 + (0.2 * w), 1))] },
        Assumptions = new CapacityAssumptions
        {
            Attrition = new CapacityAttrition { YearlyRate = 0.3 },
            TrainingWeeks = 4,
            Ramp = new CapacityRamp { Start = 0.5, Weeks = 6 },
            LeaveShare = [0.08],
            OvertimeShare = [0.05],
            Hiring = new CapacityHiring { ClassSize = 6, LeadWeeks = 6 },
        },
    };

    private static readonly CapacityPlanCopyRequest CopyExample = new() { Name = "A fifth more work", RequirementFactor = 1.2 };

    public static void AddCapacityPlans(this IServiceCollection services)
    {
        services.AddScoped<CapacityRequirementSource>();
        services.AddScoped<CapacityPlanMaker>();
        services.AddJobHandler<CapacityPlanJob>();
    }

    public static void MapCapacityPlans(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/capacity-plans").WithTags("Capacity plans");
        group.MapPost("/", Create).WithName("CreateCapacityPlan").WithSummary("Makes a plan: at once where that is quick (201), otherwise in a job (202).")
            .Requires(Permission.WritePlans).WithExample(Example);
        group.MapGet("/", List).WithName("ListCapacityPlans").WithSummary("Capacity plans, newest first.").Requires(Permission.ReadPlans);
        group.MapGet("/compare", Compare).WithName("CompareCapacityPlans").WithSummary("Plans side by side, all on the same luck.")
            .Requires(Permission.ReadPlans);
        group.MapGet("/{id:guid}", Get).WithName("GetCapacityPlan").WithSummary("A plan with its assumptions and figures.").Requires(Permission.ReadPlans);
        group.MapGet("/{id:guid}/weeks", Weeks).WithName("GetCapacityPlanWeeks").WithSummary("Required against available FTE by week; JSON or CSV.")
            .Requires(Permission.ReadPlans);
        group.MapGet("/{id:guid}/hires", Hires).WithName("GetCapacityPlanHires").WithSummary("Hire-by dates: which classes must be decided when.")
            .Requires(Permission.ReadPlans);
        group.MapPost("/{id:guid}/copies", Copy).WithName("CopyCapacityPlan").WithSummary("A what-if: the plan with some of it changed, as a plan of its own.")
            .Requires(Permission.WritePlans).WithExample(CopyExample);
        group.MapDelete("/{id:guid}", Delete).WithName("DeleteCapacityPlan").WithSummary("Deletes a plan; its copies stay.").Requires(Permission.WritePlans);
    }

    private static async Task<Results<Created<CapacityPlanResponse>, AcceptedAtRoute<JobAccepted>>> Create(
        CapacityPlanRequest request, WfmDbContext db, CapacityPlanMaker maker, JobQueue jobs, ClaimsPrincipal user, HttpResponse response, Findings findings,
        CancellationToken cancellationToken)
    {
        CapacityPlanRules.Check(request.Start, request.Weeks, request.Requirement, request.RequirementFactor, request.Assumptions, findings);
        var hub = await db.HubByCode(request.Hub, user, cancellationToken);
        if (request.Group is not null && !await db.Queues.AnyAsync(q => q.SkillGroup == request.Group, cancellationToken))
        {
            throw ProblemException.Semantic("/group", $"There is no queue of a skill group '{request.Group}'.");
        }

        var assumptions = await maker.Complete(request.Assumptions, hub, request.Group, cancellationToken);
        var draft = new CapacityDraft(
            request.Name, request.Group, request.Start, request.Weeks, assumptions, null, request.Requirement, request.RequirementFactor, null, user.KeyName());
        return await MakeOrQueue(hub, draft, maker, jobs, user, response, cancellationToken);
    }

    /// <param name="id">Identity of the plan copied.</param>
    private static async Task<Results<Created<CapacityPlanResponse>, AcceptedAtRoute<JobAccepted>>> Copy(
        Guid id, CapacityPlanCopyRequest request, WfmDbContext db, CapacityPlanMaker maker, JobQueue jobs, ClaimsPrincipal user, HttpResponse response,
        Findings findings, CancellationToken cancellationToken)
    {
        var (plan, hub) = await Find(id, db, user, cancellationToken);
        var assumptions = request.Assumptions.Over(plan.Assumptions);
        CapacityPlanRules.Check(null, plan.Weeks, request.Requirement, request.RequirementFactor, assumptions, findings);
        var kept = request.Requirement is not null
            ? null
            : new ResolvedRequirement(
                plan.Start, plan.RequirementLevels, Forecasts.Stored.ForecastCurves.Unflatten(plan.RequirementFte, plan.RequirementLevels.Length),
                plan.RequirementOrigin
            ).Times(request.RequirementFactor);
        var draft = new CapacityDraft(
            request.Name, plan.Group, plan.Start, plan.Weeks, assumptions, kept, request.Requirement, request.RequirementFactor, plan.Id, user.KeyName());
        return await MakeOrQueue(hub, draft, maker, jobs, user, response, cancellationToken);
    }

    private static async Task<Results<Created<CapacityPlanResponse>, AcceptedAtRoute<JobAccepted>>> MakeOrQueue(
        Hub hub, CapacityDraft draft, CapacityPlanMaker maker, JobQueue jobs, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken)
    {
        var requirement = draft.Spec?.LongRange is null ? await maker.Resolve(hub, draft, cancellationToken) : null;
        if (requirement is null || CapacityPlanMaker.IsLong(draft, requirement))
        {
            return JobAccepted.At(await jobs.Ask<CapacityPlanJob>(draft with { Resolved = requirement }, hub.Id, JobOwner.Of(user), cancellationToken));
        }

        var plan = await maker.Make(hub, draft, requirement, null, cancellationToken);
        response.Headers.ETag = ETags.Of(plan.Id, plan.Version);
        return TypedResults.Created($"/api/v1/capacity-plans/{plan.Id}", ToResponse(plan, hub.Code));
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="group">Skill group.</param>
    /// <param name="basedOn">Only what-ifs of this plan.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<CapacityPlanResponse>> List(
        WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, string? hub = null, string? group = null, Guid? basedOn = null,
        int? limit = null, string? after = null)
    {
        var take = Paging.Limit(limit);
        var hubs = await db.HubsFor(hub, user, cancellationToken);
        var ids = hubs.Keys.ToArray();
        var before = Paging.Id(after);
        var found = await db.CapacityPlans.AsNoTracking().Where(p =>
                ids.Contains(p.HubId)
                && (group == null || p.Group == group)
                && (basedOn == null || p.BasedOnId == basedOn)
                && (before == null || p.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(p => p.Id).Take(take + 1).ToListAsync(cancellationToken);
        return found.ToPage(take, p => p.Id.ToString(), p => ToResponse(p, hubs[p.HubId].Code));
    }

    /// <param name="id">Identity of the plan.</param>
    private static async Task<CapacityPlanResponse> Get(
        Guid id, WfmDbContext db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken)
    {
        var (plan, hub) = await Find(id, db, user, cancellationToken);
        response.Headers.ETag = ETags.Of(plan.Id, plan.Version);
        return ToResponse(plan, hub.Code);
    }

    /// <param name="id">Identity of the plan.</param>
    /// <param name="format">json or csv; by Accept when left out.</param>
    private static async Task<Results<Ok<IReadOnlyList<CapacityWeekRow>>, CapacityPlanCsv>> Weeks(
        Guid id, WfmDbContext db, ClaimsPrincipal user, HttpRequest request, CancellationToken cancellationToken, string? format = null)
    {
        var wantsCsv = VolumeEndpoints.WantsCsv(format, request);
        var (plan, _) = await Find(id, db, user, cancellationToken);
        return wantsCsv ? new CapacityPlanCsv(plan.Rows) : TypedResults.Ok<IReadOnlyList<CapacityWeekRow>>(plan.Rows);
    }

    /// <param name="id">Identity of the plan.</param>
    private static async Task<CapacityHires> Hires(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (plan, _) = await Find(id, db, user, cancellationToken);
        return plan.Hires ?? throw new ProblemException(
            StatusCodes.Status404NotFound, "This plan was made without hiring. Copy it with assumptions.hiring to have hire-by dates found.");
    }

    /// <param name="ids">Identities of 2 to 8 plans over the same weeks, comma-separated; the first is what the others are compared with.</param>
    private static async Task<CapacityComparisonResponse> Compare(
        string ids, WfmDbContext db, ComputeSlots slots, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var asked = ids.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (asked.Length is < 2 or > MostCompared)
        {
            throw ProblemException.Semantic("ids", $"2 to {MostCompared} plans can be compared, {asked.Length} are given.");
        }

        var plans = new List<CapacityPlanRow>();
        foreach (var text in asked)
        {
            var id = Guid.TryParse(text, out var parsed) ? parsed : throw ProblemException.Semantic("ids", $"'{text}' is not the identity of a plan.");
            plans.Add((await Find(id, db, user, cancellationToken)).Plan);
        }

        var first = plans[0];
        if (plans.Find(p => p.Start != first.Start || p.Weeks != first.Weeks) is { } other)
        {
            throw ProblemException.Semantic(
                "ids",
                $"Plans are compared over the same weeks; '{first.Name}' has {first.Weeks} from {first.Start:uuuu-MM-dd}, '{other.Name}' has {other.Weeks} "
                    + $"from {other.Start:uuuu-MM-dd}.");
        }

        if (plans.Sum(p => CapacityScenarios.LifetimesOf(p.Assumptions with { Paths = first.Assumptions.Paths })) > MostLifetimes)
        {
            throw ProblemException.Semantic(
                "ids",
                $"These plans have too many people on {first.Assumptions.Paths:N0} paths to be compared at once; compare fewer, or copy them with fewer paths."
            );
        }

        var comparison = await slots.Run(
            () => CapacityPlanner.Compare([.. plans.Select(CapacityScenarios.Of)], first.Assumptions.Seed!.Value, first.Assumptions.Paths!.Value),
            cancellationToken);
        return new CapacityComparisonResponse(
            [.. Enumerable.Range(0, first.Weeks).Select(first.Start.PlusWeeks)],
            [.. plans.Select((p, i) => ToCompared(p, comparison.Plans[i], comparison.Differences[i]))]);
    }

    /// <param name="id">Identity of the plan.</param>
    private static async Task<NoContent> Delete(Guid id, WfmDbContext db, ClaimsPrincipal user, HttpRequest request, CancellationToken cancellationToken)
    {
        var (plan, _) = await Find(id, db, user, cancellationToken);
        request.CheckIfMatch(ETags.Of(plan.Id, plan.Version));
        await db.CapacityPlans.Where(p => p.Id == id).ExecuteDeleteAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<(CapacityPlanRow Plan, Hub Hub)> Find(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var plan =
            await db.CapacityPlans.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken)
            ?? throw ProblemException.NotFound("capacity plan", id.ToString());
        return (plan, await db.HubOf(plan.HubId, user, cancellationToken));
    }

    private static CapacityPlanResponse ToResponse(CapacityPlanRow plan, string hub)
    {
        var below = plan.Rows.Where(w => 1 - w.GapProbability < plan.Assumptions.Level!.Value - 1e-9).ToList();
        return new CapacityPlanResponse(
            plan.Id, plan.Name, hub, plan.Group, plan.Start, plan.Weeks, plan.BasedOnId, plan.RequirementOrigin, plan.Assumptions,
            new CapacitySummary(
                below.Count == 0 ? null : below[0].Week, below.Count,
                plan.Rows.Max(w => w.Gap),
                plan.Rows.Sum(w => Math.Max(0, w.Gap)),
                plan.Rows.Sum(w => w.OvertimeFte),
                plan.Hires?.Heads,
                plan.Hires?.Classes.Select(c => (LocalDate?)c.DecideBy).Min()),
            plan.Author, plan.CreatedAt, ETags.Of(plan.Id, plan.Version));
    }

    private static ComparedPlan ToCompared(CapacityPlanRow row, CapacityPlan plan, CapacityDifference d) =>
        new(
            row.Id, row.Name,
            [.. plan.Weeks.Select(w => w.RequiredFte)],
            [.. plan.Weeks.Select(w => w.AvailableFte)],
            [.. plan.Weeks.Select(w => w.Gap)],
            [.. plan.Risk.Select(r => 1 - r.ProbabilityCovered)],
            new PlanDifference(
                d.RequiredFte, d.AvailableFte, d.Gap,
                [.. d.ProbabilityCovered.Select(p => 0 - p)],
                d.HiredHeads, d.ShortageFteWeeks, d.OvertimeFteWeeks));
}
