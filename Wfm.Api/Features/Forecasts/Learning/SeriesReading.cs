using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Forecasting;

namespace Wfm.Api.Features.Forecasts.Learning;

/// <summary>Reads from the store what a forecast starts from: histories, what was learned of them, and the series that learn from each other.</summary>
public sealed class SeriesReading(WfmDbContext db, VolumeHistory volumes)
{
    /// <summary>Series that learn from each other: what is learned across them does not get better by more, but memory and time grow.</summary>
    internal const int LargestPool = 256;

    /// <summary>
    /// Series that learn from each other: those of the hub, also the ones that are not forecast, so that a queue is forecast alike alone and among all, and,
    /// where one of them has hardly begun, the latest year of the other hubs. Of a large hub evenly chosen ones.
    /// </summary>
    /// <param name="series">What is forecast.</param>
    public async Task<Dictionary<int, SeriesHistory>> Pool(
        Hub hub, List<Series> series, Instant cutOff, bool incremental, List<OperationEvent> events, CancellationToken cancellationToken)
    {
        var everywhere = await AnyYoung(series, cutOff, cancellationToken);
        var candidates = await db.Series.AsNoTracking().Include(s => s.Queue).Include(s => s.Hub).Where(s => everywhere || s.HubId == hub.Id)
            .OrderBy(s => s.Id).ToListAsync(cancellationToken);
        var last = await volumes.LastInterval(candidates.ConvertAll(s => s.Id), cancellationToken);
        var fresh = candidates.FindAll(s => last.TryGetValue(s.Id, out var start) && start + SeriesHistory.LongestSilence >= cutOff);
        var (own, others) = (Even(fresh.FindAll(s => s.HubId == hub.Id)), Even(fresh.FindAll(s => s.HubId != hub.Id)));
        var asked = series.Select(s => s.Id).ToHashSet();
        var memories = incremental ? await Memories(hub, [.. own.Select(s => s.Id).Where(asked.Contains)], cancellationToken) : [];
        var pool = new Dictionary<int, SeriesHistory>();
        foreach (var (chosen, longest) in new[] { (own, SeriesHistory.Longest), (others, SeriesHistory.LongestOfSiblings) })
        {
            foreach (var history in await Load(chosen, memories, cutOff, longest, events, cancellationToken))
            {
                if (history.IsKnown)
                {
                    pool.Add(history.Key, history);
                }
            }
        }

        return pool;
    }

    /// <summary>Series of the whole operation with intervals of one length, to train models on: evenly chosen ones of many.</summary>
    public async Task<List<SeriesHistory>> Operation(int minutes, Instant cutOff, List<OperationEvent> events, CancellationToken cancellationToken)
    {
        var candidates = await db.Series.AsNoTracking().Include(s => s.Queue).Include(s => s.Hub).Where(s => s.IntervalMinutes == minutes)
            .OrderBy(s => s.Id).ToListAsync(cancellationToken);
        var alive = await volumes.SeriesWithin(candidates.ConvertAll(s => s.Id), cutOff - SeriesHistory.LongestSilence, cutOff, cancellationToken);
        var histories = await Load(Even(candidates.FindAll(s => alive.Contains(s.Id))), [], cutOff, SeriesHistory.Longest, events, cancellationToken);
        return histories.FindAll(h => h.IsKnown);
    }

    /// <summary>The histories of a batch, those without a volume too.</summary>
    /// <param name="pool">What was read already.</param>
    public async Task<List<SeriesHistory>> Read(
        Hub hub, IReadOnlyCollection<Series> batch, Dictionary<int, SeriesHistory> pool, Instant cutOff, bool incremental, List<OperationEvent> events,
        CancellationToken cancellationToken)
    {
        var missing = batch.Where(s => !pool.ContainsKey(s.Id)).ToList();
        var memories = incremental ? await Memories(hub, [.. missing.Select(s => s.Id)], cancellationToken) : [];
        var read = (await Load(missing, memories, cutOff, SeriesHistory.Longest, events, cancellationToken)).ToDictionary(h => h.Key);
        return [.. batch.Select(s => pool.TryGetValue(s.Id, out var known) ? known : read[s.Id])];
    }

    private async Task<List<SeriesHistory>> Load(
        List<Series> series, Dictionary<int, ForecastMemory> memories, Instant cutOff, Duration longest, List<OperationEvent> events,
        CancellationToken cancellationToken)
    {
        // of an interval that is not over yet too little is known
        var histories = await volumes.LoadMany(
            series.ConvertAll(s =>
            {
                var grid = s.GridAt(s.Hub!);
                var from = memories.TryGetValue(s.Id, out var memory) ? SeriesHistory.StartOf(grid, cutOff, memory)
                    : SeriesHistory.Earliest(grid, cutOff, longest);
                return new HistoryStretch(s.Id, grid, from, grid.Floor(cutOff));
            }),
            cancellationToken);
        return series.ConvertAll(s => s.ToHistory(s.Hub!, histories[s.Id], events) with { Memory = memories.GetValueOrDefault(s.Id) });
    }

    /// <summary>What the hub's served forecast learned, by series: what was tried out beside it does not count.</summary>
    private async Task<Dictionary<int, ForecastMemory>> Memories(Hub hub, int[] seriesIds, CancellationToken cancellationToken)
    {
        var last = await db.Forecasts.AsNoTracking().Where(f => f.HubId == hub.Id && f.State == PublicationState.Published).Select(f => (Guid?)f.Id)
            .FirstOrDefaultAsync(cancellationToken);
        var details = await db.SeriesForecasts.AsNoTracking().Where(s => s.ForecastRunId == last && seriesIds.Contains(s.SeriesId))
            .Select(s => new { s.SeriesId, s.Detail }).ToListAsync(cancellationToken);
        return details.Where(d => d.Detail.Memory is not null).ToDictionary(d => d.SeriesId, d => d.Detail.Memory!);
    }

    private async Task<bool> AnyYoung(List<Series> series, Instant cutOff, CancellationToken cancellationToken)
    {
        var old = await volumes.SeriesWithin(series.ConvertAll(s => s.Id), cutOff - SeriesHistory.Longest, cutOff - SeriesHistory.Young, cancellationToken);
        return series.Exists(s => !old.Contains(s.Id));
    }

    private static List<Series> Even(List<Series> series) => series.Count <= LargestPool ? series
        : [.. Enumerable.Range(0, LargestPool).Select(i => series[(int)((long)i * series.Count / LargestPool)])];
}
