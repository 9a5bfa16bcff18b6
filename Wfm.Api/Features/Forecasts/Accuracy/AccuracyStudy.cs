using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Forecasts.Accuracy;

/// <summary>Scores stored forecasts of a hub on the volumes that came, interval by interval.</summary>
internal sealed class AccuracyStudy(WfmDbContext db, VolumeHistory volumes, Hub hub)
{
    private readonly SortedDictionary<(int Order, string Name), AccuracyTallies> _groups = [];
    private readonly AccuracyTallies _overall = new();

    public AccuracyGroup Overall => _overall.Group("all");

    public bool Any => _overall.Any;

    public IReadOnlyList<AccuracyGroup> Groups => [.. _groups.Select(g => g.Value.Group(g.Key.Name))];

    /// <summary>Scores a series on the forecasts of the spans that have it.</summary>
    /// <param name="series">With its queue.</param>
    /// <param name="range">That the spans lie in.</param>
    public async Task Add(Series series, ScoredRange range, IReadOnlyList<ForecastSpan> spans, AccuracyGrouping by, CancellationToken cancellationToken)
    {
        var actuals = await Actuals.Load(volumes, series, hub.Zone, range, cancellationToken);
        var forecasts = spans.Select(s => s.ForecastId).ToArray();
        var rows = await db.SeriesForecasts.AsNoTracking().Where(s => s.SeriesId == series.Id && forecasts.Contains(s.ForecastRunId))
            .ToDictionaryAsync(s => s.ForecastRunId, cancellationToken);
        var layers = (await db.ForecastAdjustments.AsNoTracking().Where(a => a.SeriesId == series.Id && forecasts.Contains(a.ForecastRunId))
            .OrderBy(a => a.Id).ToListAsync(cancellationToken)).ToLookup(a => a.ForecastRunId);
        foreach (var span in spans.Where(s => rows.ContainsKey(s.ForecastId)))
        {
            var row = rows[span.ForecastId];
            Score(row, row.With(layers[span.ForecastId]), span, actuals, start => KeyOf(by, series, span.CutOff, start));
        }
    }

    private void Score(SeriesForecastRow row, SeriesForecastRow adjusted, ForecastSpan span, Actuals actuals, Func<Instant, (int Order, string Name)> key)
    {
        var published = new AccuracyTally.Curves(row.ToForecast(0));
        var layered = ReferenceEquals(row, adjusted) ? published : new AccuracyTally.Curves(adjusted.ToForecast(0));
        var curve = row.Span;
        for (var i = curve.CeilingIndexOf(span.Range.From); i < curve.Count && curve.StartOf(i) < span.Range.To; i++)
        {
            var start = curve.StartOf(i);
            var actual = actuals.At(start);
            if (double.IsNaN(actual) || (row.IsClosed(i) && actual == 0)) // a closed interval that stayed empty is no achievement
            {
                continue;
            }

            var lastWeek = actuals.WeekBefore(start);
            _overall.Add(actual, lastWeek, actuals.Scale, published, layered, i);
            var name = key(start);
            if (!_groups.TryGetValue(name, out var group))
            {
                _groups[name] = group = new AccuracyTallies();
            }

            group.Add(actual, lastWeek, actuals.Scale, published, layered, i);
        }
    }

    private (int Order, string Name) KeyOf(AccuracyGrouping by, Series series, Instant cutOff, Instant start)
    {
        switch (by)
        {
            case AccuracyGrouping.Queue:
                return (0, series.Queue!.Code);
            case AccuracyGrouping.Hub:
                return (0, hub.Code);
            case AccuracyGrouping.LeadDays:
                var days = (int)(start - cutOff).TotalDays;
                return (days, days.ToString(CultureInfo.InvariantCulture));
            default:
                var weekday = start.InZone(hub.Zone).DayOfWeek;
                return ((int)weekday, JsonNamingPolicy.CamelCase.ConvertName(weekday.ToString()));
        }
    }
}
