using System.Globalization;
using System.IO.Compression;
using System.Text;
using NodaTime;
using Wfm.Api.Features.Volumes.Import;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Persistence;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Commands.Plan;

/// <summary>The series of a volume file of one's own, read and judged as an import does.</summary>
/// <param name="Series">In the order they first appear.</param>
/// <param name="Rejected">The first rows left out, each with line, field, value and reason.</param>
/// <param name="Rows">Data rows read, rejected ones included.</param>
/// <param name="RejectedRows">Rows left out.</param>
/// <param name="Unusable">Series of which nothing can be used, each with the reason.</param>
internal sealed record PlanVolumes(
    IReadOnlyList<PlanSeries> Series, IReadOnlyList<RowProblem> Rejected, long Rows, long RejectedRows, IReadOnlyList<(string Series, string Reason)> Unusable)
{
    private static readonly LocalDateTime Epoch = new(1970, 1, 1, 0, 0);

    /// <summary>
    /// Reads CSV (<c>series_id,timestamp,count</c> or the columns of the volume import; comma, semicolon or tab) or NDJSON, packed with gzip or not; times
    /// without offset are local to the zone. Every series keeps its own interval.
    /// </summary>
    /// <exception cref="FormatException">The file cannot be read, or most of its rows cannot be used.</exception>
    public static async Task<PlanVolumes> Read(Stream stream, DateTimeZone zone, Instant now, CancellationToken cancellationToken)
    {
        var notes = new ImportNotes();
        var rows = new PlanRows(notes);
        await using var source = await Open(await Bytes(stream, cancellationToken), rows, notes, cancellationToken);
        await source.Fill(new VolumeRow[1], cancellationToken); // the rows stay with PlanRows, so this reads to the end
        var total = rows.Rows + notes.Rejected - rows.Refused; // lines that are no rows were never handed on
        var (series, unusable) = Judge(rows, notes, zone, now);
        var report = notes.Report(dryRun: true, default, 0);
        var read = new PlanVolumes(series, [.. report.Rejections.OrderBy(r => r.Row)], total, report.Rejected, unusable);
        read.RefuseIfMostlyUnusable();
        return read;
    }

    private void RefuseIfMostlyUnusable()
    {
        if (Rows == 0)
        {
            throw new FormatException("The file has no rows.");
        }

        if (Series.Count == 0 || RejectedRows * 2 > Rows)
        {
            var first = Rejected.Count > 0 ? $" Line {Rejected[0].Row}, {Rejected[0].Field ?? "the row"} '{Rejected[0].Value}': {Rejected[0].Reason}." : "";
            throw new FormatException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{RejectedRows:N0} of the {Rows:N0} rows cannot be used, so nothing is "
                        + $"planned.{first}{string.Concat(Unusable.Select(u => $" {u.Reason}"))}"));
        }
    }

    /// <summary>The whole file, unpacked: its rows are kept anyway.</summary>
    private static async Task<byte[]> Bytes(Stream stream, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        bytes.Position = 0;
        if (bytes.GetBuffer().AsSpan(0, (int)Math.Min(2, bytes.Length)) is not [0x1F, 0x8B])
        {
            return bytes.ToArray();
        }

        using var unpacked = new MemoryStream();
        await using var packed = new GZipStream(bytes, CompressionMode.Decompress);
        await packed.CopyToAsync(unpacked, cancellationToken);
        return unpacked.ToArray();
    }

    private static async Task<IVolumeSource> Open(byte[] bytes, PlanRows rows, ImportNotes notes, CancellationToken cancellationToken)
    {
        if (bytes.AsSpan().TrimStart("\uFEFF \t\r\n"u8) is [(byte)'{', ..])
        {
            return new NdjsonVolumes(new MemoryStream(bytes), rows, notes);
        }

        var csv = await CsvVolumes.Open(new MemoryStream(bytes), rows, notes, mayBeShort: true, cancellationToken);
        (rows.NameOf, rows.IsWithoutHubs) = (csv.Header.NameOf, csv.Header.IsWithoutHubs);
        return csv;
    }

    private static (List<PlanSeries> Series, List<(string Series, string Reason)> Unusable) Judge(
        PlanRows rows, ImportNotes notes, DateTimeZone zone, Instant now)
    {
        var (series, unusable, starts) = (new List<PlanSeries>(), new List<(string, string)>(), new IntervalStarts(now, null));
        foreach (var key in rows.Order)
        {
            var (found, reason) = One(key, rows, notes, zone, starts);
            if (found is not null)
            {
                series.Add(found);
            }
            else
            {
                unusable.Add((PlanSeries.NameOf(key.Queue, key.Hub), reason));
            }
        }

        return (series, unusable);
    }

    private static (PlanSeries? Series, string Reason) One(
        (string Queue, string Hub) key, PlanRows rows, ImportNotes notes, DateTimeZone zone, IntervalStarts starts)
    {
        var (mine, name, column) = (rows.Of(key), PlanSeries.NameOf(key.Queue, key.Hub), rows.NameOf(VolumeColumns.IntervalStart));
        var parsed = mine.Select(r => (Row: r, Text: Encoding.UTF8.GetBytes(r.Start)))
            .Select(r => (r.Row, Kind: IntervalStartText.Parse(r.Text, out var at), At: at)).ToList();
        var timed = parsed.Where(p => p.Kind != TimeKind.Unreadable).ToList();
        var (minutes, gap) = PlanInterval.Of(timed.Select(p => Roughly(p.Kind, p.At, zone)), timed.Count > 0 && timed.TrueForAll(p => p.Kind == TimeKind.Day));
        if (minutes is not { } interval)
        {
            var apart = string.Create(
                CultureInfo.InvariantCulture,
                $"the times of series '{name}' are {gap:0.##} minutes apart; intervals of {string.Join(", ", PlanInterval.Known)} minutes are known");
            mine.ToList().ForEach(r => notes.Reject(r.Line, column, Encoding.UTF8.GetBytes(r.Start), apart));
            return (null, $"Nothing of series '{name}' can be used: {apart}.");
        }

        var target = new SeriesTarget(0, 0, Guid.Empty, Guid.Empty, interval, zone);
        var cells = new SortedDictionary<Instant, VolumeQuantities>();
        foreach (var (row, kind, at) in parsed)
        {
            var microseconds = at;
            if (starts.Place(kind, ref microseconds, target, row.Line) is { } reason)
            {
                notes.Reject(row.Line, column, Encoding.UTF8.GetBytes(row.Start), reason);
            }
            else
            {
                cells.Add(InstantMicroseconds.ToInstant(microseconds), row.Quantities);
            }
        }

        return cells.Count > 0
            ? (new PlanSeries(key.Queue, key.Hub, new IntervalGrid(Duration.FromMinutes(interval), zone), cells), "")
            : (null, $"No row of series '{name}' can be used.");
    }

    /// <summary>Minutes since 1970, near enough to tell how far rows are apart.</summary>
    private static double Roughly(TimeKind kind, long microseconds, DateTimeZone zone) => kind == TimeKind.Instant ? microseconds / 60e6
        : zone.AtLeniently(Epoch.PlusTicks(microseconds * 10)).ToInstant().ToUnixTimeTicks() / 600e6;
}

/// <summary>One series as it stands in the file.</summary>
/// <param name="Queue">Code of the queue; the id of the series where the file has no hubs.</param>
/// <param name="Hub">Code of the hub; empty where the file has none.</param>
/// <param name="Grid">Its own interval.</param>
/// <param name="Cells">Figures by the start of their interval.</param>
internal sealed record PlanSeries(string Queue, string Hub, IntervalGrid Grid, SortedDictionary<Instant, VolumeQuantities> Cells)
{
    public string Name => NameOf(Queue, Hub);

    /// <summary>End of the last interval with a volume.</summary>
    public Instant End => Grid.InstantAt(Cells.Keys.Last(), 1);

    public static string NameOf(string queue, string hub) => hub.Length == 0 ? queue : $"{queue}@{hub}";
}
