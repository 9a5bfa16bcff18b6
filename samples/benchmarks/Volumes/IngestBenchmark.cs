using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Npgsql;
using Wfm.Api.Persistence;

namespace Wfm.Benchmarks.Volumes;

/// <summary>A large import over HTTP into a server of its own process: rows a second beside psql's <c>\copy</c> of the same rows in the same run, and the most
/// memory that the server took.</summary>
internal static class IngestBenchmark
{
    public static Command Command()
    {
        var rows = new Option<int>("--rows") { Description = "Rows to load.", DefaultValueFactory = _ => 10_000_000 };
        var postgres = new Option<string?>("--postgres") { Description = "Connection string of a PostgreSQL where a database may be made; SQLite without it." };
        var command = new Command("ingest", "Imports many volumes over HTTP, beside psql's \\copy, and tells the server's memory.") { rows, postgres };
        command.SetAction((parsed, cancellationToken) => Run(parsed.GetValue(rows), parsed.GetValue(postgres), cancellationToken));
        return command;
    }

    private static async Task Run(int rows, string? postgres, CancellationToken cancellationToken)
    {
        var (file, kind) = (new VolumeFile(rows, series: 400), postgres is null ? StoreKind.Sqlite : StoreKind.Postgres);
        await using var target = await BenchmarkStore.Create(kind, postgres, cancellationToken);
        await (await BenchmarkServer.Start(target.ConnectionString, file, cancellationToken)).DisposeAsync(); // schema, hub and queues
        var csv = Path.GetTempFileName();
        try
        {
            await using (var stream = File.Create(csv))
            {
                file.WriteCsv(stream);
            }

            Console.WriteLine($"{rows:N0} rows of {file.SeriesCount} series in order of time, {new FileInfo(csv).Length / 1e6:F0} MB of CSV");
            var bare = kind == StoreKind.Postgres ? await Psql(target, file, cancellationToken) : null;
            using var server = await ServerProcess.Start(target.ConnectionString, new Dictionary<string, string> { ["Role"] = "api" }, cancellationToken);
            foreach (var (what, query) in new[] { ("read and checked alone, compiled meanwhile", "?dryRun=true"), ("new rows", ""), ("the same again", "") })
            {
                var processor = server.Processor;
                var elapsed = await Import(server, csv, query, cancellationToken);
                var ratio = bare is { } of ? string.Create(CultureInfo.InvariantCulture, $", {of / elapsed:P0} of \\copy of CSV") : "";
                Console.WriteLine(
                    $"HTTP, {what}: {elapsed.TotalSeconds:F1} s, {rows / elapsed.TotalSeconds:N0} rows/s{ratio}; server at most {server.PeakMegabytes:N0} MB, "
                        + $"{(server.Processor - processor).TotalSeconds:F1} s of processor");
            }
        }
        finally
        {
            File.Delete(csv);
        }
    }

    /// <summary>psql's time for the same rows in text into a table with the same key; in PostgreSQL's binary format as well, for the record.</summary>
    private static async Task<TimeSpan?> Psql(BenchmarkStore target, VolumeFile file, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(target.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        const string Table = "CREATE TABLE bare (LIKE volumes INCLUDING ALL)";
        var (text, binary) = (Path.GetTempFileName(), Path.GetTempFileName());
        try
        {
            await using (var stream = File.Create(text))
            {
                file.WriteTableCsv(stream);
            }

            await Execute(Table, connection, cancellationToken);
            var elapsed = await Psql(target.ConnectionString, $"\\copy bare FROM '{text}' WITH (FORMAT csv)", cancellationToken);
            Console.WriteLine($"psql \\copy of CSV: {elapsed.TotalSeconds:F1} s, {file.Rows / elapsed.TotalSeconds:N0} rows/s");
            await Psql(target.ConnectionString, $"\\copy bare TO '{binary}' WITH (FORMAT binary)", cancellationToken);
            await Execute($"DROP TABLE bare; {Table}", connection, cancellationToken);
            var packed = await Psql(target.ConnectionString, $"\\copy bare FROM '{binary}' WITH (FORMAT binary)", cancellationToken);
            Console.WriteLine($"psql \\copy of binary: {packed.TotalSeconds:F1} s, {file.Rows / packed.TotalSeconds:N0} rows/s");
            await Execute("DROP TABLE bare; CHECKPOINT", connection, cancellationToken);
            return elapsed;
        }
        finally
        {
            File.Delete(text);
            File.Delete(binary);
        }
    }

    private static async Task<TimeSpan> Psql(string connectionString, string command, CancellationToken cancellationToken)
    {
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo("psql");
        foreach (var argument in new[]
        {
            "-h", to.Host!, "-p", to.Port.ToString(CultureInfo.InvariantCulture), "-U", to.Username!, "-d", to.Database!, "-q", "-v", "ON_ERROR_STOP=1", "-c",
            command,
        })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PGPASSWORD"] = to.Password;
        var watch = Stopwatch.StartNew();
        using var psql = Process.Start(start) ?? throw new InvalidOperationException("psql did not start.");
        await psql.WaitForExitAsync(cancellationToken);
        return psql.ExitCode == 0 ? watch.Elapsed : throw new InvalidOperationException($"psql ended with {psql.ExitCode}.");
    }

    private static async Task Execute(string sql, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<TimeSpan> Import(ServerProcess server, string csv, string query, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = server.Address, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Add("X-Api-Key", BenchmarkServer.Key);
        await using var file = File.OpenRead(csv);
        using var content = new StreamContent(file, 1 << 16) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        var watch = Stopwatch.StartNew();
        using var response = await client.PostAsync(new Uri($"/api/v1/volumes:import{query}", UriKind.Relative), content, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode && JsonNode.Parse(text)?["rejected"]?.GetValue<long>() == 0 ? watch.Elapsed
            : throw new InvalidOperationException($"The import answered {(int)response.StatusCode}: {text[..Math.Min(500, text.Length)]}");
    }
}
