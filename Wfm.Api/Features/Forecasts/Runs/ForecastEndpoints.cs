using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Accuracy;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Forecasts.Runs;

internal static class ForecastEndpoints
{
    private static readonly double[] DefaultLevels = [0.05, 0.1, 0.5, 0.9, 0.95];

    public static void MapForecastRuns(this RouteGroupBuilder group)
    {
        group.MapPost("/", Create).WithName("CreateForecast").WithSummary("Forecasts the queues of a hub in a job; poll the returned location.")
            .Requires(Permission.WritePlans);
        group.MapGet("/", List).WithName("ListForecasts").WithSummary("Forecasts, newest first.").Requires(Permission.ReadPlans);
        group.MapGet("/{id:guid}", Get).WithName("GetForecast").WithSummary("A forecast with its accuracy by queue.").Requires(Permission.ReadPlans);
        group.MapGet("/{id:guid}/intervals", Intervals).WithName("GetForecastIntervals")
            .WithSummary("Mean, quantiles and handle time of one queue by interval.").Requires(Permission.ReadPlans);
        group.MapGet("/{id:guid}/backtest", Backtest).WithName("GetForecastBacktest").WithSummary("The back-test of one queue.").Requires(Permission.ReadPlans);
        group.MapPost("/{id:guid}:publish", Publish).WithName("PublishForecast").WithSummary(
                "Makes it the served forecast of its hub, also one that was served before; queues it was not asked for stay served as they are.")
            .Requires(Permission.WritePlans);
    }

