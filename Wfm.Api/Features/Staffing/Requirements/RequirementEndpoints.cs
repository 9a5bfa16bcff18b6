using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Features.Staffing.Requirements;

/// <summary>Which forecast to staff, and how sure to be.</summary>
public sealed record CreateRequirementRequest
{
    /// <summary>Code of the hub; its served forecast is used when no forecastId is given.</summary>
    /// <example>dub</example>
    [Required]
    public required string Hub { get; init; }

    /// <summary>The forecast to staff; left out for the served one of the hub.</summary>
    public Guid? ForecastId { get; init; }

    /// <summary>Probabilities in (0, 1) that the heads are enough; one requirement curve each.</summary>
    [MinLength(1), MaxLength(9)]
    public double[] RiskLevels { get; init; } = [0.5, 0.8, 0.9];

    /// <summary>What heads too few and too many cost; the risk level with the lowest expected cost joins the risk levels.</summary>
    public StaffingCosts? Costs { get; init; }

    /// <summary>Sample paths drawn from the forecast, 20 to 2000.</summary>
    /// <example>200</example>
    [Range(20, 2000)]
    public int Paths { get; init; } = 200;

    /// <summary>Seed of the paths.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>Costs of staffing too few or too many, in the same money; their risk level is under ÷ (under + over), to four digits.</summary>
/// <param name="Under">Cost of a head missing for an hour, more than 0.</param>
/// <param name="Over">Cost of a head too many for an hour, more than 0.</param>
public sealed record StaffingCosts(double Under, double Over)
{
    internal double RiskLevel => Math.Round(Newsvendor.RiskLevel(Under, Over), 4);
}

/// <summary>A requirement: heads by queue, interval and risk level.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="ForecastId">The forecast it was computed from.</param>
/// <param name="RiskLevels">Probabilities that the heads are enough.</param>
/// <param name="Paths">Sample paths used.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Series">By queue and risk level; empty in lists.</param>
/// <param name="Skipped">Queues that could not be staffed, each with the reason.</param>
public sealed record RequirementResponse(
    Guid Id, string Hub, Guid ForecastId, double[] RiskLevels, int Paths, Instant CreatedAt, IReadOnlyList<SeriesRequirementResponse> Series,
    IReadOnlyList<SkippedSeries> Skipped);

/// <summary>The requirement of one queue at one risk level in short.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="RiskLevel">Probability that the heads are enough.</param>
/// <param name="PeakHeads">Most heads in any interval.</param>
/// <param name="HeadHours">Σ heads × interval, hours.</param>
/// <param name="Breach">When a promise cannot be kept whatever the staffing, in words.</param>
public sealed record SeriesRequirementResponse(string Queue, double RiskLevel, double PeakHeads, double HeadHours, string? Breach);

/// <summary>One interval of a requirement with its waterfall.</summary>
/// <param name="Start">Start of the interval.</param>
/// <param name="Waterfall">The steps from volume to heads; they add up.</param>
/// <param name="DueHours">Hours of work that must have been done by the end of the interval, deferrable work only.</param>
/// <param name="ArrivedHours">Hours of work that can have been done by then, deferrable work only.</param>
public sealed record RequirementInterval(Instant Start, WaterfallRow Waterfall, double? DueHours, double? ArrivedHours);

/// <summary>Intervals of one queue at one risk level, a page at a time.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="RiskLevel">Probability that the heads are enough.</param>
/// <param name="IntervalMinutes">Length of an interval.</param>
/// <param name="Items">The intervals, ascending.</param>
/// <param name="Next">Cursor of the next page; null at the end.</param>
public sealed record RequirementIntervalsResponse(string Queue, double RiskLevel, int IntervalMinutes, IReadOnlyList<RequirementInterval> Items, string? Next);

internal static class RequirementEndpoints
{
    public static void MapRequirementRuns(this RouteGroupBuilder group)
    {
        group.MapPost("/", Create).WithName("CreateRequirement").WithSummary("Computes heads required from a forecast in a job.")
            .Requires(Permission.WriteRequirements);
        group.MapGet("/", List).WithName("ListRequirements").WithSummary("Requirements, newest first.").Requires(Permission.ReadPlans);
        group.MapGet("/{id:guid}", Get).WithName("GetRequirement").WithSummary("A requirement with peak and hours by queue and risk level.")
            .Requires(Permission.ReadPlans);
        group.MapGet("/{id:guid}/intervals", Intervals).WithName("GetRequirementIntervals")
            .WithSummary("Heads of one queue by interval, with the waterfall from volume to heads.").Requires(Permission.ReadPlans);
    }

