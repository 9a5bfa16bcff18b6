using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Forecasts.Accuracy;

/// <summary>What published forecasts were worth once the volumes had come.</summary>
internal static class AccuracyEndpoints
{
    private const int LongestLead = 728;
    private const int MostCurves = 5000; // a forecast of a queue each, read and scored one by one

    public static void MapAccuracy(this RouteGroupBuilder forecasts) =>
        forecasts.MapGet("/accuracy", Accuracy).WithName("GetForecastAccuracy")
            .WithSummary("Accuracy of published forecasts against what came, next to the copy of last week and to the adjusted forecast.")
            .Requires(Permission.ReadPlans)
            .WithDatedExample(today => new OperationExample(
                null,
                [
                    ("hub", "dub"), ("from", OpenApiExamples.Midnight(today.PlusDays(-7))), ("to", OpenApiExamples.Midnight(today)), ("by", "weekday"),
                ]));

    /// <param name="hub">Code of the hub.</param>
    /// <param name="from">First interval start.</param>
    /// <param name="to">End, exclusive; at most 92 days after from.</param>
    /// <param name="queue">Code of a queue; all of the hub when left out.</param>
    /// <param name="by">queue, hub, leadDays or weekday; queue when left out.</param>
    /// <param name="leadDays">An interval is judged on the forecast with the latest cut-off at least so many days of 24 hours before it, 0 to 728; 0 when left
    /// out. By leadDays every forecast that reaches the interval counts, each at its own lead.</param>
    private static async Task<AccuracyResponse> Accuracy(
        string hub, QueryInstant from, QueryInstant to, WfmDbContext db, VolumeHistory volumes, ClaimsPrincipal user, CancellationToken cancellationToken,
        string? queue = null, QueryEnum<AccuracyGrouping>? by = null, int? leadDays = null)
    {
        var (range, grouping) = (ScoredRange.Of(from, to), by?.Value ?? AccuracyGrouping.Queue);
        if (leadDays is < 0 or > LongestLead)
        {
            throw ProblemException.Semantic("leadDays", $"leadDays must be between 0 and {LongestLead}, it is {leadDays}.");
        }

        var found = (await db.HubsFor(hub, user, cancellationToken)).Values.Single();
        var lead = Duration.FromDays(leadDays ?? 0);
        var spans = grouping == AccuracyGrouping.LeadDays
            ? await db.Published(found.Id, range, lead, cancellationToken)
            : await db.InForce(found.Id, range, lead, cancellationToken);
        var (study, scored) = (new AccuracyStudy(db, volumes, found), await db.SeriesOf(found, queue, cancellationToken));
        if (spans.Count * scored.Count > MostCurves)
        {
            throw ProblemException.Semantic(
                "to",
                $"{spans.Count} forecasts of {scored.Count} queues would have to be scored, at most {MostCurves} in all are; ask for less time or for one "
                    + "queue.");
        }

        foreach (var series in scored)
        {
            await study.Add(series, range, spans, grouping, cancellationToken);
        }

        return new AccuracyResponse(found.Code, range.From, range.To, grouping, leadDays ?? 0, study.Overall, study.Groups);
    }

    /// <summary>Accuracy of the forecast published before this one, from its cut-off to the one of this; null when there is none to judge.</summary>
    public static async Task<PreviousForecastAccuracy?> PreviousOf(
        WfmDbContext db, VolumeHistory volumes, Hub hub, ForecastRun forecast, string queue, CancellationToken cancellationToken)
    {
        var previous = await db.Forecasts.AsNoTracking().Where(f => f.HubId == hub.Id && f.PublishedAt != null && f.CutOff < forecast.CutOff)
            .OrderByDescending(f => f.CutOff).ThenByDescending(f => f.PublishedAt).FirstOrDefaultAsync(cancellationToken);
        if (previous is null || previous.CutOff < await db.ForecastsJudgedFrom(hub.Id, cancellationToken)) // of that time some are gone
        {
            return null;
        }

        var range = new ScoredRange(previous.CutOff, forecast.CutOff);
        var study = new AccuracyStudy(db, volumes, hub);
        foreach (var series in await db.SeriesOf(hub, queue, cancellationToken))
        {
            await study.Add(series, range, [new ForecastSpan(previous.Id, previous.CutOff, range)], AccuracyGrouping.Queue, cancellationToken);
        }

        var figures = study.Overall;
        return study.Any ? new PreviousForecastAccuracy(previous.Id, previous.CutOff, figures.Published, figures.Adjusted, figures.SeasonalNaive) : null;
    }

    /// <summary>The series of a hub with their queues in order of code, or the one of a queue. 422 when it has none.</summary>
    internal static async Task<List<Series>> SeriesOf(this WfmDbContext db, Hub hub, string? queue, CancellationToken cancellationToken)
    {
        var series = await db.Series.AsNoTracking().Include(s => s.Queue).Where(s => s.HubId == hub.Id && (queue == null || s.Queue!.Code == queue))
            .OrderBy(s => s.Queue!.Code).ToListAsync(cancellationToken);
        return queue is null || series.Count > 0 ? series : throw ProblemException.Semantic("queue", $"Hub '{hub.Code}' has no volumes of a queue '{queue}'.");
    }
}
