using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Runs;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Api.Security;
using Wfm.Forecasting.Uncertainty;

namespace Wfm.Api.Features.Forecasts.Rollup;

internal static class RollupEndpoints
{
    private static readonly Instant Beginning = Instant.FromUtc(1970, 1, 1, 0, 0);
    private static readonly Instant End = Instant.FromUtc(2200, 1, 1, 0, 0);

    public static void MapRollup(this RouteGroupBuilder forecasts) => forecasts.MapGet("/rollup", Rollup)
        .WithName("GetForecastRollup")
        .WithSummary("Served forecasts, adjustments included, added up by hub, language, skill group, tier, channel or queue and by hour, day or week.")
        .WithDescription("Means add up exactly over every grouping. Quantiles are those of sums of sample paths: within a series intervals hang together "
            + "as its back-test found; days of the series of a hub move together as the errors of their back-tests did, so that a surge that comes to many "
            + "queues at once widens their sum; hubs are taken as independent. An interval counts in the period it starts in. Days and weeks are those of UTC; "
            + "with a hub, those of its zone.")
        .Requires(Permission.ReadPlans)
        .WithExample(null, ("by", "language"), ("interval", "day"), ("levels", "0.1,0.5,0.9"));

    /// <param name="by">What to add up by; total when left out.</param>
    /// <param name="interval">Length of a period; day when left out.</param>
    /// <param name="hub">Code of a hub; left out for all hubs the caller may see.</param>
    /// <param name="levels">Quantile levels in (0, 1), comma-separated; 0.05,0.1,0.5,0.9,0.95 when left out.</param>
    /// <param name="from">First period start.</param>
    /// <param name="to">End of period starts, exclusive.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<RollupResponse> Rollup(
        WfmDbContext db, ComputeSlots slots, ClaimsPrincipal user, CancellationToken cancellationToken, QueryEnum<RollupBy>? by = null,
        QueryEnum<RollupInterval>? interval = null, string? hub = null, string? levels = null, QueryInstant? from = null, QueryInstant? to = null,
        int? limit = null, string? after = null)
    {
        var (take, cursor) = (Paging.Limit(limit), Cursor(after));
        var hubs = await db.HubsFor(hub, user, cancellationToken);
        var periods = new RollupPeriods(interval?.Value ?? RollupInterval.Day, hub is null ? DateTimeZoneProviders.Tzdb["Etc/UTC"] : hubs.Values.Single().Zone);
        var rows = await Rows(db, hubs, cancellationToken);
        var asked = ForecastEndpoints.Levels(
            levels,
            rows.Count == 0 ? [0, 1] : [rows.Max(r => r.Row.QuantileLevels[0]), rows.Min(r => r.Row.QuantileLevels[^1])]);
        var (grouping, fitting) = (by?.Value ?? RollupBy.Total, rows.ToLookup(r => r.Row.IntervalMinutes <= periods.LongestMinutes));
        return await slots.Run(
            () =>
            {
                var series = fitting[true]
                    .Select(r => new RollupSeries(
                        KeyOf(grouping, r.Row.Series!.Queue!, hubs[r.HubId]), r.HubId, r.Row.SeriesId, r.Row.ToForecast(r.Seed),
                        r.Row.Detail.Memory?.Days ?? DayErrors.None));
                var rollup = new ForecastRollup([.. series], periods, from?.Value ?? Beginning, to?.Value ?? End);
                var page = rollup.Keys.Where(key => cursor is not { } last || Compare(key, last) > 0).Take(take + 1).ToList()
                    .ToPage(take, CursorOf, key => key);
                return new RollupResponse(
                    grouping, periods.Interval, periods.Zone.Id, asked, rollup.Sum(page.Items, asked), page.Next,
                    [
                        .. fitting[false].Select(r => new SkippedSeries(
                                r.Row.Series!.Queue!.Code, $"Its intervals of {r.Row.IntervalMinutes} minutes are longer than the periods asked for.")),
                    ]);
            },
            cancellationToken);
    }

    /// <summary>The served forecasts of the hubs, their adjustments applied.</summary>
    private static async Task<List<(SeriesForecastRow Row, Guid HubId, int Seed)>> Rows(
        WfmDbContext db, IReadOnlyDictionary<Guid, Hub> hubs, CancellationToken cancellationToken)
    {
        var ids = hubs.Keys.ToArray();
        var served = await db.Forecasts.AsNoTracking().Where(f => ids.Contains(f.HubId) && f.State == PublicationState.Published)
            .Include(f => f.Series).ThenInclude(s => s.Series).ThenInclude(s => s!.Queue).AsSplitQuery().ToListAsync(cancellationToken);
        var rows = new List<(SeriesForecastRow Row, Guid HubId, int Seed)>();
        foreach (var forecast in served)
        {
            var layers = await db.AdjustmentsOf(forecast.Id, cancellationToken);
            rows.AddRange(forecast.Series.Select(row => (row.With(layers[row.SeriesId]), forecast.HubId, forecast.Seed)));
        }

        return [.. rows.OrderBy(r => r.Row.SeriesId)];
    }

    private static string KeyOf(RollupBy by, WorkQueue queue, Hub hub) => by switch
    {
        RollupBy.Hub => hub.Code,
        RollupBy.Language => queue.Language,
        RollupBy.SkillGroup => queue.SkillGroup,
        RollupBy.Tier => queue.Severity,
        RollupBy.Channel => queue.Channel,
        RollupBy.Queue => queue.Code,
        _ => "total",
    };

    private static int Compare((Instant Start, string Key) a, (Instant Start, string Key) b) =>
        a.Start != b.Start ? a.Start.CompareTo(b.Start) : string.CompareOrdinal(a.Key, b.Key);

    private static string CursorOf((Instant Start, string Key) key) => $"{InstantPattern.ExtendedIso.Format(key.Start)} {key.Key}";

    private static (Instant Start, string Key)? Cursor(string? after)
    {
        if (Paging.Key(after) is not { } key)
        {
            return null;
        }

        var parts = key.Split(' ', 2);
        return parts.Length == 2 && InstantPattern.ExtendedIso.Parse(parts[0]) is { Success: true } start ? (start.Value, parts[1])
            : throw ProblemException.Semantic("after", $"after must be the next of an earlier page, '{after}' is not.");
    }
}
