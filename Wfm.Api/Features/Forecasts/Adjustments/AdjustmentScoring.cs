using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Forecasts.Adjustments;

/// <summary>Forecast value added by adjustments: each interval on the forecast in force, each layer against the layers before it.</summary>
internal static class AdjustmentScoring
{
    private const int MostAdjustments = 1000;

    public static async Task<AdjustmentValueResponse> Score(
        WfmDbContext db, VolumeHistory volumes, Hub hub, ScoredRange range, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<Guid, Sum>();
        foreach (var span in await db.InForce(hub.Id, range, Duration.Zero, cancellationToken))
        {
            var layers = await AdjustmentEndpoints.WithQueue(db)
                .Where(a => a.ForecastRunId == span.ForecastId && a.From < range.To && a.AppliesUntil > range.From).OrderBy(a => a.Id)
                .Take(MostAdjustments + 1).ToListAsync(cancellationToken);
            foreach (var ofSeries in layers.GroupBy(a => a.SeriesId))
            {
                await Add(db, volumes, hub.Zone, span, [.. ofSeries], sums, cancellationToken);
            }

            if (sums.Count > MostAdjustments)
            {
                throw ProblemException.Semantic(
                    "to", $"There are more than {MostAdjustments} adjustments from {range.From} to {range.To}; ask for less at once.");
            }
        }

        return await Response(db, hub, range, sums, cancellationToken);
    }

    private static async Task Add(
        WfmDbContext db, VolumeHistory volumes, DateTimeZone zone, ForecastSpan span, List<ForecastAdjustment> layers, Dictionary<Guid, Sum> sums,
        CancellationToken cancellationToken)
    {
        var seriesId = layers[0].SeriesId;
        var row = await db.SeriesForecasts.AsNoTracking().SingleAsync(s => s.ForecastRunId == span.ForecastId && s.SeriesId == seriesId, cancellationToken);
        var actuals = await Actuals.Load(volumes, layers[0].Series!, zone, span.Range, cancellationToken);
        var curve = row.Span;
        for (var i = curve.CeilingIndexOf(span.Range.From); i < curve.Count && curve.StartOf(i) < span.Range.To; i++)
        {
            var start = curve.StartOf(i);
            var (actual, forecast) = (actuals.At(start), row.Mean[i]);
            foreach (var layer in layers.Where(a => !double.IsNaN(actual) && !row.IsClosed(i) && a.AppliesAt(start)))
            {
                var adjusted = layer.Apply(forecast);
                sums[layer.OriginId] = sums.GetValueOrDefault(layer.OriginId) + new Sum(1, actual, Math.Abs(actual - forecast), Math.Abs(actual - adjusted));
                forecast = adjusted;
            }
        }
    }

    private static async Task<AdjustmentValueResponse> Response(
        WfmDbContext db, Hub hub, ScoredRange range, Dictionary<Guid, Sum> sums, CancellationToken cancellationToken)
    {
        var ids = sums.Keys.ToArray();
        var originals = await AdjustmentEndpoints.WithQueue(db).Where(a => ids.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync(cancellationToken);
        List<NamedForecastValue> By(Func<ForecastAdjustment, string> name) =>
        [
            .. originals.GroupBy(name).Select(g => new NamedForecastValue(g.Key, g.Aggregate(default(Sum), (sum, a) => sum + sums[a.Id]).ToValue()))
                .OrderByDescending(v => v.Value.ValueAdded),
        ];
        return new AdjustmentValueResponse(
            hub.Code, range.From, range.To, sums.Values.Aggregate(default(Sum), (a, b) => a + b).ToValue(),
            [.. originals.Select(a => new AdjustmentValue(AdjustmentResponse.Of(a), sums[a.Id].ToValue()))], By(a => a.Author), By(a => a.Reason));
    }

    private readonly record struct Sum(int Intervals, double Actual, double Base, double Adjusted)
    {
        public static Sum operator +(Sum a, Sum b) => new(a.Intervals + b.Intervals, a.Actual + b.Actual, a.Base + b.Base, a.Adjusted + b.Adjusted);

        public ForecastValue ToValue() => new(
            Intervals, Actual, Base, Adjusted, Actual > 0 ? Base / Actual : null, Actual > 0 ? Adjusted / Actual : null, Base - Adjusted);
    }
}
