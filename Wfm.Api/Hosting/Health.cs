using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Wfm.Api.Persistence;

namespace Wfm.Api.Hosting;

/// <summary>Ready means: the store can be read and written, tried on a connection of its own.</summary>
/// <remarks>Anybody may ask, so an answer stands for a second.</remarks>
internal sealed class StoreHealth(Store store, TimeProvider time) : IHealthCheck, IDisposable
{
    private const string Read = "SELECT COUNT(*) FROM api_keys";
    private const string Write = """UPDATE "__EFMigrationsHistory" SET product_version = product_version"""; // a few rows that never change
    private const int Patience = 5; // seconds
    private const int Room = 256 * 1024; // bytes that there is to be room for beside an SQLite file

    private static readonly TimeSpan Stands = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _one = new(1);
    private (HealthCheckResult Result, long At)? _last;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_last is not { } last || time.GetElapsedTime(last.At) > Stands)
            {
                _last = last = (await Look(cancellationToken), time.GetTimestamp());
            }

            return last.Result;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<HealthCheckResult> Look(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = Connection();
            await connection.OpenAsync(cancellationToken);
            await Execute(connection, Read, cancellationToken);
            await Execute(connection, Write, cancellationToken);
            await DemandRoom(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (SqliteException e) when (e.SqliteErrorCode == StoreFailures.SqliteBusy)
        {
            return HealthCheckResult.Healthy(); // another one writes, so it can be written
        }
        catch (Exception e) when (e is DbException or TimeoutException or IOException or UnauthorizedAccessException)
        {
            return HealthCheckResult.Unhealthy("The store cannot be read and written.", e);
        }
    }

    /// <summary>A small write finds room inside SQLite's files when the disk is full; the next larger one does not.</summary>
    private async Task DemandRoom(CancellationToken cancellationToken)
    {
        if (store.File is { } file)
        {
            await using var probe = new FileStream(
                $"{file}-probe-{Environment.ProcessId}", FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            await probe.WriteAsync(new byte[Room], cancellationToken);
        }
    }

    /// <summary>One that is opened anew: a pooled one may see a file that is no more.</summary>
    private DbConnection Connection() => store.Kind == StoreKind.Sqlite
        ? new SqliteConnection(new SqliteConnectionStringBuilder(store.ConnectionString)
        {
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 1,
        }.ConnectionString)
        : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(store.ConnectionString)
        {
            Pooling = false,
            Timeout = Patience,
            CommandTimeout = Patience,
        }.ConnectionString);

    private static async Task Execute(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteScalarAsync(cancellationToken);
    }
}

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready").AllowAnonymous();
    }
}
