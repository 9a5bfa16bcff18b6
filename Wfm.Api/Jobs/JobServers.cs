using Hangfire;
using Hangfire.Common;
using Hangfire.Server;
using Hangfire.States;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>The workers of this process: some for work that somebody waits for, as many as there are cores for the night.</summary>
internal sealed class JobServers(
    JobStorage storage, IJobFilterProvider filters, JobActivator activator, JobMessages messages, Store store, IServiceScopeFactory scopes,
    IHostApplicationLifetime lifetime, ILogger<JobServers> logger) : BackgroundService
{
    private const int LongestPauseSeconds = 5; // between looks at a store that does not answer

    /// <summary>Workers of a process for work that somebody waits for: more than cores, since they share them with each other's waiting.</summary>
    internal static readonly int InteractiveWorkers = Math.Max(4, 2 * Environment.ProcessorCount);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            using var alone = await OneWorker.Over(store, logger, end.Token);
            if (alone is not null)
            {
                await TakeOver(end.Token);
            }

            messages.Open();
            using var interactive = Serve(JobPriority.Interactive, InteractiveWorkers, first: true);
            using var nightly = Serve(JobPriority.Nightly, Environment.ProcessorCount, first: false);
            await Task.Delay(Timeout.InfiniteTimeSpan, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            interactive.SendStop();
            nightly.SendStop();
            await Task.WhenAll(interactive.WaitForShutdownAsync(CancellationToken.None), nightly.WaitForShutdownAsync(CancellationToken.None));
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // ended while another process was at work
        }
    }

    /// <summary>Whoever ran jobs before over this file has ended: they need not wait until their silence tells.</summary>
    private async Task TakeOver(CancellationToken cancellationToken)
    {
        Instant? never = Instant.FromUnixTimeTicks(0);
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<WfmDbContext>().Jobs.Where(j => j.State == JobState.Running)
            .ExecuteUpdateAsync(j => j.SetProperty(x => x.HeartbeatAt, never), cancellationToken);
    }

    /// <param name="first">One of a process's servers also does the housekeeping of the engine's store and brings up what waits for its time.</param>
    private BackgroundProcessingServer Serve(JobPriority priority, int workers, bool first)
    {
        var (queue, changer) = (JobMessages.QueueOf(priority), new BackgroundJobStateChanger(filters));
        List<IBackgroundProcessDispatcherBuilder> processes =
            [new Worker([queue], new BackgroundJobPerformer(filters, activator), changer).UseBackgroundPool(workers)];
        if (first)
        {
            processes.Add(new DelayedJobScheduler(TimeSpan.FromSeconds(1), changer).UseBackgroundPool(1));
        }

        return new BackgroundProcessingServer(
            storage,
            processes,
            new Dictionary<string, object> { ["Queues"] = new[] { queue }, ["WorkerCount"] = workers },
            new BackgroundProcessingServerOptions
            {
                ServerName = $"{Environment.MachineName}:{Environment.ProcessId}:{queue}",
                ExcludeStorageProcesses = !first,
                RetryDelay = attempt => TimeSpan.FromSeconds(Math.Min(attempt, LongestPauseSeconds)),
            });
    }
}

/// <summary>Over SQLite one process works at a time, since its messages are in its memory; the next takes over when it ends, however it ends.</summary>
internal static partial class OneWorker
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <returns>To be kept for as long as the process works; null over PostgreSQL, where any number work.</returns>
    public static async Task<IDisposable?> Over(Store store, ILogger logger, CancellationToken cancellationToken)
    {
        if (store.File is not { } file)
        {
            return null;
        }

        for (var first = true; ; first = false)
        {
            if (TryTake(FileLock.OfWorker(file), logger, first) is { } alone)
            {
                return alone;
            }

            await Task.Delay(Look, cancellationToken);
        }
    }

    private static FileStream? TryTake(string held, ILogger logger, bool tell)
    {
        var reason = "";
        try
        {
            if (FileLock.TryTake(held) is { } alone)
            {
                return alone;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = e.Message;
        }

        if (tell)
        {
            AnotherWorks(logger, held, reason);
        }

        return null;
    }

    [LoggerMessage(2006, LogLevel.Information, "Jobs run in another process, which holds {File}; this one takes over when it ends. {Reason}")]
    private static partial void AnotherWorks(ILogger logger, string file, string reason);
}
