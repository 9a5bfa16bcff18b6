using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Intraday;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Today.Feeds;
using Wfm.Api.Features.Today.States;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Persistence;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Today.Inputs;

/// <summary>Reads what is known of the day of a hub. Rosters in force and forecast curves are read once for as long as they stand.</summary>
internal sealed class TodayReader(
    WfmDbContext db, TodayStamps stamps, TodayMemory memory, VolumeHistory volumes, ShiftsInForce inForce, IActualStates states)
{
    private const int ShortestMinutes = 15;
    private const int LongestMinutes = 30;

    /// <summary>A snapshot that is older says nothing any more: a day of work has gone over it.</summary>
    private static readonly Duration OldestBacklog = Duration.FromHours(24);

    /// <param name="at">The moment; what was told of later ones is left out.</param>
    public async Task<TodayFacts> Read(Hub hub, Instant at, CancellationToken cancellationToken)
    {
        var (day, date) = (hub.Days, hub.Days.DateOf(at));
        var interval = await Interval(hub, at, cancellationToken);
        var stamp = await stamps.Of(hub, date, at, interval.Start, cancellationToken);
        var run = await Forecast(hub, at, cancellationToken);
        var queues = run is null ? [] : await Queues(hub, run, at, day.StartOfDay(date), cancellationToken);
        var roster = await memory.Get(
            hub.Id, $"{date}|{stamp.People}", () => DayRoster.Read(db, inForce, hub, date, cancellationToken));
        return new TodayFacts(
            hub, at, date, day.StartOfDay(date), day.StartOfDay(date.PlusDays(1)), interval, run, queues, roster,
            await states.Of(hub, [.. roster.Codes.Keys], day.StartOfDay(date), at, cancellationToken), stamp);
    }

    /// <summary>The interval that holds a moment.</summary>
    public async Task<GridSpan> Interval(Hub hub, Instant at, CancellationToken cancellationToken)
    {
        var shortest = await db.Series.Where(s => s.HubId == hub.Id).Select(s => (int?)s.IntervalMinutes).MinAsync(cancellationToken) ?? LongestMinutes;
        var minutes = shortest < ShortestMinutes ? ShortestMinutes : Math.Min(shortest, LongestMinutes);
        var grid = IntervalGrid.Of(minutes, hub.Zone);
        return new GridSpan(grid, grid.SlotOf(at), 1);
    }

    /// <summary>The published forecast; for a moment before it was made the newest before that moment.</summary>
    private Task<ForecastRun?> Forecast(Hub hub, Instant at, CancellationToken cancellationToken) => db.Forecasts.AsNoTracking()
        .Where(f => f.HubId == hub.Id && f.PublishedAt != null && f.CutOff <= at && f.Content == ForecastContent.Whole)
        .OrderByDescending(f => f.State == PublicationState.Published).ThenByDescending(f => f.CutOff).ThenByDescending(f => f.Id)
        .FirstOrDefaultAsync(cancellationToken);

    private async Task<List<QueueFacts>> Queues(Hub hub, ForecastRun run, Instant at, Instant dayStart, CancellationToken cancellationToken)
    {
        var dayEnd = hub.Days.StartOfDay(hub.Days.DateOf(at).PlusDays(1));
        var kept = await memory.Get(hub.Id, $"{run.Id}|{dayEnd}", () => Curves(run, dayEnd, cancellationToken));
        var layers = await db.AdjustmentsOf(run.Id, cancellationToken);
        var rows = kept.ConvertAll(r => r.With(layers[r.SeriesId]));
        var queues = await db.Queues.AsNoTracking().ToDictionaryAsync(q => q.Id, cancellationToken);
        var stretches = rows.Select(r => ReforecastDay.Of(r, at, 1)?.Stretch(r.SeriesId)).OfType<HistoryStretch>().ToList();
        var histories = await volumes.LoadMany(stretches, cancellationToken);
        var served = await Served(hub, at, dayStart, cancellationToken);
        var backlog = await Backlog(hub, at, cancellationToken);
        var facts = new List<QueueFacts>(rows.Count);
        foreach (var row in rows)
        {
            var queue = queues[row.Series!.QueueId];
            var mine = served[queue.Id].ToList();
            facts.Add(new QueueFacts(
                row, queue, histories.GetValueOrDefault(row.SeriesId), mine.FindAll(s => s.Start >= dayStart), mine.Count == 0 ? null : mine.Max(s => s.End),
                backlog.GetValueOrDefault(queue.Id)
                    ?? (queue.Kind == WorkKind.Deferrable ? await Level(row.Series, queue, at, cancellationToken) : null)));
        }

        return facts;
    }

    /// <summary>Curves never change; what they were learned from is not needed.</summary>
    private async Task<List<SeriesForecastRow>> Curves(ForecastRun run, Instant end, CancellationToken cancellationToken)
    {
        var rows = await db.SeriesForecasts.AsNoTracking().Include(s => s.Series).Where(s => s.ForecastRunId == run.Id).OrderBy(s => s.SeriesId)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(r => r.Until(end));
    }

    private async Task<ILookup<Guid, ServedInterval>> Served(Hub hub, Instant at, Instant dayStart, CancellationToken cancellationToken)
    {
        var since = dayStart - Duration.FromDays(1); // when the feed stopped is to be told in the morning too
        return (await db.ServedIntervals.AsNoTracking().Where(s => s.HubId == hub.Id && s.Start >= since && s.End <= at).OrderBy(s => s.Start)
            .ToListAsync(cancellationToken)).ToLookup(s => s.QueueId);
    }

    /// <summary>The last snapshot of each queue.</summary>
    private async Task<Dictionary<Guid, BacklogFacts>> Backlog(Hub hub, Instant at, CancellationToken cancellationToken)
    {
        var counts = db.BacklogCounts;
        var since = at - OldestBacklog;
        var last = await counts.AsNoTracking().Where(c => c.HubId == hub.Id && c.At >= since && c.At <= at).GroupBy(c => c.QueueId)
            .Select(g => new { Queue = g.Key, At = g.Max(c => c.At) }).ToListAsync(cancellationToken);
        var moments = last.Select(l => l.At).Distinct().ToList();
        var rows = (await counts.AsNoTracking().Where(c => c.HubId == hub.Id && moments.Contains(c.At)).OrderBy(c => c.YoungestMinutes)
            .ToListAsync(cancellationToken)).ToLookup(c => (c.QueueId, c.At));
        return last.ToDictionary(
            l => l.Queue,
            l => new BacklogFacts(
                l.At, IsSnapshot: true,
                [.. rows[(l.Queue, l.At)].Where(c => c.Contacts > 0).Select(c => new AgeRange(c.YoungestMinutes, c.OldestMinutes, c.Contacts))]));
    }

    /// <summary>What the volumes say is open, where no snapshot does; then it is taken to be evenly aged up to the turnaround.</summary>
    private async Task<BacklogFacts?> Level(Series series, WorkQueue queue, Instant at, CancellationToken cancellationToken)
    {
        var since = at - OldestBacklog;
        var level = await db.Volumes.AsNoTracking()
            .Where(v => v.SeriesId == series.Id && v.IntervalStart >= since && v.IntervalStart < at && v.Backlog != null)
            .OrderByDescending(v => v.IntervalStart).Select(v => new { v.IntervalStart, v.Backlog }).FirstOrDefaultAsync(cancellationToken);
        if (level is null)
        {
            return null;
        }

        var end = level.IntervalStart + Duration.FromMinutes(series.IntervalMinutes);
        var turnaround = queue.Goal.TurnaroundMinutes ?? Duration.FromDays(1).TotalMinutes;
        return new BacklogFacts(Instant.Min(end, at), IsSnapshot: false, [new AgeRange(0, turnaround, (int)Math.Round(level.Backlog!.Value))]);
    }
}
