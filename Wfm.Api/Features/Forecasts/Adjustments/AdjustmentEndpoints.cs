using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Forecasts.Adjustments;

/// <summary>Layers over forecasts: made, listed, withdrawn, and judged by what came.</summary>
internal static class AdjustmentEndpoints
{
    private const double MostTimesForecast = 100; // of the largest interval forecast
    private const double MostWithoutHistory = 1000;

    public static void MapAdjustments(this RouteGroupBuilder forecasts)
    {
        forecasts.MapPost("/{id:guid}/adjustments", Create).WithName("CreateAdjustment")
            .WithSummary("Adjusts a queue's forecast for a time; what is read from then on, and staffed, has it applied.").Requires(Permission.WriteAdjustments)
            .WithDatedExample(today => new OperationExample(
                new CreateAdjustmentRequest
                {
                    Queue = "hate-speech-en",
                    From = today.PlusDays(7).At(new LocalTime(8, 0)).InUtc().ToInstant(),
                    To = today.PlusDays(7).At(new LocalTime(20, 0)).InUtc().ToInstant(),
                    Factor = 1.2,
                    Reason = "product launch",
                },
                []));
        forecasts.MapGet("/{id:guid}/adjustments", List).WithName("ListAdjustments")
            .WithSummary("Adjustments of a forecast, oldest first, withdrawn ones included.").Requires(Permission.ReadPlans);
        forecasts.MapGet("/{id:guid}/adjustments/{adjustment}", Get).WithName("GetAdjustment").WithSummary("Reads one adjustment.")
            .Requires(Permission.ReadPlans);
        forecasts.MapDelete("/{id:guid}/adjustments/{adjustment}", Withdraw).WithName("WithdrawAdjustment")
            .WithSummary("Withdraws an adjustment for the intervals still to come; the record of it stays.").Requires(Permission.WriteAdjustments)
            .WithMetadata(new NoIfMatch());
        forecasts.MapGet("/adjustments/value", Value).WithName("GetAdjustmentValue")
            .WithSummary("Forecast value added: the error with and without each adjustment, by author and by reason.").Requires(Permission.ReadPlans);
    }

    /// <param name="id">Identity of the forecast.</param>
    private static async Task<Created<AdjustmentResponse>> Create(
        Guid id, CreateAdjustmentRequest request, WfmDbContext db, VolumeHistory volumes, ClaimsPrincipal user, IClock clock, Findings findings,
        CancellationToken cancellationToken)
    {
        var forecast =
            await db.Forecasts.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, cancellationToken)
            ?? throw ProblemException.NotFound("forecast", id.ToString());
        var hub = await db.HubOf(forecast.HubId, user, cancellationToken);
        if (forecast.State == PublicationState.Superseded)
        {
            throw ProblemException.Conflict("A newer forecast has been published since; adjust that one.");
        }

