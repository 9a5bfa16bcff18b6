using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Api.Security;
using Wfm.Forecasting.Explanation;

namespace Wfm.Api.Features.Forecasts.Explanation;

internal static class ExplanationEndpoints
{
    private const int MostItems = 2018; // six weeks of half-hours, the hour that an autumn adds among them
    private static readonly Duration Default = Duration.FromDays(28);

    public static void MapExplanation(this RouteGroupBuilder forecasts) =>
        forecasts.MapGet("/{id:guid}/explanation", Explain).WithName("GetForecastExplanation")
            .WithSummary("What drove the forecast of one queue, in parts that add up, and what changed.").Requires(Permission.ReadPlans);

    /// <param name="id">Identity of the forecast.</param>
    /// <param name="queue">Code of the queue.</param>
    /// <param name="from">Start; the start of the forecast when left out.</param>
    /// <param name="to">End, exclusive; 28 days after the start, or the end of the forecast, when left out.</param>
    /// <param name="by">interval, day or week; day when left out.</param>
    private static async Task<ExplanationResponse> Explain(
        Guid id, string queue, WfmDbContext db, VolumeHistory volumes, ComputeSlots slots, ClaimsPrincipal user, CancellationToken cancellationToken,
        QueryInstant? from = null, QueryInstant? to = null, QueryEnum<ExplanationPeriod>? by = null)
    {
        var run =
            await db.Forecasts.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, cancellationToken)
            ?? throw ProblemException.NotFound("forecast", id.ToString());
        var hub = await db.HubOf(run.HubId, user, cancellationToken);
        var row = await RowOf(db, run.Id, queue, cancellationToken) ?? throw ProblemException.Semantic("queue", $"The forecast has no queue '{queue}'.");
        var explanation = await ExplainRow(row, run, hub, db, volumes, slots, cancellationToken)
            ?? throw ProblemException.Conflict($"The volumes of queue '{queue}' the forecast was made from are no longer stored; make a new forecast.");
        var start = Instant.Max(from?.Value ?? row.Start, row.Start);
        var end = Instant.Min(to?.Value ?? (start + Default), explanation.End);
        var items = explanation.By(by?.Value ?? ExplanationPeriod.Day, start, end);
        if (items.Count is 0 or > MostItems)
        {
            throw ProblemException.Semantic("to", items.Count == 0
                ? $"No interval of the forecast, {row.Start} to {explanation.End}, starts in the time asked for."
                : $"{items.Count} lines were asked for, at most {MostItems} are given; ask for less time, or by day.");
        }

        var (first, last) = (items[0].Start, items[^1].End);
        var total = items.Select(i => i.Parts).Aggregate((a, b) => a + b);
        var comparisons = new List<ExplanationComparison>();
        foreach (var (name, days) in new[] { ("last-week", 7), ("last-year", 364) })
        {
            var (begin, until) = (DaysBefore(first, days, hub.Zone), DaysBefore(last, days, hub.Zone));
            if (explanation.Covers(begin, until))
            {
                comparisons.Add(ExplanationComparison.Of(name, begin, until, total, explanation.Sum(begin, until)));
            }
        }

        if (await Previous(run, queue, first, last, hub, db, volumes, slots, cancellationToken) is { } before)
        {
            comparisons.Add(ExplanationComparison.Of("previous-forecast", first, last, total, before));
        }

        return new ExplanationResponse(
            queue, by?.Value ?? ExplanationPeriod.Day, [.. items.Select(i => ExplanationItem.Of(i.Start, i.End, i.Parts))],
            ExplanationItem.Of(first, last, total), comparisons, row.Detail.Models, row.Detail.EventEffects, row.Detail.Crises);
    }

    /// <summary>The newest earlier forecast of the queue that reaches over the whole time, in its own terms.</summary>
    private static async Task<Contributions?> Previous(
        ForecastRun run, string queue, Instant from, Instant to, Hub hub, WfmDbContext db, VolumeHistory volumes, ComputeSlots slots,
        CancellationToken cancellationToken)
    {
        var earlier = await db.Forecasts.AsNoTracking().Where(f =>
                f.HubId == run.HubId && f.Id.CompareTo(run.Id) < 0 && f.CutOff <= from && f.End >= to && f.Series.Any(s => s.Series!.Queue!.Code == queue))
            .OrderByDescending(f => f.Id).FirstOrDefaultAsync(cancellationToken);
        return
            earlier is not null
            && await RowOf(db, earlier.Id, queue, cancellationToken) is { } row
            && await ExplainRow(row, earlier, hub, db, volumes, slots, cancellationToken) is { } explanation
            && explanation.Covers(from, to)
            ? explanation.Sum(from, to)
            : null;
    }

    private static Task<SeriesForecastRow?> RowOf(WfmDbContext db, Guid forecast, string queue, CancellationToken cancellationToken) =>
        db.SeriesForecasts.AsNoTracking().Include(s => s.Series)
                .ThenInclude(s => s!.Queue).SingleOrDefaultAsync(s => s.ForecastRunId == forecast && s.Series!.Queue!.Code == queue, cancellationToken);

    private static async Task<ForecastExplanation?> ExplainRow(
        SeriesForecastRow row, ForecastRun run, Hub hub, WfmDbContext db, VolumeHistory volumes, ComputeSlots slots, CancellationToken cancellationToken)
    {
        var series = row.Series!;
        var stretch = await volumes.Load(
            series.Id, SeriesHistory.Earliest(series.GridAt(hub), run.CutOff, SeriesHistory.Longest), row.Start, cancellationToken);
        var events = await db.Events.AsNoTracking().Where(e => e.HubId == null || e.HubId == hub.Id).OrderBy(e => e.Start).ThenBy(e => e.Id)
            .ToListAsync(cancellationToken);
        var history = series.ToHistory(hub, stretch, events);
        if (!history.IsKnown)
        {
            return null;
        }

        var adjusted = await db.Adjusted(row, cancellationToken);
        double[] added = ReferenceEquals(adjusted, row) ? [] : [.. adjusted.Mean.Zip(row.Mean, (after, before) => after - before)];
        return await slots.Run(
            () => ForecastExplanation.Explain(history.Offered, row.Mean, row.Detail.EventFactors, history.Options, added),
            cancellationToken);
    }

    private static Instant DaysBefore(Instant instant, int days, DateTimeZone zone) =>
        instant.InZone(zone).LocalDateTime.PlusDays(-days).InZoneLeniently(zone).ToInstant();
}
