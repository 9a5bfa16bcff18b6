namespace Wfm.Api.Pipeline;

/// <summary>One slot a core: whatever runs side by side, fits and solves never fight for more cores than there are.</summary>
public sealed class ComputeSlots : IDisposable
{
    private readonly SemaphoreSlim _slots = new(Environment.ProcessorCount);
    private readonly SemaphoreSlim _gate = new(1); // who waits for several slots lets nobody else begin to collect them

    public Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken) => Run(work, 1, cancellationToken);

    /// <param name="threads">Threads of the work; it waits for as many slots, or for all there are.</param>
    public async Task<T> Run<T>(Func<T> work, int threads, CancellationToken cancellationToken)
    {
        var taken = 0;
        try
        {
            await _gate.WaitAsync(cancellationToken);
            try
            {
                for (; taken < Math.Min(threads, Environment.ProcessorCount); taken++)
                {
                    await _slots.WaitAsync(cancellationToken);
                }
            }
            finally
            {
                _gate.Release();
            }

            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            if (taken > 0)
            {
                _slots.Release(taken);
            }
        }
    }

    public void Dispose()
    {
        _slots.Dispose();
        _gate.Dispose();
    }
}