    private static async Task<AcceptedAtRoute<JobAccepted>> Create(
        CreateRequirementRequest request, WfmDbContext db, JobQueue jobs, ClaimsPrincipal user, Findings findings, CancellationToken cancellationToken)
    {
        var hub = await db.HubByCode(request.Hub, user, cancellationToken);
        foreach (var (index, level) in request.RiskLevels.Index())
        {
            findings.Require(level is > 0 and < 1, $"/riskLevels/{index}", level, $"A risk level lies in (0, 1), {level} does not.");
        }

        var levels = request.RiskLevels.ToList();
        if (request.Costs is { } costs)
        {
            findings.Require(double.IsFinite(costs.Under) && costs.Under > 0, "/costs/under", costs.Under, $"A cost is more than 0, {costs.Under} is not.");
            findings.Require(double.IsFinite(costs.Over) && costs.Over > 0, "/costs/over", costs.Over, $"A cost is more than 0, {costs.Over} is not.");
            findings.ThrowIfAny();
            levels.Add(costs.RiskLevel);
            findings.Require(
                levels[^1] is > 0 and < 1, "/costs", levels[^1],
                $"Costs of {costs.Under} and {costs.Over} make a risk level of {levels[^1]}; it must lie in (0, 1).");
        }

        findings.ThrowIfAny();
        var forecast = request.ForecastId is { } id
            ? await db.Forecasts.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id && f.HubId == hub.Id, cancellationToken)
                ?? throw ProblemException.Semantic("/forecastId", $"Hub '{hub.Code}' has no forecast '{id}'.")
            : await db.Forecasts.AsNoTracking().Where(f => f.HubId == hub.Id && f.State == PublicationState.Published).OrderByDescending(f => f.Id)
                .FirstOrDefaultAsync(cancellationToken)
                ?? throw ProblemException.Semantic("/hub", $"Hub '{hub.Code}' has no published forecast; make one with POST /api/v1/forecasts.");
        var arguments = new RequirementArguments(forecast.Id, [.. levels.Distinct().Order()], request.Paths, request.Seed);
        return JobAccepted.At(await jobs.Ask<RequirementJob>(arguments, hub.Id, JobOwner.Of(user), cancellationToken));
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<RequirementResponse>> List(
        WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, string? hub = null, int? limit = null, string? after = null)
    {
        var take = Paging.Limit(limit);
        var hubs = await db.HubsFor(hub, user, cancellationToken);
        var ids = hubs.Keys.ToArray();
        var before = Paging.Id(after);
        var found = await db.Requirements.AsNoTracking().Where(r => ids.Contains(r.HubId) && (before == null || r.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(r => r.Id).Take(take + 1).ToListAsync(cancellationToken);
        return found.ToPage(take, r => r.Id.ToString(), r => ToResponse(r, hubs[r.HubId].Code));
    }

    /// <param name="id">Identity of the requirement.</param>
    private static async Task<RequirementResponse> Get(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var run = await db.Requirements.AsNoTracking().Include(r => r.Series).ThenInclude(s => s.Series).ThenInclude(s => s!.Queue).AsSplitQuery()
            .SingleOrDefaultAsync(r => r.Id == id, cancellationToken) ?? throw ProblemException.NotFound("requirement", id.ToString());
        var hub = await db.HubOf(run.HubId, user, cancellationToken);
        return ToResponse(run, hub.Code);
    }

    /// <param name="id">Identity of the requirement.</param>
    /// <param name="queue">Code of the queue.</param>
    /// <param name="riskLevel">One of the requirement's risk levels; the highest when left out.</param>
    /// <param name="from">First interval start.</param>
    /// <param name="to">End, exclusive.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<RequirementIntervalsResponse> Intervals(
        Guid id, string queue, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken,
        double? riskLevel = null, QueryInstant? from = null, QueryInstant? to = null, int? limit = null, string? after = null)
    {
        var take = Paging.Limit(limit);
        var (row, hub) = await FindSeries(id, queue, riskLevel, db, user, cancellationToken);
        var page = IntervalPages.Of(row.Span, from, to, take, after, (i, start) => new RequirementInterval(
            start, WaterfallRow.At(row, i), row.DueHours?[i], row.ArrivedHours?[i]));
        return new RequirementIntervalsResponse(queue, row.RiskLevel, row.IntervalMinutes, page.Items, page.Next);
    }

    /// <summary>A requirement and its hub, which the user may see.</summary>
    internal static async Task<(RequirementRun Run, Hub Hub)> Find(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var run =
            await db.Requirements.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken)
            ?? throw ProblemException.NotFound("requirement", id.ToString());
        return (run, await db.HubOf(run.HubId, user, cancellationToken));
    }

    /// <summary>One queue of a requirement at one risk level; the highest when none is asked for.</summary>
    internal static async Task<(SeriesRequirement Row, Hub Hub)> FindSeries(
        Guid id, string queue, double? riskLevel, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (run, hub) = await Find(id, db, user, cancellationToken);
        var level = riskLevel ?? run.RiskLevels.Max();
        var row =
            await db.SeriesRequirements.AsNoTracking().Include(s => s.Series)
                    .ThenInclude(s => s!.Queue)
                .SingleOrDefaultAsync(s => s.RequirementRunId == id && s.Series!.Queue!.Code == queue && s.RiskLevel == level, cancellationToken)
            ?? throw ProblemException.Semantic(
                run.RiskLevels.Contains(level) ? "queue" : "riskLevel",
                $"The requirement has no queue '{queue}' at risk level {level}; its levels are {string.Join(", ", run.RiskLevels)}.");
        return (row, hub);
    }

    private static RequirementResponse ToResponse(RequirementRun run, string hub) => new(
        run.Id, hub, run.ForecastRunId, run.RiskLevels, run.Paths, run.CreatedAt,
        [.. run.Series.OrderBy(s => s.SeriesId).ThenBy(s => s.RiskLevel).Select(s => new SeriesRequirementResponse(
            s.Series!.Queue!.Code, s.RiskLevel, s.Heads.DefaultIfEmpty().Max(), s.Heads.Sum() * s.IntervalMinutes / 60, s.Breach))],
        run.Skipped);
}
