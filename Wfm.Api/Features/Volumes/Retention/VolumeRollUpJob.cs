using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Volumes.Query;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Forecasting.Series;
using RollUp = Wfm.Api.Features.Volumes.Query.RollUp;

namespace Wfm.Api.Features.Volumes.Retention;

/// <param name="KeepFrom">Start of the first month of which every interval is kept.</param>
public sealed record VolumeRollUpArguments(Instant KeepFrom);

/// <summary>Rolls up to local days whatever is older than the months that are kept by the interval.</summary>
public sealed class VolumeRollUpJob(WfmDbContext db, DailyVolumeStore days) : IJobHandler
{
    public static string Kind => "volume-roll-up";

    public static JobPriority Priority => JobPriority.Nightly;

    public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
    {
        var horizon = await MoveTo(job.Arguments<VolumeRollUpArguments>().KeepFrom, cancellationToken);
        var grids = await db.Series.AsNoTracking().Select(s => new { s.Id, s.Hub!.TimeZone })
            .ToDictionaryAsync(s => s.Id, s => IntervalGrid.Of(IntervalGrid.Day, DateTimeZoneProviders.Tzdb[s.TimeZone]), cancellationToken);
        var count = 0;
        await days.RollUp(
            horizon, grids.Keys, rows => Fold(rows, grids, cancellationToken), what => job.Progress.Report(0.5, $"rolled up {++count}: {what}"),
            cancellationToken);
        return null;
    }

    /// <summary>The horizon only moves on, and before anything is rolled up: from then on nobody writes what is older.</summary>
    private async Task<Instant> MoveTo(Instant keepFrom, CancellationToken cancellationToken)
    {
        var horizon = await db.VolumeHorizons.SingleOrDefaultAsync(cancellationToken);
        if (horizon is null)
        {
            db.VolumeHorizons.Add(horizon = new VolumeHorizon { KeptFrom = keepFrom });
        }

        horizon.KeptFrom = Instant.Max(horizon.KeptFrom, keepFrom);
        await db.SaveChangesAsync(cancellationToken);
        return horizon.KeptFrom;
    }

    private static async IAsyncEnumerable<VolumeRow> Fold(
        IAsyncEnumerable<VolumeRow> rows, Dictionary<int, IntervalGrid> grids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (open, id) = (default(RollUp), 0);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (open is null || row.SeriesId != id)
            {
                if (open?.Finish() is { } last)
                {
                    yield return ToRow(last);
                }

                (id, open) = (row.SeriesId, new RollUp(row.SeriesId, "", "", grids[row.SeriesId]));
            }

            if (open.Add(row) is { } full)
            {
                yield return ToRow(full);
            }
        }

        if (open?.Finish() is { } end)
        {
            yield return ToRow(end);
        }
    }

    private static VolumeRow ToRow(Rolled day) => new(
        day.Next.SeriesId, day.Interval.IntervalStart, day.Interval.Offered, day.Interval.Handled, day.Interval.HandleTimeSeconds, day.Interval.Abandoned,
        day.Interval.Backlog, day.Interval.Intervals);
}