        var row =
            await db.SeriesForecasts.AsNoTracking().Include(s => s.Series)
                    .ThenInclude(s => s!.Queue).SingleOrDefaultAsync(s => s.ForecastRunId == id && s.Series!.Queue!.Code == request.Queue, cancellationToken)
            ?? throw ProblemException.Semantic("/queue", $"The forecast has no queue '{request.Queue}'.");
        Check(request, row, await volumes.KnownUntil(row.Series!, hub.Zone, cancellationToken), findings);
        var adjustment = new ForecastAdjustment
        {
            ForecastRunId = id,
            SeriesId = row.SeriesId,
            From = request.From,
            To = request.To,
            Factor = request.Factor,
            Added = request.Added,
            Reason = request.Reason.Trim(),
            Author = user.KeyName(),
            CreatedAt = clock.GetCurrentInstant(),
            AppliesUntil = request.To,
        };
        RequireSense(await db.Adjusted(row, cancellationToken), row.Mean.Max(), adjustment);
        db.ForecastAdjustments.Add(adjustment);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Created(
            $"/api/v1/forecasts/{id}/adjustments/{adjustment.Id}", AdjustmentResponse.Of(await Find(db, id, adjustment.Id, cancellationToken)));
    }

    /// <summary>422 where a layer over those before it makes an interval larger than anything the forecast knows by far.</summary>
    private static void RequireSense(SeriesForecastRow before, double largest, ForecastAdjustment layer)
    {
        var (most, after) = (Math.Max(MostWithoutHistory, MostTimesForecast * largest), before.With([layer]).Mean.Max());
        if (after > most && after > before.Mean.Max())
        {
            throw ProblemException.Semantic(
                layer.Factor is null ? "/added" : "/factor",
                $"That would make {after:N0} contacts of an interval; the largest of the forecast has {largest:N1}, and adjustments go no further than "
                    + $"{most:N0}.");
        }
    }

    private static void Check(CreateAdjustmentRequest request, SeriesForecastRow row, Instant known, Findings findings)
    {
        findings.Require(request.Factor is null != request.Added is null, "/factor", request.Factor, "Give either factor or added.");
        findings.Require(
            request.Factor is null or (>= 0 and <= 100), "/factor", request.Factor, $"A factor lies between 0 and 100, {request.Factor} does not.");
        findings.Require(
            request.Added is null || (double.IsFinite(request.Added.Value) && Math.Abs(request.Added.Value) <= 1e9), "/added", request.Added,
            $"added is a number of contacts, {request.Added} is not.");
        findings.Require(request.From < request.To, "/to", request.To, $"The end {request.To} must be after the start {request.From}.");
        findings.Require(
            request.From >= known, "/from", request.From, $"Volumes are known until {known}: an adjustment can start there or later, not at {request.From}.");
        var span = row.Span;
        findings.Require(
            request.From >= request.To || span.CeilingIndexOf(request.From) < span.CeilingIndexOf(request.To), "/from", request.From,
            $"No interval of the forecast starts in [{request.From}, {request.To}); it has those from {row.Start} to {span.End}.");
        findings.ThrowIfAny();
    }

    /// <param name="id">Identity of the forecast.</param>
    /// <param name="queue">Code of a queue; all when left out.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<AdjustmentResponse>> List(
        Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, string? queue = null, int? limit = null, string? after = null)
    {
        var (take, last) = (Paging.Limit(limit), Paging.Id(after));
        await MayRead(db, id, user, cancellationToken);
        var found = await WithQueue(db)
            .Where(a => a.ForecastRunId == id && (queue == null || a.Series!.Queue!.Code == queue) && (last == null || a.Id.CompareTo(last.Value) > 0))
            .OrderBy(a => a.Id).Take(take + 1).ToListAsync(cancellationToken);
        return found.ToPage(take, a => a.Id.ToString(), AdjustmentResponse.Of);
    }

    /// <param name="id">Identity of the forecast.</param>
    /// <param name="adjustment">Identity of the adjustment.</param>
    private static async Task<AdjustmentResponse> Get(Guid id, Guid adjustment, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await MayRead(db, id, user, cancellationToken);
        return AdjustmentResponse.Of(await Find(db, id, adjustment, cancellationToken));
    }

    /// <param name="id">Identity of the forecast.</param>
    /// <param name="adjustment">Identity of the adjustment.</param>
    private static async Task<Ok<AdjustmentResponse>> Withdraw(
        Guid id, Guid adjustment, WfmDbContext db, VolumeHistory volumes, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken)
    {
        var hub = await MayRead(db, id, user, cancellationToken);
        var layer = await Find(db, id, adjustment, cancellationToken);
        var known = await volumes.KnownUntil(layer.Series!, hub.Zone, cancellationToken);
        var until = Instant.Min(layer.To, Instant.Max(layer.From, known)); // where volume is known it was in force and is judged
        var (now, who) = (clock.GetCurrentInstant(), user.KeyName());
        await db.ForecastAdjustments.Where(a => a.Id == adjustment && a.WithdrawnAt == null).ExecuteUpdateAsync( // of two withdrawals the first stands
            a => a.SetProperty(x => x.WithdrawnAt, now).SetProperty(x => x.WithdrawnBy, who).SetProperty(x => x.AppliesUntil, until), cancellationToken);
        return TypedResults.Ok(AdjustmentResponse.Of(await Find(db, id, adjustment, cancellationToken)));
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="from">First interval start.</param>
    /// <param name="to">End, exclusive; at most 92 days after from.</param>
    private static async Task<AdjustmentValueResponse> Value(
        string hub, QueryInstant from, QueryInstant to, WfmDbContext db, VolumeHistory volumes, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var found = (await db.HubsFor(hub, user, cancellationToken)).Values.Single();
        return await AdjustmentScoring.Score(db, volumes, found, ScoredRange.Of(from, to), cancellationToken);
    }

    internal static IQueryable<ForecastAdjustment> WithQueue(WfmDbContext db) =>
        db.ForecastAdjustments.AsNoTracking().Include(a => a.Series).ThenInclude(s => s!.Queue);

    private static async Task<Hub> MayRead(WfmDbContext db, Guid id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var forecast =
            await db.Forecasts.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, cancellationToken)
            ?? throw ProblemException.NotFound("forecast", id.ToString());
        return await db.HubOf(forecast.HubId, user, cancellationToken);
    }

    private static async Task<ForecastAdjustment> Find(WfmDbContext db, Guid id, Guid adjustment, CancellationToken cancellationToken) =>
        await WithQueue(db).SingleOrDefaultAsync(a => a.Id == adjustment && a.ForecastRunId == id, cancellationToken)
            ?? throw ProblemException.NotFound($"adjustment of forecast '{id}' with id", adjustment.ToString());
}
