using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Common;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>Hangfire, which brings job rows to workers: in memory over SQLite, clustered over PostgreSQL.</summary>
/// <remarks>Storage, activator and filters are the host's own, not those that Hangfire keeps for the whole process: two hosts in one do not disturb each other.
/// Never Hangfire.Storage.SQLite: it is forty times slower, and brings an SQLite with known holes in front of ours.</remarks>
internal static class JobEngine
{
    private const int ConnectionsAWorker = 3; // one that listens, one that fetches, one for what it writes

    public static void AddJobEngine(this IServiceCollection services, Store store, bool worker, JobLimits limits)
    {
        services.TryAddSingleton(limits); // a test may have set others
        services.AddJobClock();
        services.AddSingleton<JobBudgets>();
        services.AddSingleton<JobHandlers>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<JobMessages>();
        services.AddScoped<JobQueue>();
        services.AddScoped<JobHold>();
        services.AddScoped<IInterceptor>(provider => provider.GetRequiredService<JobHold>());
        services.AddScoped<JobQuotas>();
        services.AddSingleton<JobGauges>();
        services.AddHostedService(provider => provider.GetRequiredService<JobGauges>());
        services.AddSingleton<IJobFilterProvider, JobMessageFilter>();
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        services.AddSingleton(provider =>
        {
            _ = provider.GetRequiredService<IGlobalConfiguration>(); // before anything is written
            return StorageOver(store);
        });
        services.AddHangfire((provider, engine) => engine
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer() // a new version of Wfm reads the messages of the one before
            .UseRecommendedSerializerSettings()
            .UseLogProvider(new JobEngineLog(provider.GetRequiredService<ILoggerFactory>())));
        if (worker)
        {
            services.AddHostedService<JobServers>();
            services.AddHostedService<JobSweeper>();
        }
    }

    /// <summary>Creates or updates the engine's tables; called under the lock of the migration. On a server that only reads they are as they are.</summary>
    public static void Install(Store store)
    {
        if (store.Kind == StoreKind.Postgres)
        {
            using var connection = new NpgsqlConnection(store.ConnectionString);
            connection.Open();
            using var command = new NpgsqlCommand("SHOW transaction_read_only", connection);
            if (command.ExecuteScalar() is not "on")
            {
                PostgreSqlObjectsInstaller.Install(connection);
            }
        }
    }

    private static JobStorage StorageOver(Store store)
    {
        if (store.Kind == StoreKind.Sqlite)
        {
            return new InMemoryStorage(
                new InMemoryStorageOptions
                {
                    IdType = InMemoryStorageIdType.Guid, // numbers begin anew with each process, and rows remember those of the last
                    CommandTimeout = TimeSpan.FromMinutes(1), // solvers may leave it without a core for a while
                });
        }

        var options = new PostgreSqlStorageOptions
        {
            PrepareSchemaIfNecessary = false, // Install does, when the others wait
            UseSlidingInvisibilityTimeout = true, // a worker that lives keeps its job however long it takes
            InvisibilityTimeout = TimeSpan.FromMinutes(1), // one that died loses it after so long
            DistributedLockTimeout = TimeSpan.FromMinutes(1), // and its locks, which others hold for milliseconds
            EnableLongPolling = true,
            QueuePollInterval = TimeSpan.FromSeconds(5), // if no notification comes
        };
        // a pool of its own, so that workers and API never wait for each other's connections
        var connection = new NpgsqlConnectionStringBuilder(store.ConnectionString) { ApplicationName = "wfm-jobs" };
        connection.MaxPoolSize = Math.Max(connection.MaxPoolSize, ConnectionsAWorker * (2 + JobServers.InteractiveWorkers + Environment.ProcessorCount));
        return new PostgreSqlStorage(new NpgsqlConnectionFactory(connection.ConnectionString, options), options);
    }
}
