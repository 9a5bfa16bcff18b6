namespace Wfm.Api.Persistence;

/// <summary>Work on the store at start and then again and again. A store that is away for a while ends no worker: the next turn tries again.</summary>
internal abstract partial class PeriodicStoreWork(TimeSpan every, ILogger logger) : BackgroundService
{
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every);
        do
        {
            try
            {
                await Work(stoppingToken);
            }
            catch (Exception e) when (StoreFailures.IsStores(e))
            {
                StoreAway(logger, e, GetType().Name); // it comes back, or the health check says so
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>One turn.</summary>
    protected abstract Task Work(CancellationToken cancellationToken);

    [LoggerMessage(2003, LogLevel.Warning, "The store does not answer {Worker}; its next turn tries again")]
    private static partial void StoreAway(ILogger logger, Exception exception, string worker);
}
