using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Wfm.Api.Persistence;

namespace Wfm.Benchmarks.Volumes;

/// <summary>Volumes in and out: rows a second over HTTP beside what the bare database driver does with the same rows in the same run.</summary>
internal static class VolumeBenchmark
{
    public static Command Command()
    {
        var rows = new Option<int>("--rows") { Description = "Rows to load.", DefaultValueFactory = _ => 1_000_000 };
        var postgres = new Option<string?>("--postgres")
        {
            Description = "Connection string of a PostgreSQL where a database may be made; SQLite alone without it.",
        };
        var command = new Command("volumes", "Imports volumes over HTTP into SQLite and PostgreSQL, next to the bare driver.") { rows, postgres };
        command.SetAction((parsed, cancellationToken) => Run(parsed.GetValue(rows), parsed.GetValue(postgres), cancellationToken));
        return command;
    }

    private static async Task Run(int rows, string? postgres, CancellationToken cancellationToken)
    {
        var file = new VolumeFile(rows);
        var csv = file.Csv();
        Console.WriteLine($"{rows:N0} rows of {file.SeriesCount} series in order of time, {csv.Length / 1e6:F0} MB of CSV, {Environment.ProcessorCount} cores");
        Console.WriteLine();
        Console.WriteLine("| store | what | seconds | rows/s | of the bare driver | processor seconds here |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|");
        await Measure(StoreKind.Sqlite, null, file, csv, cancellationToken);
        if (postgres is not null)
        {
            await Measure(StoreKind.Postgres, postgres, file, csv, cancellationToken);
        }
    }

    private static async Task Measure(StoreKind kind, string? postgres, VolumeFile file, byte[] csv, CancellationToken cancellationToken)
    {
        await using var target = await BenchmarkStore.Create(kind, postgres, cancellationToken);
        await using var server = await BenchmarkServer.Start(target.ConnectionString, file, cancellationToken);
        var table = new Table(kind, file.Rows);

        await target.PrepareBareTable(cancellationToken);
        var bare = await table.Time("bare driver, new rows", null, () => target.LoadBare(file, cancellationToken));

        var warmUp = new VolumeFile(Math.Min(file.Rows, 200_000));
        await server.Import(warmUp.Csv(), "text/csv", null, cancellationToken);
        await server.Import(warmUp.Csv(), "text/csv", null, cancellationToken);
        await server.Import(warmUp.Ndjson(), "application/x-ndjson", null, cancellationToken);
        await server.Clear(cancellationToken);

        await table.Time(
            "HTTP, CSV, dry run (reading and checking alone)", bare,
            () => server.Import(csv, "text/csv", null, cancellationToken, "?dryRun=true"));
        await table.Time("HTTP, CSV, new rows", bare, () => server.Import(csv, "text/csv", null, cancellationToken));
        await table.Time("HTTP, CSV, the same again", bare, () => server.Import(csv, "text/csv", null, cancellationToken));
        var corrected = file.Csv(correction: 1);
        await table.Time("HTTP, CSV, every row corrected", bare, () => server.Import(corrected, "text/csv", null, cancellationToken));
        await server.Clear(cancellationToken);
        var gzip = Gzip(csv);
        await table.Time($"HTTP, CSV in gzip ({gzip.Length / 1e6:F0} MB), new rows", bare, () => server.Import(gzip, "text/csv", "gzip", cancellationToken));
        await server.Clear(cancellationToken);
        var ndjson = file.Ndjson();
        await table.Time(
            $"HTTP, NDJSON ({ndjson.Length / 1e6:F0} MB), new rows", bare,
            () => server.Import(ndjson, "application/x-ndjson", null, cancellationToken));
        await table.Time("HTTP, CSV out", bare, () => server.Export(file.Rows, cancellationToken));
        await server.ReadHistory(file, cancellationToken);
        const int reads = 50;
        var (watch, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        for (var i = 0; i < reads; i++)
        {
            await server.ReadHistory(file, cancellationToken);
        }

        Console.WriteLine(
            $"| {kind} | one series as arrays, {file.IntervalsPerSeries:N0} intervals | {watch.Elapsed.TotalSeconds / reads:F4} | "
                + $"{file.IntervalsPerSeries * reads / watch.Elapsed.TotalSeconds:N0} | | "
                + $"{(Environment.CpuUsage.TotalTime - processor).TotalSeconds / reads:F4} |");
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private sealed class Table(StoreKind kind, int rows)
    {
        public async Task<TimeSpan> Time(string what, TimeSpan? bare, Func<Task> work)
        {
            GC.Collect();
            var (watch, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            await work();
            var elapsed = watch.Elapsed;
            processor = Environment.CpuUsage.TotalTime - processor; // client and server; on a busy machine the steadier figure
            var ratio = bare is { } of ? (of / elapsed).ToString("P0", CultureInfo.InvariantCulture) : "";
            Console.WriteLine($"| {kind} | {what} | {elapsed.TotalSeconds:F2} | {rows / elapsed.TotalSeconds:N0} | {ratio} | {processor.TotalSeconds:F2} |");
            return elapsed;
        }
    }
}
