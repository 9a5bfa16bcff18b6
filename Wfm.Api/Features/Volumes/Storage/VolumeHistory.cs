using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Volumes.Storage;

/// <summary>A stretch of a series without holes in time: one element an interval, NaN where nothing is known.</summary>
/// <param name="Grid">Where interval 0, 1, 2 … start, and the hub's zone.</param>
/// <param name="FirstSlot">Number on the grid of element 0.</param>
/// <param name="Offered">Contacts; NaN where the interval is missing.</param>
/// <param name="Handled">Contacts; NaN where the interval is missing or does not say.</param>
/// <param name="HandleTimeSeconds">Total seconds; NaN where the interval is missing or does not say.</param>
public sealed record History(int SeriesId, IntervalGrid Grid, long FirstSlot, double[] Offered, double[] Handled, double[] HandleTimeSeconds)
{
    public int Length => Offered.Length;

    /// <summary>Start of the first interval.</summary>
    public Instant Start => Grid.StartOf(FirstSlot);

    /// <summary>Start of interval <paramref name="index"/>; at <see cref="Length"/> the end of the last.</summary>
    public Instant StartOf(int index) => Grid.StartOf(FirstSlot + index);

    /// <summary>The same without the missing intervals before the first known one; as it is when nothing is known.</summary>
    public History FromFirstKnown()
    {
        var first = Array.FindIndex(Offered, value => !double.IsNaN(value));
        return first <= 0 ? this : this with
        {
            FirstSlot = FirstSlot + first,
            Offered = Offered[first..],
            Handled = Handled[first..],
            HandleTimeSeconds = HandleTimeSeconds[first..],
        };
    }
}

/// <summary>The intervals of a series that start in [<paramref name="From"/>, <paramref name="To"/>).</summary>
public sealed record HistoryStretch(int SeriesId, IntervalGrid Grid, Instant From, Instant To);

/// <summary>Loads what forecasting and quality checks read: dense arrays on the grid of the series.</summary>
public sealed class VolumeHistory(WfmDbContext db, VolumeReader reader)
{
    private const int MaximumLength = 3_000_000; // 28 years of five minutes
    private static readonly Duration OldestBacklog = Duration.FromDays(2); // a weekend without reports; an older level tells nothing

    /// <summary>The intervals of a series that start in [from, to).</summary>
    /// <exception cref="ProblemException">There is no such series, or the stretch is longer than 3,000,000 intervals.</exception>
    public async Task<History> Load(int seriesId, Instant from, Instant to, CancellationToken cancellationToken)
    {
        var series =
            await db.Series.AsNoTracking().Where(s => s.Id == seriesId).Select(s => new { s.IntervalMinutes, s.Hub!.TimeZone })
                .SingleOrDefaultAsync(cancellationToken)
            ?? throw ProblemException.NotFound("series", seriesId.ToString());
        return await Load(seriesId, IntervalGrid.Of(series.IntervalMinutes, DateTimeZoneProviders.Tzdb[series.TimeZone]), from, to, cancellationToken);
    }

    /// <summary>The same where the grid is known already.</summary>
    public async Task<History> Load(int seriesId, IntervalGrid grid, Instant from, Instant to, CancellationToken cancellationToken)
    {
        var history = Empty(new HistoryStretch(seriesId, grid, from, to));
        var end = history.StartOf(history.Length);
        var rows = grid.Minutes == IntervalGrid.Day ? reader.ReadWithDays(seriesId, history.Start, end, cancellationToken)
            : reader.Read(seriesId, history.Start, end, cancellationToken);
        await foreach (var row in rows)
        {
            Put(row, history);
        }

        return history;
    }

