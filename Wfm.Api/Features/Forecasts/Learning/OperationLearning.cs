using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Forecasting.Pooled;

namespace Wfm.Api.Features.Forecasts.Learning;

/// <summary>Trains models across the series of the operation, once a week and for each length of interval, and hands them to the forecasts of all
/// hubs.</summary>
/// <remarks>What a hub is told does not depend on which hub's night came first: training sees what lies before the week, and no more.</remarks>
public sealed class OperationLearning(WfmDbContext db, SeriesReading reading, ComputeSlots slots, IClock clock)
{
    private const int Seed = 1;
    private const double Growth = 1.25; // so many more series than were learned from, and learning pays again
    private static readonly Duration Oldest = Duration.FromDays(35);
    private static readonly SemaphoreSlim OneAtATime = new(1); // the nights of several hubs begin in the same minute

    /// <summary>The last Monday 00:00 UTC that lies before midnight of a date at every hub of the world.</summary>
    public static Instant WeekOf(LocalDate date)
    {
        var before = date.PlusDays(-1);
        return before.PlusDays(1 - (int)before.DayOfWeek).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
    }

    /// <summary>The latest models that saw nothing after a cut-off, by length of interval; those of more than five weeks before serve no more.</summary>
    public async Task<IReadOnlyDictionary<Duration, IReadOnlyList<PooledModel>>> Trained(Instant cutOff, CancellationToken cancellationToken)
    {
        var oldest = cutOff - Oldest;
        var kept = await db.OperationModels.AsNoTracking().Where(m => m.CutOff <= cutOff && m.CutOff >= oldest)
            .Select(m => new { m.Id, m.IntervalMinutes, m.CutOff }).ToListAsync(cancellationToken);
        var latest = kept.GroupBy(m => m.IntervalMinutes).Select(g => g.MaxBy(m => m.CutOff)!.Id).ToList();
        var models = await db.OperationModels.AsNoTracking().Where(m => latest.Contains(m.Id)).ToListAsync(cancellationToken);
        return models.ToDictionary(m => Duration.FromMinutes(m.IntervalMinutes), m => m.Models);
    }

    /// <summary>Trains where it is due for a week.</summary>
    /// <param name="week">As of <see cref="WeekOf"/>.</param>
    /// <param name="minutes">Length of the intervals.</param>
    /// <returns>The number of series there are to learn from when it trained; null when the models of the week were there.</returns>
    public async Task<int?> Train(Instant week, int minutes, int horizonDays, CancellationToken cancellationToken)
    {
        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            var series = await db.Series.CountAsync(s => s.IntervalMinutes == minutes, cancellationToken);
            var known = await db.OperationModels.Where(m => m.IntervalMinutes == minutes && m.CutOff == week).Select(m => new { m.Id, m.Series })
                .SingleOrDefaultAsync(cancellationToken);
            if (known is not null && series < Growth * known.Series)
            {
                return null;
            }

            var events = await db.Events.AsNoTracking().OrderBy(e => e.Start).ThenBy(e => e.Id).ToListAsync(cancellationToken);
            var pool = await reading.Operation(minutes, week, events, cancellationToken);
            var end = week + Duration.FromDays(horizonDays);
            var threads = Environment.ProcessorCount;
            var models = await slots.Run(
                () => ForecastPool.Learn([.. pool.Select(s => s.Member)], end, Seed, threads, cancellationToken), threads, cancellationToken);
            await Keep(new OperationModels
            {
                Id = SequentialId.Next(),
                IntervalMinutes = minutes,
                CutOff = week,
                Series = series,
                TrainedAt = clock.GetCurrentInstant(),
                Models = models,
            }, cancellationToken);
            return pool.Count;
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private async Task Keep(OperationModels trained, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.OperationModels.Where(m => m.IntervalMinutes == trained.IntervalMinutes && m.CutOff == trained.CutOff).ExecuteDeleteAsync(cancellationToken);
        db.OperationModels.Add(trained);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (StoreConflicts.IsDuplicate(e))
        {
            // another process has trained the same from the same rows
        }

        db.ChangeTracker.Clear();
    }
}
