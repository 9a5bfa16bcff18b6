namespace Wfm.Api.Jobs;

/// <summary>One slot a core: whatever runs side by side, fits and solves never fight for more cores than there are.</summary>
public sealed class ComputeSlots : IDisposable
{
    private readonly SemaphoreSlim _slots = new(Environment.ProcessorCount);

    public async Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();
}