    private static async Task<AcceptedAtRoute<JobAccepted>> Create(
        CreateForecastRequest request, WfmDbContext db, JobQueue jobs, ClaimsPrincipal user, Findings findings, CancellationToken cancellationToken)
    {
        var hub = await db.HubByCode(request.Hub, user, cancellationToken);
        var queues = await db.Series.Where(s => s.HubId == hub.Id).Select(s => s.Queue!.Code).ToListAsync(cancellationToken);
        foreach (var (index, queue) in (request.Queues ?? []).Index())
        {
            findings.Require(queues.Contains(queue), $"/queues/{index}", queue, $"Hub '{hub.Code}' has no volumes of a queue '{queue}'.");
        }

        findings.ThrowIfAny();
        if (queues.Count == 0)
        {
            throw ProblemException.Semantic("/hub", $"Hub '{hub.Code}' has no volumes yet; import some with POST /api/v1/volumes:import.");
        }

        var arguments = new ForecastArguments(
            request.Queues, request.HorizonDays, request.Seed, request.Publish, request.CutOff, request.CarryAdjustments, request.Incremental);
        return JobAccepted.At(await jobs.Ask<ForecastJob>(arguments, hub.Id, JobOwner.Of(user), cancellationToken));
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="state">draft, published or superseded.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<ForecastResponse>> List(
        WfmDbContext db, IClock clock, ClaimsPrincipal user, CancellationToken cancellationToken, string? hub = null, QueryEnum<PublicationState>? state = null,
        int? limit = null, string? after = null)
    {
        var (take, only) = (Paging.Limit(limit), state?.Value);
        var hubs = await db.HubsFor(hub, user, cancellationToken);
        var ids = hubs.Keys.ToArray();
        var before = Paging.Id(after);
        var found = await db.Forecasts.AsNoTracking()
            .Where(f => ids.Contains(f.HubId) && (only == null || f.State == only) && (before == null || f.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(f => f.Id).Take(take + 1).ToListAsync(cancellationToken);
        return found.ToPage(take, f => f.Id.ToString(), f => ToResponse(f, hubs[f.HubId].Code, clock.GetCurrentInstant()));
    }

    /// <param name="id">Identity of the forecast.</param>
    private static async Task<ForecastResponse> Get(Guid id, WfmDbContext db, IClock clock, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var forecast = await db.Forecasts.AsNoTracking().Include(f => f.Series).ThenInclude(s => s.Series).ThenInclude(s => s!.Queue).AsSplitQuery()
            .SingleOrDefaultAsync(f => f.Id == id, cancellationToken) ?? throw ProblemException.NotFound("forecast", id.ToString());
        var hub = await db.HubOf(forecast.HubId, user, cancellationToken);
        return ToResponse(forecast, hub.Code, clock.GetCurrentInstant());
    }

    /// <param name="id">Identity of the forecast.</param>
    /// <param name="queue">Code of the queue.</param>
    /// <param name="levels">Quantile levels in (0, 1), comma-separated; 0.05,0.1,0.5,0.9,0.95 when left out.</param>
    /// <param name="adjusted">False leaves adjustments out of mean and quantiles.</param>
    /// <param name="from">First interval start.</param>
    /// <param name="to">End, exclusive.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<ForecastIntervalsResponse> Intervals(
        Guid id, string queue, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken,
        string? levels = null, bool adjusted = true, QueryInstant? from = null, QueryInstant? to = null, int? limit = null, string? after = null)
    {
        var take = Paging.Limit(limit);
        var (stored, hub) = await Row(id, queue, db, user, cancellationToken);
        var row = adjusted ? await db.Adjusted(stored, cancellationToken) : stored;
        var forecast = row.ToForecast(0);
        var asked = Levels(levels, row.QuantileLevels);
        var curves = asked.Select(forecast.Quantile).ToArray();
        var page = IntervalPages.Of(row.Span, from, to, take, after, (i, start) => new ForecastInterval(
            start, stored.Mean[i], row.Mean[i], [.. curves.Select(c => c[i])], row.AhtSeconds[i], forecast.Closed.Length > 0 && forecast.Closed[i]));
        return new ForecastIntervalsResponse(queue, row.IntervalMinutes, asked, page.Items, page.Next);
    }

    /// <param name="id">Identity of the forecast.</param>
    /// <param name="queue">Code of the queue.</param>
    private static async Task<BacktestResponse> Backtest(
        Guid id, string queue, WfmDbContext db, VolumeHistory volumes, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (row, hub) = await Row(id, queue, db, user, cancellationToken);
        var forecast = await db.Forecasts.AsNoTracking().SingleAsync(f => f.Id == id, cancellationToken);
        var previous = await AccuracyEndpoints.PreviousOf(db, volumes, hub, forecast, queue, cancellationToken);
        return new BacktestResponse(queue, row.Detail.Backtest, row.Detail.Models, row.Detail.Cleansing, row.LearnedTo, previous);
    }

    /// <summary>The back-test of a series; null where the history was too short for one, for zeros would read as perfection.</summary>

    /// <param name="id">Identity of the forecast.</param>
    private static async Task<ForecastResponse> Publish(
        Guid id, WfmDbContext db, ForecastPublication publication, IClock clock, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var forecast =
            await db.Forecasts.SingleOrDefaultAsync(f => f.Id == id, cancellationToken) ?? throw ProblemException.NotFound("forecast", id.ToString());
        await db.HubOf(forecast.HubId, user, cancellationToken);
        if (forecast.State != PublicationState.Published)
        {
            if (forecast.Content != ForecastContent.Whole)
            {
                throw ProblemException.Conflict(
                    $"Forecast '{id}' was superseded long ago and is kept to be judged by alone (Wfm:Keep:PlanDays); make a new one.");
            }

            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await publication.Publish(forecast, cancellationToken);
            forecast.Version++;
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return await Get(id, db, clock, user, cancellationToken);
    }

    private static async Task<(SeriesForecastRow Row, Hub Hub)> Row(
        Guid id, string queue, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var forecast =
            await db.Forecasts.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, cancellationToken)
            ?? throw ProblemException.NotFound("forecast", id.ToString());
        var hub = await db.HubOf(forecast.HubId, user, cancellationToken);
        var row =
            await db.SeriesForecasts.AsNoTracking().SingleOrDefaultAsync(s => s.ForecastRunId == id && s.Series!.Queue!.Code == queue, cancellationToken)
            ?? throw ProblemException.Semantic("queue", $"The forecast has no queue '{queue}'.");
        return (row, hub);
    }

    internal static double[] Levels(string? levels, double[] stored)
    {
        if (levels is null)
        {
            return DefaultLevels;
        }

        return [.. levels.Split(',', StringSplitOptions.TrimEntries).Select(text =>
            double.TryParse(text, CultureInfo.InvariantCulture, out var level) && level >= stored[0] && level <= stored[^1]
                ? level
                : throw ProblemException.Semantic("levels", $"'{text}' is not a level between {stored[0]} and {stored[^1]}."))];
    }

    private static ForecastResponse ToResponse(ForecastRun run, string hub, Instant now) => new(
        run.Id, hub, run.State, run.CutOff, run.End, (now - run.CreatedAt).TotalHours, run.Seed, run.DataHash, run.CreatedAt, run.PublishedAt,
        run.Content != ForecastContent.Whole,
        [.. run.Series.OrderBy(s => s.SeriesId).Select(s => new SeriesForecastResponse(
            s.Series!.Queue!.Code, s.Series.Queue.Kind, s.Start, s.IntervalMinutes, s.Mean.Length, s.Mean.Sum(), s.Detail.Backtest.Overall?.Wape,
            s.Detail.Backtest.SeasonalNaive?.Wape, s.Detail.Backtest.Overall?.Bias, s.Detail.Backtest.Overall?.Coverage80, s.Detail.Models))],
        run.Skipped);
}
