using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Volumes.Query;

/// <summary>Which volumes are asked for: series by their codes, a stretch of time.</summary>
internal sealed record VolumeScope(IReadOnlyDictionary<Guid, (string Code, DateTimeZone Zone)> Hubs, Guid? QueueId, Instant From, Instant To)
{
    private static readonly Instant Beginning = Instant.FromUtc(1970, 1, 1, 0, 0); // both within what every store can compare with
    private static readonly Instant End = Instant.FromUtc(2200, 1, 1, 0, 0);

    public static async Task<VolumeScope> Read(
        WfmDbContext db, ClaimsPrincipal user, string? queue, string? hub, string? from, string? to, CancellationToken cancellationToken)
    {
        var (start, end) = (InstantOf("from", from) ?? Beginning, InstantOf("to", to) ?? End);
        if (start >= end)
        {
            throw ProblemException.Semantic("from", $"from must be before to; from is {start}, to is {end}.");
        }

        Guid? queueId = queue is null ? null
            : await db.Queues.Where(q => q.Code == queue).Select(q => (Guid?)q.Id).SingleOrDefaultAsync(cancellationToken)
                ?? throw ProblemException.Semantic("queue", $"There is no queue '{queue}'.");
        var hubs = await db.Hubs.AsNoTracking().Where(h => hub == null || h.Code == hub).Select(h => new
        {
            h.Id,
            h.Code,
            h.TimeZone,
        })
            .ToListAsync(cancellationToken);
        if (hub is not null)
        {
            if (hubs.Count == 0)
            {
                throw ProblemException.Semantic("hub", $"There is no hub '{hub}'.");
            }

            if (!user.MayTouch(hub))
            {
                throw ProblemException.Forbidden(hub);
            }
        }

        return new VolumeScope(
            hubs.Where(h => user.MayTouch(h.Code)).ToDictionary(h => h.Id, h => (h.Code, DateTimeZoneProviders.Tzdb[h.TimeZone])),
            queueId, start, end);
    }

    /// <summary>The series in the scope, to be ordered and paged.</summary>
    public IQueryable<Series> Series(WfmDbContext db)
    {
        var hubs = Hubs.Keys.ToArray();
        return db.Series.AsNoTracking().Where(s => hubs.Contains(s.HubId) && (QueueId == null || s.QueueId == QueueId));
    }

    private static Instant? InstantOf(string name, string? text)
    {
        if (text is null)
        {
            return null;
        }

        var parsed = OffsetDateTimePattern.ExtendedIso.Parse(text);
        return parsed.Success && parsed.Value.ToInstant() is var instant && instant >= Beginning && instant <= End ? instant
            : throw ProblemException.Semantic(name, $"{name} must be an instant such as 2026-11-02T00:00:00Z, from 1970 to 2200, it is '{text}'.");
    }
}

/// <summary>Reads volumes of a scope, series by series in order of time, rolled up where asked.</summary>
internal sealed class VolumeQuery(WfmDbContext db, VolumeReader reader)
{
    private const int SeriesPage = 200;

    /// <param name="interval">Minutes to roll up to; null keeps each series' own intervals. 422 where a series is coarser.</param>
    /// <param name="position">Where the page before ended.</param>
    public async Task<IAsyncEnumerable<Rolled>> Read(VolumeScope scope, int? interval, Position? position, CancellationToken cancellationToken)
    {
        if (interval is { } asked)
        {
            if (!IntervalGrid.Lengths.Contains(asked))
            {
                throw ProblemException.Semantic("interval", $"interval must be one of {string.Join(", ", IntervalGrid.Lengths)} minutes, it is {asked}.");
            }

            var coarser = await scope.Series(db).Where(s => s.IntervalMinutes > asked)
                .Select(s => new { Queue = s.Queue!.Code, Hub = s.Hub!.Code, s.IntervalMinutes }).FirstOrDefaultAsync(cancellationToken);
            if (coarser is not null)
            {
                throw ProblemException.Semantic(
                    "interval",
                    $"interval is {asked} minutes, but {coarser.Queue} at {coarser.Hub} is kept in intervals of {coarser.IntervalMinutes}; ask for at "
                        + "least that, or for other series.");
            }
        }

        return Stream(scope, interval, position, cancellationToken);
    }

    private async IAsyncEnumerable<Rolled> Stream(
        VolumeScope scope, int? interval, Position? position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var firstId = position?.SeriesId ?? 0;
        while (true)
        {
            var page = await scope.Series(db).Where(s => s.Id >= firstId).OrderBy(s => s.Id).Take(SeriesPage)
                .Select(s => new { s.Id, s.HubId, s.IntervalMinutes, Queue = s.Queue!.Code }).ToListAsync(cancellationToken);
            foreach (var series in page)
            {
                var (hub, zone) = scope.Hubs[series.HubId];
                var from = position is { } at && at.SeriesId == series.Id && at.From > scope.From ? at.From : scope.From;
                var grid = IntervalGrid.Of(interval ?? series.IntervalMinutes, zone);
                var rollUp = new RollUp(series.Id, series.Queue, hub, grid);
                var rows = grid.Minutes >= IntervalGrid.Day ? reader.ReadWithDays(series.Id, from, scope.To, cancellationToken)
                    : reader.Read(series.Id, from, scope.To, cancellationToken);
                await foreach (var row in rows)
                {
                    if (rollUp.Add(row) is { } full)
                    {
                        yield return full;
                    }
                }

                if (rollUp.Finish() is { } last)
                {
                    yield return last;
                }
            }

            if (page.Count < SeriesPage)
            {
                yield break;
            }

            firstId = page[^1].Id + 1;
        }
    }
}

/// <summary>An interval of an answer and where the next page would go on.</summary>
internal sealed record Rolled(Position Next, VolumeInterval Interval);

/// <summary>A place in the order of series and time.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Position(int SeriesId, Instant From)
{
    public override string ToString() => $"{SeriesId}:{InstantMicroseconds.From(From)}";

    /// <summary>Null for no cursor. 422 when it was not made here.</summary>
    public static Position? Parse(string? cursor)
    {
        if (Paging.Key(cursor) is not { } key)
        {
            return null;
        }

        var colon = key.IndexOf(':');
        return colon > 0 && int.TryParse(key.AsSpan(0, colon), out var series) && long.TryParse(key.AsSpan(colon + 1), out var microseconds)
            && microseconds is >= 0 and < 8_000_000_000_000_000 // the years 1970 to 2223
            ? new Position(series, InstantMicroseconds.ToInstant(microseconds))
            : throw ProblemException.Semantic("after", $"after must be the next of an earlier page, '{cursor}' is not.");
    }
}
