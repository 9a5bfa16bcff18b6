using System.Security.Claims;
using System.Threading.Channels;
using NodaTime;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Telemetry;

namespace Wfm.Api.Features.Volumes.Import;

/// <summary>One import: a reader that checks rows and a writer that stores them, side by side, a batch apart.</summary>
/// <remarks>Never more than three batches in memory. What was committed stays when the caller goes or the process dies; sending the file again finishes
/// it.</remarks>
internal sealed class VolumeImport(WfmDbContext db, VolumeStore store, IServiceScopeFactory scopes, IClock clock)
{
    /// <param name="body">CSV or NDJSON, already decompressed.</param>
    public async Task<VolumeImportReport> Run(
        Stream body, VolumeFormat format, ClaimsPrincipal user, int intervalMinutes, bool dryRun, CancellationToken cancellationToken)
    {
        if (!Series.AllowedMinutes.Contains(intervalMinutes))
        {
            throw ProblemException.Semantic(
                "intervalMinutes", $"intervalMinutes must be one of {string.Join(", ", Series.AllowedMinutes)}, it is {intervalMinutes}.");
        }

        var notes = new ImportNotes();
        var directory = await SeriesDirectory.Load(db, user, intervalMinutes, cancellationToken);
        var checker = new RowChecker(directory, notes, clock.GetCurrentInstant(), await db.VolumesKeptFrom(cancellationToken));
        await using IVolumeSource source = format == VolumeFormat.Csv ? await CsvVolumes.Open(body, checker, notes, mayBeShort: false, cancellationToken)
            : new NdjsonVolumes(body, checker, notes);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<Memory<VolumeRow>>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => Read(source, batches.Writer, stop.Token), CancellationToken.None);
        try
        {
            var (counts, created) = await Write(batches.Reader, directory, dryRun);
            Count("rejected", notes.Rejected);
            return notes.Report(dryRun, counts, created);
        }
        finally
        {
            await stop.CancelAsync();
            await reading; // it ends on its own now and hands its failure on through the channel
        }
    }

    private static void Count(string outcome, long rows) =>
        WfmMetrics.VolumeRows.Add(rows, new KeyValuePair<string, object?>("outcome", outcome));

    private static async Task Read(IVolumeSource source, ChannelWriter<Memory<VolumeRow>> batches, CancellationToken cancellationToken)
    {
        try
        {
            int count;
            do
            {
                var rows = new VolumeRow[VolumeStore.BatchSize];
                count = await source.Fill(rows, cancellationToken);
                await batches.WriteAsync(rows.AsMemory(0, count), cancellationToken);
            }
            while (count == VolumeStore.BatchSize);
            batches.Complete();
        }
        catch (Exception failure) // to the writing side, which throws it on after the batches before it
        {
            batches.Complete(failure);
        }
    }

    /// <remarks>Not cancelled with the request: batches that arrived whole are kept even when the caller has gone.</remarks>
    private async Task<(UpsertCounts Counts, int SeriesCreated)> Write(ChannelReader<Memory<VolumeRow>> batches, SeriesDirectory directory, bool dryRun)
    {
        var (counts, created) = (default(UpsertCounts), 0);
        await using var writer = dryRun ? null : await store.OpenWriter(CancellationToken.None);
        await foreach (var rows in batches.ReadAllAsync(CancellationToken.None))
        {
            if (writer is null)
            {
                created += directory.CountMissing(rows.Span);
            }
            else if (!rows.IsEmpty)
            {
                created += await directory.Resolve(rows, scopes, CancellationToken.None);
                var written = await writer.Write(rows, CancellationToken.None);
                Count("inserted", written.Inserted);
                Count("updated", written.Updated);
                Count("unchanged", written.Unchanged);
                counts += written;
            }
        }

        return (counts, created);
    }
}

/// <summary>Formats an import takes.</summary>
internal enum VolumeFormat { Csv, Ndjson }