    /// <summary>The same of several series at once.</summary>
    public async Task<IReadOnlyDictionary<int, History>> LoadMany(IReadOnlyCollection<HistoryStretch> stretches, CancellationToken cancellationToken)
    {
        var histories = new Dictionary<int, History>();
        foreach (var (id, grid, from, to) in stretches.Where(s => s.Grid.IsCalendar))
        {
            histories.Add(id, await Load(id, grid, from, to, cancellationToken));
        }

        var even = stretches.Where(s => !s.Grid.IsCalendar).Select(Empty).ToDictionary(h => h.SeriesId);
        if (even.Count > 0)
        {
            var (from, to) = (even.Values.Min(h => h.Start), even.Values.Max(h => h.StartOf(h.Length)));
            await foreach (var row in reader.ReadMany(even.Keys, from, to, cancellationToken))
            {
                Put(row, even[row.SeriesId]);
            }
        }

        return histories.Concat(even).ToDictionary();
    }

    /// <summary>Which of the series have an interval that starts in [from, to).</summary>
    public Task<HashSet<int>> SeriesWithin(IReadOnlyCollection<int> seriesIds, Instant from, Instant to, CancellationToken cancellationToken) =>
        reader.SeriesWithin(seriesIds, from, to, cancellationToken);

    /// <summary>The same, but only from the first to the last interval that is known within [from, to), however wide that is.</summary>
    public async Task<History> LoadKnown(int seriesId, IntervalGrid grid, Instant from, Instant to, CancellationToken cancellationToken)
    {
        var known = db.Volumes.Where(v => v.SeriesId == seriesId && v.IntervalStart >= from && v.IntervalStart < to);
        return await known.MinAsync(v => (Instant?)v.IntervalStart, cancellationToken) is { } first
            && await known.MaxAsync(v => (Instant?)v.IntervalStart, cancellationToken) is { } last
            ? await Load(seriesId, grid, first, grid.EndOf(last), cancellationToken)
            : new History(seriesId, grid, 0, [], [], []);
    }

    /// <summary>Contacts open at a moment by series: the backlog of the last interval before it that says, if that is not older than two days.</summary>
    public async Task<Dictionary<int, double>> OpenAt(IEnumerable<(int SeriesId, Instant At)> moments, CancellationToken cancellationToken)
    {
        var open = new Dictionary<int, double>();
        foreach (var (seriesId, at) in moments)
        {
            var earliest = at - OldestBacklog;
            if (await db.Volumes.AsNoTracking().Where(v => v.SeriesId == seriesId && v.IntervalStart >= earliest && v.IntervalStart < at && v.Backlog != null)
                .OrderByDescending(v => v.IntervalStart).Select(v => v.Backlog).FirstOrDefaultAsync(cancellationToken) is { } backlog)
            {
                open.Add(seriesId, backlog);
            }
        }

        return open;
    }

    /// <summary>Start of the last interval of each series that has one.</summary>
    public Task<IReadOnlyDictionary<int, Instant>> LastInterval(IReadOnlyCollection<int> seriesIds, CancellationToken cancellationToken) =>
        reader.LastInterval(seriesIds, cancellationToken);

    private static History Empty(HistoryStretch stretch)
    {
        var (seriesId, grid, from, to) = stretch;
        var first = grid.CeilingSlot(from);
        var length = Math.Max(0, grid.CeilingSlot(to) - first);
        return length <= MaximumLength ? new History(seriesId, grid, first, Missing(length), Missing(length), Missing(length))
            : throw ProblemException.Semantic(
                "from", $"{from} to {to} are {length:N0} intervals of {grid.Minutes} minutes; at most {MaximumLength:N0} are read at once.");
    }

    /// <summary>A row of another stretch is passed over.</summary>
    private static void Put(VolumeRow row, History history)
    {
        var index = history.Grid.SlotOf(row.IntervalStart) - history.FirstSlot;
        if (index >= 0 && index < history.Length)
        {
            history.Offered[index] = row.Offered;
            history.Handled[index] = row.Handled ?? double.NaN;
            history.HandleTimeSeconds[index] = row.HandleTimeSeconds ?? double.NaN;
        }
    }

    private static double[] Missing(long length)
    {
        var values = new double[length];
        Array.Fill(values, double.NaN);
        return values;
    }
}
