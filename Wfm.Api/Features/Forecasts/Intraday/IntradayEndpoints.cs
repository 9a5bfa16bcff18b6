using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Runs;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Forecasting;
using Wfm.Forecasting.Intraday;

namespace Wfm.Api.Features.Forecasts.Intraday;

/// <summary>The rest of today from what came in so far.</summary>
internal static class IntradayEndpoints
{
    private const int MostDays = 7;

    public static void MapIntraday(this RouteGroupBuilder forecasts) =>
        forecasts.MapGet("/intraday", Intraday).WithName("GetIntradayForecast")
            .WithSummary("Re-forecasts the rest of the day from what came in so far, and says how unusual the day is.").Requires(Permission.ReadPlans)
            .WithExample(null, ("hub", "dub"), ("queue", "hate-speech-en"));

    /// <param name="hub">Code of the hub; its served forecast is updated.</param>
    /// <param name="queue">Code of the queue.</param>
    /// <param name="at">The moment; volumes of intervals that end later are not used. Now when left out.</param>
    /// <param name="days">Local days to show from today on, 1 to 7; 1 when left out.</param>
    /// <param name="levels">Quantile levels in (0, 1), comma-separated; 0.05,0.1,0.5,0.9,0.95 when left out.</param>
    private static async Task<IntradayResponse> Intraday(
        string hub, string queue, WfmDbContext db, VolumeHistory volumes, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken,
        QueryInstant? at = null, int? days = null, string? levels = null)
    {
        if (days is < 1 or > MostDays)
        {
            throw ProblemException.Semantic("days", $"days must be between 1 and {MostDays}, it is {days}.");
        }

        var found = (await db.HubsFor(hub, user, cancellationToken)).Values.Single();
        var served = await db.Forecasts.AsNoTracking().Where(f => f.HubId == found.Id && f.State == PublicationState.Published).OrderByDescending(f => f.Id)
                .FirstOrDefaultAsync(cancellationToken)
            ?? throw ProblemException.Semantic("hub", $"Hub '{hub}' has no published forecast; make one with POST /api/v1/forecasts.");
        var row =
            await db.SeriesForecasts.AsNoTracking().SingleOrDefaultAsync(s => s.ForecastRunId == served.Id && s.Series!.Queue!.Code == queue, cancellationToken)
            ?? throw ProblemException.Semantic("queue", $"The served forecast of hub '{hub}' has no queue '{queue}'.");
        var asked = ForecastEndpoints.Levels(levels, row.QuantileLevels);
        row = await db.Adjusted(row, cancellationToken);
        var now = at?.Value ?? clock.GetCurrentInstant();
        var day = ReforecastDay.Of(row, now, days ?? 1)
            ?? throw ProblemException.Semantic("at", $"The served forecast runs from {row.Start} to {row.Span.End}; {now} is not on a day of it.");
        var (seriesId, grid, from, to) = day.Stretch(row.SeriesId);
        var history = await volumes.Load(seriesId, grid, from, to, cancellationToken);
        return Update(found, queue, served, row, day, history, asked);
    }

    private static IntradayResponse Update(
        Hub hub, string queue, ForecastRun served, SeriesForecastRow row, ReforecastDay day, History history, double[] levels)
    {
        var (forecast, observed) = (day.Forecast, day.Read(history));
        var (before, update) = (observed.Before, day.Update(observed));
        var curve = forecast with { Start = forecast.Grid.InstantAt(forecast.Start, update.FirstStep), Mean = update.Mean, Quantiles = update.Quantiles };
        var bands = levels.Select(curve.Quantile).ToArray();
        var rarity = update.Unusual;
        return new IntradayResponse(
            hub.Code, queue, served.Id, served.CutOff, day.At, day.Date, observed.KnownUntil, before + rarity.Observed,
            before + forecast.Mean[day.FirstStep..day.EndStep].Sum(), levels, Sum(forecast, update.RestOfDay, 0, levels),
            Sum(forecast, update.DayTotal, before, levels),
            new IntradayRarity(rarity.ObservedSteps, rarity.Observed, rarity.Expected, rarity.AtLeast, rarity.AtMost), row.IntervalMinutes,
            [
                .. Enumerable.Range(0, update.Mean.Length).Select(i => (Column: i, Step: update.FirstStep + i)).Select(x => new IntradayInterval(
                        forecast.Grid.InstantAt(forecast.Start, x.Step), forecast.Mean[x.Step], update.Mean[x.Column],
                        [.. bands.Select(b => b[x.Column])],
                        row.AhtSeconds[x.Step], row.IsClosed(x.Step))),
            ]);
    }

    private static IntradaySum Sum(SeriesForecast forecast, SumForecast sum, double before, double[] levels)
    {
        var one = forecast with { Mean = [sum.Mean], Quantiles = Array.ConvertAll(sum.Quantiles, q => new[] { q }) };
        return new IntradaySum(before + sum.Mean, Array.ConvertAll(levels, level => before + one.Quantile(level)[0]));
    }
}
