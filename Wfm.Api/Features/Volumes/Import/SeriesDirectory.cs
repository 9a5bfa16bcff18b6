using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Volumes.Import;

/// <summary>From the codes of a row to its series; a pair seen first becomes a series when its first good rows are written.</summary>
internal sealed class SeriesDirectory
{
    private readonly WfmDbContext _db;
    private readonly int _intervalMinutes;
    private readonly Utf8Codes<Guid> _queues;
    private readonly HashSet<Guid> _immediate;
    private readonly Utf8Codes<HubEntry> _hubs;
    private readonly HashSet<Guid> _loadedQueues = [];
    private readonly Dictionary<(Guid Queue, Guid Hub), SeriesTarget> _targets = [];
    private readonly Dictionary<Guid, HubEntry> _hubsById;

    /// <summary>By ordinal; grows only before a row of the new target is handed on.</summary>
    private readonly List<SeriesTarget> _byOrdinal = [];

    private SeriesDirectory(WfmDbContext db, int intervalMinutes, Utf8Codes<Guid> queues, HashSet<Guid> immediate, IReadOnlyCollection<HubEntry> hubs)
    {
        _db = db;
        _intervalMinutes = intervalMinutes;
        _queues = queues;
        _immediate = immediate;
        _hubs = new Utf8Codes<HubEntry>(hubs.Select(hub => (hub.Code, hub)));
        _hubsById = hubs.ToDictionary(hub => hub.Id);
    }

    /// <param name="db">For the reading side alone; series are created through a context of their own.</param>
    public static async Task<SeriesDirectory> Load(WfmDbContext db, ClaimsPrincipal user, int intervalMinutes, CancellationToken cancellationToken)
    {
        var queues = await db.Queues.AsNoTracking().Select(q => new { q.Code, q.Id, q.Kind }).ToListAsync(cancellationToken);
        var hubs = await db.Hubs.AsNoTracking().Select(h => new { h.Code, h.Id, h.TimeZone }).ToListAsync(cancellationToken);
        return new SeriesDirectory(
            db,
            intervalMinutes,
            new Utf8Codes<Guid>(queues.Select(q => (q.Code, q.Id))),
            queues.Where(q => q.Kind == WorkKind.Immediate).Select(q => q.Id).ToHashSet(),
            [.. hubs.Select(h => new HubEntry(h.Id, h.Code, DateTimeZoneProviders.Tzdb[h.TimeZone], user.MayTouch(h.Code)))]);
    }

    /// <summary>The series of a queue at a hub; otherwise null with the column that is wrong and why.</summary>
    public SeriesTarget? Find(ReadOnlySpan<byte> queueCode, ReadOnlySpan<byte> hubCode, out string field, out string reason)
    {
        field = VolumeColumns.Queue;
        if (!_queues.TryGet(queueCode, out var queue))
        {
            reason = queueCode.IsEmpty ? "is missing" : "is not the code of a queue";
            return null;
        }

        field = VolumeColumns.Hub;
        if (!_hubs.TryGet(hubCode, out var hub))
        {
            reason = hubCode.IsEmpty ? "is missing" : "is not the code of a hub";
            return null;
        }

        if (!hub.MayTouch)
        {
            reason = "is a hub this key may not touch";
            return null;
        }

        reason = "";
        if (_loadedQueues.Add(queue))
        {
            LoadSeriesOf(queue);
        }

        return _targets.TryGetValue((queue, hub.Id), out var target) ? target : Add(queue, hub, 0, _intervalMinutes);
    }

    /// <summary>Creates the series of the batch that do not exist and puts the ids in the place of the ordinals.</summary>
    /// <returns>How many were created.</returns>
    public async Task<int> Resolve(Memory<VolumeRow> rows, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        var missing = MissingIn(rows.Span);
        var created = missing.Count == 0 ? 0 : await Create(missing, scopes, cancellationToken);
        ReplaceOrdinals(rows.Span);
        return created;
    }

    /// <summary>How many series the batch would create, each counted once per import.</summary>
    public int CountMissing(ReadOnlySpan<VolumeRow> rows)
    {
        var missing = MissingIn(rows);
        missing.ForEach(target => target.Id = -1);
        return missing.Count;
    }

    private void LoadSeriesOf(Guid queue)
    {
        // Synchronous: once a queue, on the reading side's own thread; a queue has as many series as there are hubs.
        foreach (var series in _db.Series.AsNoTracking().Where(s => s.QueueId == queue).ToList())
        {
            Add(queue, _hubsById[series.HubId], series.Id, series.IntervalMinutes);
        }
    }

    private SeriesTarget Add(Guid queue, HubEntry hub, int id, int intervalMinutes)
    {
        lock (_byOrdinal)
        {
            var target = new SeriesTarget(_byOrdinal.Count, id, queue, hub.Id, intervalMinutes, hub.Zone) { IsImmediate = _immediate.Contains(queue) };
            _byOrdinal.Add(target);
            _targets.Add((queue, hub.Id), target);
            return target;
        }
    }

    private SeriesTarget Target(int ordinal)
    {
        lock (_byOrdinal)
        {
            return _byOrdinal[ordinal];
        }
    }

    private List<SeriesTarget> MissingIn(ReadOnlySpan<VolumeRow> rows)
    {
        var missing = new List<SeriesTarget>();
        var seen = new HashSet<int>();
        var last = -1;
        foreach (ref readonly var row in rows)
        {
            if (row.SeriesId != last && seen.Add(last = row.SeriesId) && Target(last) is { Id: 0 } target)
            {
                missing.Add(target);
            }
        }

        return missing;
    }

    private void ReplaceOrdinals(Span<VolumeRow> rows)
    {
        var (ordinal, id) = (-1, 0);
        foreach (ref var row in rows)
        {
            if (row.SeriesId != ordinal)
            {
                ordinal = row.SeriesId;
                id = Target(ordinal).Id;
            }

            row = row with { SeriesId = id };
        }
    }

    private static async Task<int> Create(List<SeriesTarget> missing, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var rows = missing.ConvertAll(target => new Series { QueueId = target.QueueId, HubId = target.HubId, IntervalMinutes = target.IntervalMinutes });
        db.Series.AddRange(rows);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) // another import came first with one of them
        {
            db.ChangeTracker.Clear();
            return await CreateOneByOne(missing, db, cancellationToken);
        }

        for (var i = 0; i < missing.Count; i++)
        {
            missing[i].Id = rows[i].Id;
        }

        return missing.Count;
    }

    private static async Task<int> CreateOneByOne(List<SeriesTarget> missing, WfmDbContext db, CancellationToken cancellationToken)
    {
        var created = 0;
        foreach (var target in missing)
        {
            var row = new Series { QueueId = target.QueueId, HubId = target.HubId, IntervalMinutes = target.IntervalMinutes };
            db.Series.Add(row);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                created++;
            }
            catch (DbUpdateException)
            {
                db.ChangeTracker.Clear();
                row = await db.Series.AsNoTracking().SingleAsync(s => s.QueueId == target.QueueId && s.HubId == target.HubId, cancellationToken);
                if (row.IntervalMinutes != target.IntervalMinutes)
                {
                    throw ProblemException.Conflict(
                        $"Another import has just created a series of this file with {row.IntervalMinutes}-minute intervals; send the file again.");
                }
            }

            target.Id = row.Id;
        }

        return created;
    }

    private sealed record HubEntry(Guid Id, string Code, DateTimeZone Zone, bool MayTouch);
}
