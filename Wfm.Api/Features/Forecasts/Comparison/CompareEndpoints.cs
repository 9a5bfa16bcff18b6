using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Accuracy;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Forecasting;

namespace Wfm.Api.Features.Forecasts.Comparison;

/// <summary>Two forecasts side by side.</summary>
internal static class CompareEndpoints
{
    private const int LargestDifferences = 10;
    private const double NoChange = 1e-9; // of a weight

    public static void MapCompare(this RouteGroupBuilder forecasts) =>
        forecasts.MapGet("/compare", Compare).WithName("CompareForecasts")
            .WithSummary("Two forecasts of a queue side by side: totals by day, largest differences, weights, accuracy.").Requires(Permission.ReadPlans);

    /// <param name="a">Identity of the first forecast.</param>
    /// <param name="b">Identity of the second, of the same hub.</param>
    /// <param name="queue">Code of the queue.</param>
    private static async Task<CompareResponse> Compare(
        Guid a, Guid b, string queue, WfmDbContext db, VolumeHistory volumes, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (first, second) = (await Find(db, a, cancellationToken), await Find(db, b, cancellationToken));
        var hub = await db.HubOf(first.HubId, user, cancellationToken);
        if (second.HubId != first.HubId)
        {
            throw ProblemException.Semantic("b", $"Forecast '{b}' is not of hub '{hub.Code}' like '{a}'; compare two of one hub.");
        }

        var series = (await db.SeriesOf(hub, queue, cancellationToken))[0];
        var (left, right) = (await Row(db, first, series, hub, cancellationToken), await Row(db, second, series, hub, cancellationToken));
        if (left.IntervalMinutes != right.IntervalMinutes)
        {
            throw ProblemException.Semantic("b", $"One forecast has intervals of {left.IntervalMinutes} minutes, the other of {right.IntervalMinutes}.");
        }

        var pairs = Pairs(left, right);
        var actuals =
            pairs.Count == 0
                ? null
                : await Actuals.Load(volumes, series, hub.Zone, new ScoredRange(pairs[0].Start, pairs[^1].Start + Duration.Epsilon), cancellationToken);
        return new CompareResponse(
            queue,
            Side(first, left, pairs, actuals, p => (p.I, p.A)),
            Side(second, right, pairs, actuals, p => (p.J, p.B)),
            [.. pairs.GroupBy(p => p.Start.InZone(hub.Zone).Date).Select(day => DayOf(day.Key, day.Sum(p => p.A), day.Sum(p => p.B)))],
            [.. pairs.Where(p => p.A != p.B).OrderByDescending(p => Math.Abs(p.B - p.A)).ThenBy(p => p.Start).Take(LargestDifferences)
                .Select(p => new ComparedInterval(p.Start, p.A, p.B, p.B - p.A))],
            Weights(left.Detail.Models, right.Detail.Models));
    }

    private static ComparedDay DayOf(LocalDate date, double a, double b) => new(date, a, b, b - a, a > 0 ? b / a : null);

    private static async Task<ForecastRun> Find(WfmDbContext db, Guid id, CancellationToken cancellationToken) =>
        await db.Forecasts.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, cancellationToken)
        ?? throw ProblemException.NotFound("forecast", id.ToString());

    private static async Task<SeriesForecastRow> Row(WfmDbContext db, ForecastRun forecast, Series series, Hub hub, CancellationToken cancellationToken)
    {
        var row =
            await db.SeriesForecasts.AsNoTracking().SingleOrDefaultAsync(s => s.ForecastRunId == forecast.Id && s.SeriesId == series.Id, cancellationToken)
            ?? throw ProblemException.Semantic("queue", $"Forecast '{forecast.Id}' has no queue '{series.Queue!.Code}'.");
        return await db.Adjusted(row, cancellationToken);
    }

    private static List<Pair> Pairs(SeriesForecastRow left, SeriesForecastRow right)
    {
        var (first, second) = (left.Span, right.Span);
        var indexes = Enumerable.Range(0, second.Count).ToDictionary(second.StartOf);
        return
        [
            .. Enumerable.Range(0, first.Count).Select(i => (I: i, Start: first.StartOf(i))).Where(x => indexes.ContainsKey(x.Start))
                .Select(x => new Pair(x.Start, x.I, indexes[x.Start], left.Mean[x.I], right.Mean[indexes[x.Start]])),
        ];
    }

    private static ComparedForecast Side(
        ForecastRun forecast, SeriesForecastRow row, List<Pair> pairs, Actuals? actuals, Func<Pair, (int Index, double Mean)> side)
    {
        var (tally, curves, any) = (new AccuracyTally(), new AccuracyTally.Curves(row.ToForecast(0)), false);
        foreach (var pair in pairs)
        {
            var (index, mean) = side(pair);
            if (actuals?.At(pair.Start) is { } actual && !double.IsNaN(actual))
            {
                tally.Add(actual, mean, actuals.Scale, curves, index);
                any = true;
            }
        }

        return new ComparedForecast(
            forecast.Id, forecast.State, forecast.CutOff, pairs.Sum(p => side(p).Mean), row.Detail.Backtest.Overall, any ? tally.Figures() : null);
    }

    private static List<ComparedWeight> Weights(IReadOnlyList<ModelWeight> left, IReadOnlyList<ModelWeight> right)
    {
        static double Of(IReadOnlyList<ModelWeight> models, string name) => models.Where(m => m.Model == name).Sum(m => m.Weight);
        return
        [
            .. left.Concat(right).Select(m => m.Model).Distinct()
                .Select(name => new ComparedWeight(name, Of(left, name), Of(right, name), Of(right, name) - Of(left, name)))
                .Where(w => Math.Abs(w.Difference) > NoChange).OrderByDescending(w => Math.Abs(w.Difference)).ThenBy(w => w.Model, StringComparer.Ordinal),
        ];
    }

    private readonly record struct Pair(Instant Start, int I, int J, double A, double B);
}
