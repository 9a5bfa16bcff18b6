using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Forecasts.Stored;

/// <summary>A time over which forecasts are judged.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ScoredRange(Instant From, Instant To)
{
    private const int LongestDays = 92;

    /// <summary>422 when it is empty or longer than 92 days.</summary>
    public static ScoredRange Of(QueryInstant from, QueryInstant to) => to.Value <= from.Value
        ? throw ProblemException.Semantic("to", $"The end {to.Value} must be after the start {from.Value}.")
        : to.Value - from.Value > Duration.FromDays(LongestDays)
            ? throw ProblemException.Semantic("to", $"{from.Value} to {to.Value} is longer than {LongestDays} days; ask for less at once.")
            : new ScoredRange(from.Value, to.Value);

    /// <summary>What two ranges have in common; empty when the end is not after the start.</summary>
    public ScoredRange Within(Instant from, Instant to) => new(Instant.Max(From, from), Instant.Min(To, to));

    public bool IsEmpty => To <= From;
}

/// <summary>A forecast and the intervals it is judged on.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ForecastSpan(Guid ForecastId, Instant CutOff, ScoredRange Range);

/// <summary>Which forecast of a hub was the newest for an interval, by its cut-off.</summary>
/// <remarks>
/// Of all forecasts that were ever published, an interval belongs to the one with the latest cut-off that lies at least the lead before it:
/// the cut-off is what a forecast knew, so one published late is judged on the same terms as one published at once.
/// </remarks>
internal static class ForecastsInForce
{
    /// <summary>The forecasts over a range, one after the other, with the part of it that each is judged on.</summary>
    /// <param name="lead">Shortest time between cut-off and interval.</param>
    public static async Task<List<ForecastSpan>> InForce(
        this WfmDbContext db, Guid hubId, ScoredRange range, Duration lead, CancellationToken cancellationToken)
    {
        var all = await Published(db, hubId, range, lead, cancellationToken);
        return
        [
            .. all.Select(
                    (f, i) =>
                        new ForecastSpan(f.ForecastId, f.CutOff, f.Range.Within(f.Range.From, i + 1 < all.Count ? all[i + 1].CutOff + lead : Instant.MaxValue)))
                .Where(f => !f.Range.IsEmpty),
        ];
    }

    /// <summary>Every forecast with all of the range that it reaches at the lead. 422 where some that reach into it have been removed.</summary>
    public static async Task<List<ForecastSpan>> Published(
        this WfmDbContext db, Guid hubId, ScoredRange range, Duration lead, CancellationToken cancellationToken)
    {
        if (await db.ForecastsJudgedFrom(hubId, cancellationToken) is { } kept && range.From < kept)
        {
            throw ProblemException.Semantic("from", $"Forecasts are kept to be judged by from {kept} on (Wfm:Keep:AccuracyDays); ask from then on.");
        }

        var latest = range.To - lead;
        var published = await db.Forecasts.AsNoTracking().Where(f => f.HubId == hubId && f.PublishedAt != null && f.CutOff < latest && f.End > range.From)
            .OrderBy(f => f.CutOff).ThenBy(f => f.PublishedAt).Select(f => new
            {
                f.Id,
                f.CutOff,
                f.End,
            })
            .ToListAsync(cancellationToken);
        return [.. published.Select(f => new ForecastSpan(f.Id, f.CutOff, range.Within(f.CutOff + lead, f.End)))];
    }
}
