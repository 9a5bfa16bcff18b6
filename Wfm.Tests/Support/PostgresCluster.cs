using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Wfm.Tests.Support;

/// <summary>A PostgreSQL server of the tests' own: temporary folder, free loopback port, no fsync, gone at the end.</summary>
/// <remarks>A crash of the server loses no commit (they reach the system's cache), only a crash of the machine would. What a killed run leaves behind is
/// stopped and deleted by the next one: the folder's name carries the owner's process id.</remarks>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private const string Prefix = "wfm-postgres-";
    private const string User = "wfm";
    private static readonly SemaphoreSlim Gate = new(1);
    private static readonly HashSet<string> Templates = [];
    private static PostgresCluster? _shared;

    private readonly string _folder;
    private readonly string _password;
    private bool _running;

    private PostgresCluster(string folder, string password)
    {
        _folder = folder;
        _password = password;
        AppDomain.CurrentDomain.ProcessExit += StopAtExit;
    }

    public int Port { get; private set; }

    /// <summary>Connects as superuser to the database <c>postgres</c>.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = User,
        Password = _password,
        Database = "postgres",
        Timeout = 30,
    }.ConnectionString;

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Connection string of the server that this run of the tests shares: that of WFM_TEST_POSTGRES, else a cluster started on first use.</summary>
    /// <remarks>Without PostgreSQL the calling test fails where it must not be left out (CI, <c>test.sh</c>), and is ignored elsewhere.</remarks>
    public static async Task<string> SharedServer()
    {
        if (Environment.GetEnvironmentVariable("WFM_TEST_POSTGRES") is { Length: > 0 } given) return given;
        await Gate.WaitAsync();
        try
        {
            if (_shared is null)
            {
                RequirePostgres();
                DeleteStale();
                _shared = await Start();
            }
            return _shared.ConnectionString;
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>A new database on the shared server, for one fixture.</summary>
    /// <returns>Its connection string.</returns>
    public static async Task<string> CreateDatabase()
    {
        var server = await SharedServer();
        var name = $"wfm_test_{Guid.CreateVersion7():N}";
        await Execute(server, $"CREATE DATABASE {name}");
        return ForDatabase(server, name);
    }

    /// <summary>A new database on the shared server, copied from a template that is prepared once per run.</summary>
    /// <param name="template">Name of the template, e.g. <c>migrated</c>; letters and underscores.</param>
    /// <param name="prepare">Fills the template the first time; it gets the template's connection string and leaves no connection open.</param>
    public static async Task<string> CreateDatabase(string template, Func<string, Task> prepare)
    {
        var server = await SharedServer();
        var source = $"wfm_template_{template}_{Environment.ProcessId}";
        await Gate.WaitAsync();
        try
        {
            if (!Templates.Contains(source))
            {
                await Execute(server, $"CREATE DATABASE {source}");
                await prepare(ForDatabase(server, source));
                NpgsqlConnection.ClearAllPools(); // a template in use cannot be copied
                await Execute(server, $"ALTER DATABASE {source} ALLOW_CONNECTIONS false");
                await Execute(server, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{source}'");
                Templates.Add(source);
            }
            var name = $"wfm_test_{Guid.CreateVersion7():N}";
            await Execute(server, $"CREATE DATABASE {name} TEMPLATE {source}");
            return ForDatabase(server, name);
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Drops a database with whatever is still connected to it.</summary>
    public static async Task DropDatabase(string connectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await Execute(ForDatabase(connectionString, "postgres"), $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    /// <summary>Starts a cluster of one's own, e.g. to kill it under load.</summary>
    /// <param name="owner">Process without which the cluster is stale; this one unless a test says otherwise.</param>
    /// <param name="address">An address besides loopback to listen on, for all of its network of 256.</param>
    public static Task<PostgresCluster> Start(int? owner = null, IPAddress? address = null)
    {
        RequirePostgres();
        var folder = Path.Combine(Path.GetTempPath(), $"{Prefix}{owner ?? Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        var cluster = new PostgresCluster(folder, RandomNumberGenerator.GetHexString(32, lowercase: true));
        return Task.Run(async () =>
        {
            try
            {
                cluster.Initialise(address);
                cluster.StartServer();
                return cluster;
            }
            catch (InvalidOperationException)
            {
                await cluster.DisposeAsync();
                throw;
            }
        });
    }

    /// <summary>Stops the server: <c>fast</c> closes it cleanly, <c>immediate</c> is a crash.</summary>
    public void Stop(string mode = "fast")
    {
        if (!_running) return;
        PostgresBinaries.Run("pg_ctl", "stop", "-D", Data, "-m", mode, "-w", "-t", "60");
        _running = false;
    }

    /// <summary>Starts a stopped server again on the same port and data.</summary>
    public void StartAgain()
    {
        PostgresBinaries.Run("pg_ctl", "start", "-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-t", "60", "-o", $"-p {Port}");
        _running = true;
    }

    /// <summary>Stops and deletes clusters of test runs that are no more.</summary>
    public static void DeleteStale()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            if (int.TryParse(Path.GetFileName(folder)[Prefix.Length..].Split('-')[0], out var owner) && !IsTestRun(owner)) Delete(folder);
        }
    }

    public ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= StopAtExit;
        _running = false;
        Delete(_folder);
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the shared cluster, if this run started one.</summary>
    internal static async Task StopShared()
    {
        if (_shared is not null) await _shared.DisposeAsync();
        _shared = null;
    }

    private static void RequirePostgres()
    {
        if (PostgresBinaries.Installed) return;
        const string Message = "PostgreSQL is not installed. Run ./test.sh, which installs it, or set WFM_TEST_POSTGRES to the connection string of a server.";
        if (Environment.GetEnvironmentVariable("CI") == "true" || Environment.GetEnvironmentVariable("WFM_REQUIRE_POSTGRES") == "1") Assert.Fail(Message);
        Assert.Ignore(Message);
    }

    private static bool IsTestRun(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.ProcessName.Contains("testhost", StringComparison.Ordinal) || process.ProcessName.Contains("dotnet", StringComparison.Ordinal);
        }
        catch (ArgumentException)
        {
            return false; // no such process
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            PostgresBinaries.Run("pg_ctl", "stop", "-D", Path.Combine(folder, "data"), "-m", "immediate", "-w", "-t", "60");
        }
        catch (InvalidOperationException)
        {
            // not running, or another user's: then the folder is not ours to delete either and stays
        }
        PostgresBinaries.RunAsUser("/bin/sh", "", "-c", "rm -rf \"$0\" 2>/dev/null || true", folder);
    }

    private static string ForDatabase(string server, string name) =>
        new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ConnectionString;

    private static async Task Execute(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Initialise(IPAddress? address)
    {
        var passwordFile = Path.Combine(_folder, "password");
        PostgresBinaries.RunAsUser("/bin/sh", _password, "-c", "umask 077 && mkdir \"$0\" && cat > \"$1\"", _folder, passwordFile);
        PostgresBinaries.Run("initdb", "-D", Data, "-U", User, "--auth=scram-sha-256", "--pwfile", passwordFile, "--encoding=UTF8", "--locale=C", "--no-sync");
        var settings = $"""
            listen_addresses = '127.0.0.1{(address is null ? "" : $",{address}")}'
            unix_socket_directories = '{_folder}'
            fsync = off
            full_page_writes = off
            max_connections = 500
            shared_buffers = 64MB
            timezone = 'UTC'

            """;
        PostgresBinaries.RunAsUser("/bin/sh", settings, "-c", "cat >> \"$0\"", Path.Combine(Data, "postgresql.conf"));
        if (address is not null)
        {
            PostgresBinaries.RunAsUser("/bin/sh", $"host all all {address}/24 scram-sha-256\n", "-c", "cat >> \"$0\"", Path.Combine(Data, "pg_hba.conf"));
        }
    }

    private void StartServer()
    {
        for (var attempt = 1; ; attempt++)
        {
            Port = FreePort(); // somebody may take it before the server does: then try another
            try
            {
                StartAgain();
                return;
            }
            catch (InvalidOperationException) when (attempt < 5)
            {
                continue;
            }
        }
    }

    private void StopAtExit(object? sender, EventArgs e)
    {
        if (_running) Delete(_folder);
    }
}
