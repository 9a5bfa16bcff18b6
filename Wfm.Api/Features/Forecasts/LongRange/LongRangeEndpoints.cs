using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Runs;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Forecasting;

namespace Wfm.Api.Features.Forecasts.LongRange;

/// <summary>One week of a long-range forecast.</summary>
/// <param name="Week">Monday of the week, in the hub's time.</param>
/// <param name="Mean">Expected contacts.</param>
/// <param name="Quantiles">Contacts by level, in the order of <c>levels</c>.</param>
public sealed record LongRangeWeek(LocalDate Week, double Mean, double[] Quantiles);

/// <summary>Weeks ahead of one queue, for capacity plans. Weeks are as usual: events to come are not in them.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Queue">Code of the queue.</param>
/// <param name="HistoryFrom">Start of the history that was used.</param>
/// <param name="HistoryTo">End of it, exclusive.</param>
/// <param name="KnowsTheYear">True where two years of history tell the season of the year; without, the intervals alone carry it.</param>
/// <param name="Wape">Back-test error by week, Σ|y−ŷ| ÷ Σy, over the weeks ahead that the history lets be tested; null where it lets none.</param>
/// <param name="SeasonalNaiveWape">The same of copying last year, or the last week where there is no year.</param>
/// <param name="Levels">Levels of the quantiles, in (0, 1).</param>
/// <param name="Weeks">The weeks, ascending.</param>
public sealed record LongRangeResponse(
    string Hub, string Queue, Instant HistoryFrom, Instant HistoryTo, bool KnowsTheYear, double? Wape, double? SeasonalNaiveWape, double[] Levels,
    IReadOnlyList<LongRangeWeek> Weeks);

/// <summary>Up to two years ahead, by week.</summary>
internal static class LongRangeEndpoints
{
    public static void MapLongRange(this RouteGroupBuilder forecasts) =>
        forecasts.MapGet("/long-range", LongRange).WithName("GetLongRangeForecast")
            .WithSummary("Forecasts a queue by week, up to two years ahead, for capacity plans.").Requires(Permission.ReadPlans)
            .WithExample(null, ("hub", "dub"), ("queue", "hate-speech-en"));

    /// <param name="hub">Code of the hub.</param>
    /// <param name="queue">Code of the queue.</param>
    /// <param name="weeks">Weeks ahead, 1 to 104; 52 when left out.</param>
    /// <param name="levels">Quantile levels in (0, 1), comma-separated; 0.05,0.1,0.5,0.9,0.95 when left out.</param>
    private static async Task<LongRangeResponse> LongRange(
        string hub, string queue, WfmDbContext db, LongRangeRun run, ClaimsPrincipal user, CancellationToken cancellationToken,
        int? weeks = null, string? levels = null)
    {
        if (weeks is < 1 or > LongRangeForecast.MostWeeks)
        {
            throw ProblemException.Semantic("weeks", $"weeks must be between 1 and {LongRangeForecast.MostWeeks}, it is {weeks}.");
        }

        var found = (await db.HubsFor(hub, user, cancellationToken)).Values.Single();
        var series =
            await db.Series.AsNoTracking().Include(s => s.Queue).SingleOrDefaultAsync(s => s.HubId == found.Id && s.Queue!.Code == queue, cancellationToken)
            ?? throw ProblemException.Semantic("queue", $"Hub '{hub}' has no volumes of a queue '{queue}'.");
        var asked = ForecastEndpoints.Levels(levels, new ForecastOptions().QuantileLevels);
        var (history, forecast) = await run.Of(series, found, weeks ?? 52, await run.EventsOf(found, cancellationToken), cancellationToken)
            ?? throw ProblemException.Semantic("queue", $"Queue '{queue}' has no volumes at hub '{hub}' yet; import some with POST /api/v1/volumes:import.");
        var bands = asked.Select(forecast.Quantile).ToArray();
        return new LongRangeResponse(
            hub, queue, history.Start, history.End, LongRangeForecast.KnowsTheYear(history), forecast.Backtest.Overall?.Wape,
            forecast.Backtest.SeasonalNaive?.Wape, asked,
            [
                .. forecast.Mean.Select(
                    (mean, w) => new LongRangeWeek(forecast.Grid.InstantAt(forecast.Start, w).InZone(found.Zone).Date, mean, [.. bands.Select(b => b[w])])),
            ]);
    }
}
